"""What every Atom feed of the site has in common: whole identifiers, dates that stay, and an answer that costs nothing
to whoever has it already."""

import datetime as dt
import hashlib
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed
from django.utils.http import http_date, quote_etag

from people.languages import HTML_LANG, active_prefix
from people.linked_data import HOUSE, whole

SINCE: Final = 2026
"""The year in the identifiers (RFC 4151): from then on they are ours."""


class Feed(Atom1Feed):
    """A feed that is the same whenever it is made: without entries it has never changed, not just now."""

    def latest_post_date(self) -> dt.datetime:
        """When the entry that changed last did so."""
        return max((item["updateddate"] for item in self.items), default=dt.datetime.fromtimestamp(0, dt.UTC))


def identifier(key: str) -> str:
    """The identifier of something for all time: "tag:wenyi.example,2026:question:12"."""
    return f"tag:{urlsplit(settings.SITE_URL).hostname},{SINCE}:{key}"


def feed_of(key: str, *, title: str, link: str, address: str, description: str, **more: Any) -> Feed:
    """An empty feed in the language of the page; `link` is the page with the same, `address` the feed's own."""
    return Feed(
        title=f"{title} · {HOUSE}",
        link=whole(link),
        feed_url=whole(address),
        feed_guid=identifier(f"feed:{key}:{active_prefix()}"),
        description=description,
        subtitle=description,
        language=HTML_LANG[active_prefix()],
        author_name=HOUSE,
        **more,
    )


def answer(request: HttpRequest, feed: Feed) -> HttpResponseBase:
    """The feed, or 304 for whoever has exactly this one.

    Its date alone never says that nothing has changed: what is taken down makes a feed older.
    """
    text = feed.writeString("utf-8").encode()
    etag = quote_etag(hashlib.sha256(text).hexdigest()[:32])
    response = HttpResponse(text, content_type=feed.content_type)
    response["Last-Modified"] = http_date(feed.latest_post_date().timestamp())
    response["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response) or response
