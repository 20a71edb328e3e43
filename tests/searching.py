"""Searches as tests need them: from places that differ, written at once, some days ago."""

import datetime as dt
from collections.abc import Sequence
from itertools import count

from django.utils import timezone

from search.models import SearchQuery
from search.models.concept import folded_name
from search.models.searched import Noted
from search.places import Place, periods_of, places_of
from search.searches import Searches

DAY = dt.date(2026, 3, 1)


def addresses(typed: str, number: int, *, language: str = "en", days: int = 90) -> list[str]:
    """Addresses that are different places of a query whenever they ask within the days after DAY: two in a hundred
    pairs would be the same one, and a test is no lottery."""
    found: list[str] = []
    what = f"{language} {folded_name(typed)}"
    every = [DAY + dt.timedelta(days=day) for day in range(days)]
    seen: set[Place] = set()
    for each in count(1):
        address = f"10.{each >> 16 & 255}.{each >> 8 & 255}.{each & 255}"
        places = {place for day in every for place in places_of(address, what, day)}
        if not places & seen:
            seen |= places
            found.append(address)
        if len(found) == number:
            break
    return found


def ask(
    searches: Searches,
    typed: str,
    *,
    places: int = 3,
    from_: Sequence[str] = (),
    language: str = "en",
    results: int = 0,
    on: dt.date = DAY,
) -> None:
    """The same query from several places on one day, written down at once."""
    for address in from_ or addresses(typed, places, language=language):
        folded = folded_name(typed)
        noted = searches._counts.setdefault((folded, language), Noted(typed))
        noted.count += 1
        noted.misses += not results
        noted.results = results
        noted.places |= places_of(address, f"{language} {folded}", on)
    searches.write(on)


def write(
    typed: str,
    *,
    count: int = 3,
    results: int = 0,
    clicks: int = 0,
    language: str = "en",
    on: dt.date | None = None,
) -> SearchQuery:
    """A query of three places, with so many searches and so many clicks on the first result."""
    on = on or timezone.localdate()
    noted = Noted(typed, count=count, misses=0 if results else count, results=results, positions=[1] * clicks)
    noted.places = {Place(period, number) for period in periods_of(on) for number in range(3)}
    SearchQuery.objects.write_down([(folded_name(typed), language, noted)], on)
    return SearchQuery.objects.called(typed, language).get()


def kept(typed: str, language: str = "en") -> str:
    """The words that are kept of a query; empty where none are."""
    row = SearchQuery.objects.called(typed, language).first()
    return row.shown if row else ""
