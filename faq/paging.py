"""Pages of long lists by key: what is read costs the same on every page, and nothing is counted to the end."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest

PAGE_SIZE: Final = 20
COUNTED_TO: Final = 100
_CURSOR: Final = re.compile(r"(\d{4}-\d{2}-\d{2})\.(\d{1,18})", re.ASCII)
_PAGE_NUMBER: Final = re.compile(r"[1-9]\d{0,5}", re.ASCII)


@dataclass(frozen=True)
class Cursor:
    """A place in a list: beside the row of that day and number."""

    day: dt.date
    pk: int

    @classmethod
    def read(cls, typed: str) -> "Cursor":
        """The cursor of an address ("2011-05-01.193985"). Raises Http404 for anything else."""
        match = _CURSOR.fullmatch(typed)
        if match is None:
            raise Http404("not a cursor")
        try:
            return cls(dt.date.fromisoformat(match[1]), int(match[2]))
        except ValueError:
            raise Http404("no such day") from None

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}.{self.pk}"


@dataclass(frozen=True)
class Page:
    """The rows of one page, the newest first, and the queries that lead to its neighbours (empty where none is)."""

    rows: list[Any]
    newer: str
    older: str

    def __bool__(self) -> bool:
        return bool(self.rows)


@dataclass(frozen=True)
class Tally:
    """A number counted no further than `COUNTED_TO`; `is_more` says that there are more than `number`."""

    number: int
    is_more: bool


def page_of(request: HttpRequest, rows: QuerySet[Any]) -> Page:
    """The page of `rows` (which have `listed_on`) that the address asks for with `before` or `after`: one query.

    Raises Http404 for a malformed cursor, for both at once, and for a `page` that is no plain small number. Such a
    number itself is ignored: old links carry it, and pages are reached by key.
    """
    typed = {name: request.GET[name] for name in ("before", "after") if name in request.GET}
    if len(typed) > 1 or not _PAGE_NUMBER.fullmatch(request.GET.get("page", "1")):
        raise Http404("not a page")
    if "after" in typed:
        return _newer_than(rows, Cursor.read(typed["after"]))
    return _older_than(rows, Cursor.read(typed["before"]) if typed else None)


def tally(rows: QuerySet[Any]) -> Tally:
    """Count `rows` up to `COUNTED_TO`: one query that never reads more."""
    number = rows.order_by()[: COUNTED_TO + 1].count()
    return Tally(min(number, COUNTED_TO), number > COUNTED_TO)


def _older_than(rows: QuerySet[Any], cursor: Cursor | None) -> Page:
    if cursor:
        # The first condition says nothing new; it lets the database begin in the middle of the index.
        rows = rows.filter(listed_on__lte=cursor.day).filter(Q(listed_on__lt=cursor.day) | Q(pk__lt=cursor.pk))
    found = list(rows.order_by("-listed_on", "-pk")[: PAGE_SIZE + 1])
    shown, more = found[:PAGE_SIZE], found[PAGE_SIZE:]
    return Page(shown, _query("after", shown[:1] if cursor else []), _query("before", more and shown[-1:]))


def _newer_than(rows: QuerySet[Any], cursor: Cursor) -> Page:
    rows = rows.filter(listed_on__gte=cursor.day).filter(Q(listed_on__gt=cursor.day) | Q(pk__gt=cursor.pk))
    found = list(rows.order_by("listed_on", "pk")[: PAGE_SIZE + 1])
    shown, more = found[:PAGE_SIZE][::-1], found[PAGE_SIZE:]
    return Page(shown, _query("after", more and shown[:1]), _query("before", shown[-1:]))


def _query(name: str, at: list[Any]) -> str:
    return f"?{name}={Cursor(at[0].listed_on, at[0].pk)}" if at else ""
