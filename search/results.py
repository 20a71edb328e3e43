"""Results as a reader gets them: those in the own language, those in others, a page of them at a time."""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import structlog

from search.finding import COUNTED, Hit, checked, find
from search.index.schema import Facets
from search.models import Document
from search.narrowing import Narrowing
from search.newest import find_newest
from search.query import Query
from text.clean import clean_line
from text.fold import fold

PAGE: Final = 20
ENOUGH: Final = 100
"""Where fewer of the first hits fit what a reader chose, the index is asked again for those alone. Otherwise it is
not: a condition that half of all documents fulfil costs an index more than the query itself."""
BY_TITLE: Final = 50
"""How many are found by their titles while there is no index."""
WORDS: Final = 12
_CURSOR: Final = re.compile(r"([1-9][0-9]{0,3})\.([1-9][0-9]{0,17})", re.ASCII)
log = structlog.stdlib.get_logger("wenyi.search")

Ask = Callable[[Narrowing, Collection[str]], list[Hit] | None]


@dataclass(frozen=True)
class Found:
    """What was found. `first` are the first hits without any narrowing: what a reader may narrow by is counted there.

    `is_more` says that the index holds more of `own` than were taken; `by_title` that it was not asked at all.
    """

    first: list[Hit] = field(default_factory=list)
    own: list[Hit] = field(default_factory=list)
    others: list[Hit] = field(default_factory=list)
    is_more: bool = False
    by_title: bool = False

    @property
    def is_cut(self) -> bool:
        """Whether more was found than is counted."""
        return len(self.first) >= COUNTED


@dataclass(frozen=True)
class Page:
    """Documents with their places in the list (1 for the first), and the cursors of the neighbouring pages.

    A cursor is empty where there is no such page; `earlier` is None then, for the first page has an empty one.
    """

    rows: list[tuple[int, Document]]
    earlier: str | None = None
    later: str = ""


def look_for(query: Query, narrowing: Narrowing, languages: Collection[str], *, newest: bool = False) -> Found:
    """Find what a query asks for. `languages` are the reader's: what is in another is apart, unless one was chosen."""
    if query.is_empty:
        return Found()
    ask = _asking(query, newest=newest)
    first = ask(Narrowing(), ())
    by_title = first is None
    if first is None:
        ask = _asking_titles(query)
        first = ask(Narrowing(), ()) or []
    fitting = [hit for hit in first if narrowing.fits(hit.facets)] if narrowing else first
    if narrowing.language:
        return _completed(Found(first, fitting, [], by_title=by_title), ask, narrowing, ())
    own = [hit for hit in fitting if hit.facets.language in languages]
    others = [hit for hit in fitting if hit.facets.language not in languages]
    return _completed(Found(first, own, others, by_title=by_title), ask, narrowing, languages)


def page_of(hits: Sequence[Hit], cursor: str = "", *, without: Collection[str] = (), size: int = PAGE) -> Page:
    """The page of hits behind a cursor, as the database has them now; documents whose key is in `without` left out.

    A cursor names the last document of the page before and its place: the page follows that document while it is
    found, and that place when it is not. Whatever is no cursor leads to the first page.
    """
    start = place = _place(hits, cursor)
    rows: list[tuple[int, Document]] = []
    while len(rows) < size and place < len(hits):
        # As many as are missing: once, unless some of them have been taken down.
        looked_up = hits[place : place + size - len(rows)]
        documents = {document.pk: document for document in checked(looked_up)}
        for hit in looked_up:
            place += 1
            if hit.pk in documents and documents[hit.pk].key not in without:
                rows.append((place, documents[hit.pk]))
    return Page(rows, _before(hits, start), _cursor(hits, place) if place < len(hits) else "")


def _asking(query: Query, *, newest: bool) -> Ask:
    def ask(narrowing: Narrowing, languages: Collection[str]) -> list[Hit] | None:
        facets = [*narrowing.terms, *([[f"language:{language}" for language in languages]] if languages else [])]
        try:
            return (find_newest if newest else find)(query, limit=COUNTED, facets=facets)
        except (OSError, ValueError):
            # Its files were damaged or taken away under a running process: the worker makes them anew.
            log.exception("index not read")
            return None

    return ask


def _asking_titles(query: Query) -> Ask:
    """What has every word in its title, the newest first."""
    words = fold(clean_line(query.plain)).split()[:WORDS]

    def ask(narrowing: Narrowing, languages: Collection[str]) -> list[Hit]:
        rows = Document.objects.live().titled_with(words).filter(narrowing.condition)
        rows = rows.filter(language__in=languages) if languages else rows
        columns = rows.only("kind", "language", "department", "listed_on", "care_level", "is_outdated")
        found = columns.order_by("-listed_on", "-pk")[:BY_TITLE]
        return [Hit(document.pk, 0.0, Facets.of(document)) for document in found]

    return ask


def _completed(found: Found, ask: Ask, narrowing: Narrowing, languages: Collection[str]) -> Found:
    """Where much was found and little of it fits, what fits is asked for alone."""
    most = BY_TITLE if found.by_title else COUNTED
    if len(found.first) < most:
        return found
    if len(found.own) >= ENOUGH or len(found.own) == len(found.first):
        return replace(found, is_more=True)
    own = ask(narrowing, languages) or []
    return replace(found, own=own, is_more=len(own) >= most)


def _place(hits: Sequence[Hit], cursor: str) -> int:
    """How many hits stand before the page of a cursor."""
    match = _CURSOR.fullmatch(cursor)
    if match is None:
        return 0
    place, pk = int(match[1]), int(match[2])
    found = next((at for at, hit in enumerate(hits, 1) if hit.pk == pk), place)
    return found if found < len(hits) else 0


def _before(hits: Sequence[Hit], start: int) -> str | None:
    if not start:
        return None
    return _cursor(hits, start - PAGE) if start > PAGE else ""


def _cursor(hits: Sequence[Hit], place: int) -> str:
    return f"{place}.{hits[place - 1].pk}"
