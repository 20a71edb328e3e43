"""Which inside addresses lead nowhere: asked of the map of the site and of what is public, a query for each kind."""

from collections.abc import Iterable
from typing import Any, Final

from django.db.models import QuerySet
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils.translation import get_language_from_path, override

from articles.models import Article, MenuItem, Redirect, StaticPage
from articles.paths import is_outside, known_as, readable
from faq.models import Question, Topic
from people.models import Department, Physician

DEPARTMENT: Final = "faq:department_detail"
PAGE: Final = "articles:page_detail"
BIGGEST: Final = 2**63
"""No key is as large; the database would not take it."""
NUMBERED: Final = {
    "articles:article_short": Article, "articles:article_detail": Article,
    "faq:topic_short": Topic, "faq:topic_detail": Topic,
    "faq:question_short": Question, "faq:question_detail": Question,
    "faq:physician_short": Physician, "faq:physician_detail": Physician,
}  # fmt: skip


def dead_among(addresses: Iterable[str]) -> set[str]:
    """Return those of the addresses (as they are stored) that answer 404 or 410 now. Outside ones are not asked."""
    unknown = without_page(addresses)
    return unknown - _led_on(unknown)


def without_page(addresses: Iterable[str]) -> set[str]:
    """Return those at which no page stands, whether or not a redirect does."""
    found = {address: _match(address) for address in addresses if not is_outside(address)}
    dead = {address for address, match in found.items() if match is None}
    dead |= _dead_by_name(found, DEPARTMENT, Department.objects.all())
    dead |= _dead_by_name(found, PAGE, StaticPage.objects.filter(is_public=True))
    for model in (Article, Topic, Question, Physician):
        dead |= _dead_by_number(found, model)
    return dead


def name_of(address: str) -> str:
    """Return what the page at an address is called, or the address where nothing gives it a name; one query."""
    match = None if is_outside(address) else _match(address)
    row: Any = None
    if match and match.view_name in NUMBERED:
        row = _readable_rows(NUMBERED[match.view_name]).filter(pk=min(match.kwargs["pk"], BIGGEST - 1)).first()
    elif match and match.view_name == PAGE:
        row = StaticPage.objects.filter(is_public=True, slug=match.kwargs["slug"]).order_by("language").first()
    elif match and match.view_name == DEPARTMENT:
        row = Department.objects.filter(slug=match.kwargs["slug"]).first()
    else:
        row = MenuItem.objects.filter(address=address).exclude(label="").first()
    return str(getattr(row, "shown_title", "") or getattr(row, "title", "") or row or readable(address))


def _readable_rows(model: Any) -> "QuerySet[Any]":
    rows: QuerySet[Any] = model.objects.all() if model is Physician else model.objects.published()
    return rows


def _match(address: str) -> ResolverMatch | None:
    path = address.partition("#")[0].partition("?")[0]
    with override(get_language_from_path(path) or "en"):
        try:
            return resolve(path)
        except Resolver404:
            return None


def _dead_by_name(found: dict[str, ResolverMatch | None], view: str, rows: "QuerySet[Any]") -> set[str]:
    asked = {address: match.kwargs["slug"] for address, match in found.items() if match and match.view_name == view}
    known = set(rows.filter(slug__in=set(asked.values())).values_list("slug", flat=True)) if asked else set()
    return {address for address, slug in asked.items() if slug not in known}


def _dead_by_number(found: dict[str, ResolverMatch | None], model: Any) -> set[str]:
    asked = {
        address: match.kwargs["pk"]
        for address, match in found.items()
        if match and NUMBERED.get(match.view_name) is model
    }
    keys = {pk for pk in asked.values() if pk < BIGGEST}
    known = set(_readable_rows(model).filter(pk__in=keys).values_list("pk", flat=True)) if keys else set()
    return {address for address, pk in asked.items() if pk not in known}


def _led_on(dead: set[str]) -> set[str]:
    """Those at which a redirect stands."""
    keys = {address: known_as(address) for address in dead}
    asked = [key for each in keys.values() for key in each]
    known = (
        set(Redirect.objects.filter(old__in=asked, is_gone=False).values_list("old", flat=True)) if asked else set()
    )
    return {address for address, each in keys.items() if known & set(each)}
