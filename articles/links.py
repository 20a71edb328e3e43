"""Links of a text to this site that lead nowhere: to no page, to none that is public, to no heading there."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils.translation import override

from articles.models import Article, Redirect, StaticPage
from faq.models import Question, Topic
from people.models import Department, Physician

_HREF: Final = re.compile(r'<a href="([^"]*)"')
PLACES: Final = frozenset({"content", "contents", "questions", "references"})
"""What has a name on the page of an article beside the headings of its text."""
ARTICLES: Final = frozenset({"articles:article_detail", "articles:article_short"})
CLOSED: Final = ("admin:", "account_", "mfa_", "faq:ticket_detail", "faq:ticket_act")
"""Names of addresses, or what they begin with, that are nobody's to read."""
_PREFIX: Final = re.compile(r"/(en|zh-hant)/")


def addresses(html: str) -> list[str]:
    """The addresses that links of our own HTML lead to, each once, in their order."""
    return list(dict.fromkeys(unescape(href) for href in _HREF.findall(html)))


def dead_links(html: str) -> list[str]:
    """The addresses in an article's HTML that lead nowhere on this site.

    Other sites are not asked, and links within the text are `text.editorial`'s.
    """
    return [address for address in addresses(html) if not address.startswith("#") and not _leads(address)]


def _leads(address: str) -> bool:
    if "\x00" in unquote(address):
        return False  # PostgreSQL does not look it up
    path = _inside(address)
    return path is None or _opens(path, unquote(address.partition("#")[2])) or _is_redirected(address)


def _inside(address: str) -> str | None:
    """The path of an address of this site; None for another site, mail and telephone."""
    try:
        parts = urlsplit(address.removeprefix(settings.SITE_URL))
    except ValueError:
        return None
    return None if parts.scheme or parts.netloc else unquote(parts.path)


def _opens(path: str, fragment: str) -> bool:
    """Whether a reader finds something: an address of the site, a row that is public, a heading of an article."""
    prefix = _PREFIX.match(path)
    with override(prefix[1] if prefix else "en"):
        try:
            match = resolve(path)
        except Resolver404:
            return False
    if match.view_name in ARTICLES:
        return _small(match.kwargs["pk"]) and _article_has(match.kwargs["pk"], fragment)
    asked = ROWS.get(match.view_name)
    return not match.view_name.startswith(CLOSED) and (asked is None or asked(match))


def _article_has(pk: int, fragment: str) -> bool:
    article = Article.objects.published().filter(pk=pk).first()
    edition: Any = article.edition if article else None
    if edition is None:
        return False
    return not fragment or fragment in PLACES or any(fragment == heading.fragment for heading in edition.shown[1])


def _is_redirected(address: str) -> bool:
    return Redirect.objects.of(address.removeprefix(settings.SITE_URL)).filter(is_gone=False).exists()


def _by_key(rows: Callable[[], Any]) -> Callable[[ResolverMatch], bool]:
    return lambda match: bool(_small(match.kwargs["pk"]) and rows().filter(pk=match.kwargs["pk"]).exists())


def _small(number: int) -> bool:
    """Whether a database takes it for a key."""
    return number < 2**63


ROWS: Final[dict[str, Callable[[ResolverMatch], bool]]] = {
    **dict.fromkeys(
        ("faq:question_detail", "faq:question_short", "faq:question_helpful"),
        _by_key(Question.objects.published),
    ),
    **dict.fromkeys(("faq:topic_detail", "faq:topic_short"), _by_key(Topic.objects.published)),
    **dict.fromkeys(("faq:physician_detail", "faq:physician_short"), _by_key(Physician.objects.current)),
    "faq:department_detail": lambda match: Department.objects.filter(slug=match.kwargs["slug"]).exists(),
    "articles:page_detail": lambda match: StaticPage.objects.filter(
        slug=match.kwargs["slug"], is_public=True
    ).exists(),
}
"""By the name of an address, whether its row is there for everyone. What is not named here always opens."""
