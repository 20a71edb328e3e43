"""The articles that were published last, as an Atom feed."""

from typing import Any, Final

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.models import Article
from faq.responses import public_page
from people.feeds import answer, feed_of, identifier
from people.languages import active_prefix
from people.linked_data import whole

ENTRIES: Final = 30


@require_safe
@public_page
def article_feed(request: HttpRequest) -> HttpResponseBase:
    """The articles of the language."""
    feed = feed_of(
        "articles",
        title=_("Articles"),
        link=reverse("articles:article_list"),
        address=request.path,
        description=_("Written by the editors, reviewed by physicians."),
    )
    rows = Article.objects.published().under_prefix(active_prefix()).select_related("department")
    for article in rows.order_by("-published_at", "-pk")[:ENTRIES]:
        feed.add_item(**_entry(article))
    return answer(request, feed)


def _entry(article: Any) -> dict[str, Any]:
    return {
        "title": article.shown_title,
        "link": whole(article.get_absolute_url()),
        "description": escape(article.teaser),
        "unique_id": identifier(article.text_key),
        "categories": [article.department.name] if article.department else [],
        "pubdate": article.published_at,
        "updateddate": max(article.published_at, article.text_changed_at),
    }
