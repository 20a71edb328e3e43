"""One box over everything that is public: the page of results, and the newest of them as a feed."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from faq.responses import public_page
from people.feeds import answer, feed_of, identifier
from people.languages import PREFIX, active_prefix, languages_under
from people.models import Department
from portal.asked import Asked
from portal.clicks import note_search
from portal.filters import filters_of, kinds_of
from portal.result_list import Card, Cards, meanings_of
from portal.templatetags.site import absolute
from search.finding import COUNTED, Hit
from search.marking import marker_of
from search.models import Change, Document
from search.models.promoted import PromotedResult
from search.results import Found, Page, look_for, page_of
from search.spelling import did_you_mean
from search.vocabulary import vocabulary
from text.clean import clean_line

OTHERS: Final = 5
"""How many results in another language stand under those in the reader's own."""
IN_FEED: Final = 30


@require_safe
@public_page
def search(request: HttpRequest) -> HttpResponse:
    """What was found for `q`, narrowed by the filters of the address: the reader's own language before others."""
    departments = {department.slug: department for department in Department.objects.all()}
    prefix = active_prefix()
    asked = Asked.read(request.GET, departments)
    other = "en" if prefix == "zh-hant" else "zh-hant"
    context: dict[str, Any] = {"asked": asked, "departments": departments, "twin_address": asked.under(other)}
    if not asked.query.is_empty:
        found = look_for(asked.query, asked.narrowing, languages_under(prefix), newest=asked.newest)
        note_search(request, asked.typed, results=len(found.first))
        context |= results_of(asked, found, prefix, departments)
    return render(request, "portal/search.html", context)


@require_safe
@public_page
def search_feed(request: HttpRequest) -> HttpResponseBase:
    """The newest results of the same address as an Atom feed; in every language unless one was chosen."""
    asked = Asked.read(request.GET, set(Department.objects.values_list("slug", flat=True)))
    found = look_for(asked.query, asked.narrowing, PREFIX, newest=True)
    documents = [document for _place, document in page_of(found.own, size=IN_FEED).rows]
    feed = feed_of(
        f"search:{asked.feed}",
        title=_("Search for “%s”") % clean_line(asked.query.typed) if asked.query.wanted else _("Search"),
        link=asked.at(""),
        address=asked.feed,
        description=_("Public questions and answers, topics and articles, the newest first."),
    )
    changed = changed_at(documents)
    for document in documents:
        feed.add_item(**entry_of(document, changed[document.number]))
    return answer(request, feed)


@dataclass(frozen=True)
class Summary:
    """How many were found: all of them on this page, about so many, or more than are counted."""

    number: int
    is_exact: bool
    is_more: bool

    @classmethod
    def of(cls, hits: Sequence[Hit], page: Page, *, is_more: bool, shown_above: int) -> "Summary":
        """Count what is listed. What has been taken down since is not among those of a page that holds all."""
        is_whole = page.earlier is None and not page.later
        number = len(page.rows) + shown_above if is_whole else len(hits)
        rounded = number // 100 * 100 if is_more and number >= 100 else number
        return cls(rounded, is_whole and not is_more, is_more)


def results_of(asked: Asked, found: Found, prefix: str, departments: dict[str, Department]) -> dict[str, Any]:
    """What the page shows of what was found. The query count is the same for any number of results."""
    known = vocabulary()
    is_plain = not asked.narrowing and not asked.newest
    meanings = meanings_of(asked.query, prefix, known) if is_plain else []
    promoted = PromotedResult.objects.for_query(asked.typed, prefix) if is_plain else []
    above = {key for meaning in meanings for key in meaning.keys} | {document.key for document in promoted}
    # Nothing in the reader's language: then what there is in another is the list.
    hits = found.own or found.others
    page = page_of(hits, asked.cursor, without=above)
    cards = Cards(marker_of(asked.query, known), departments)
    counted = _counted(found, asked, prefix)
    is_first = page.earlier is None
    return {
        "has_query": True,
        "prefix": prefix,
        "meant": _meant(asked) if is_first else None,
        "meanings": meanings if is_first else [],
        "promoted": cards.promoted(promoted) if is_first else [],
        "results": cards.of(page.rows, behind=len(promoted)),
        "others": _others(cards, found, above, behind=len(promoted)) if is_first else [],
        "is_all_in_other": bool(found.others and not found.own),
        "summary": Summary.of(
            hits,
            page,
            is_more=found.is_more,
            shown_above=len(promoted) + sum(len(meaning.topics) for meaning in meanings),
        ),
        "is_last_counted": found.is_more and not page.later,
        "earlier": asked.at(page.earlier) if page.earlier is not None else "",
        "later": asked.at(page.later) if page.later else "",
        "kinds": kinds_of(asked, counted),
        "filters": filters_of(asked, counted, found.first, departments.values()),
        "is_cut": found.is_cut,
        "most": COUNTED,
        "by_title": found.by_title,
        "any_without_filters": bool(found.first),
    }


def _meant(asked: Asked) -> Asked | None:
    """The same search for what somebody may have wanted to type."""
    meant = did_you_mean(asked.typed)
    return replace(asked, typed=meant) if meant else None


def _counted(found: Found, asked: Asked, prefix: str) -> list[Hit]:
    """The first hits in the languages that the list holds: other kinds and years are chosen from among those."""
    if asked.narrowing.language:
        return found.first
    own = languages_under(prefix)
    return [hit for hit in found.first if (hit.facets.language in own) is bool(found.own)]


def _others(cards: Cards, found: Found, above: set[str], *, behind: int) -> list[Card]:
    if not found.own or not found.others:
        return []
    rows = page_of(found.others, without=above, size=OTHERS).rows
    return cards.of(rows, behind=behind + len(found.own))


def changed_at(documents: Sequence[Document]) -> dict[int, dt.datetime]:
    """When each document became what it is, by its change number: one query.

    Changes are not kept for ever; what was forgotten is older than what is kept.
    """
    numbers = [document.number for document in documents]
    known = dict(Change.objects.filter(number__in=numbers).order_by().values_list("number", "changed_at"))
    oldest = min(known.values(), default=timezone.now())
    return {number: known.get(number, oldest) for number in numbers}


def entry_of(document: Document, changed: dt.datetime) -> dict[str, Any]:
    """A document as an entry of a feed."""
    day = document.listed_on
    published = timezone.make_aware(dt.datetime.combine(day, dt.time())) if day else None
    return {
        "title": clean_line(document.title),
        "link": absolute(document.path),
        # Readers of feeds take it for HTML.
        "description": escape(clean_line(document.teaser)),
        "unique_id": identifier(document.key),
        "pubdate": published,
        "updateddate": changed,
    }
