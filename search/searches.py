"""Searches: noted in memory, written down by a thread, never by the page that was asked for; see `SearchQuery`."""

import datetime as dt
import os
from collections import Counter
from hashlib import blake2b
from itertools import islice
from typing import Final

import structlog
from django.db import DEFAULT_DB_ALIAS, Error
from django.utils import timezone

from search.batching import Batches
from search.models import Document
from search.models.concept import folded_name
from search.models.searched import CHUNK, LANGUAGES, LONGEST, Noted, SearchQuery
from search.places import network_of, places_of
from text.clean import clean_line
from text.guards.naming import gives_a_name
from text.guards.patient_data import find

log = structlog.stdlib.get_logger("wenyi.searches")

PAUSE: Final = 30.0
"""Seconds from the first search of a batch until it is written: what a killed process loses at most."""
MOST: Final = 1000
"""How many different queries a batch holds; what is beyond is not noted: robots try words without end."""
A_VISITOR: Final = 200
"""How many searches and clicks are noted of one network on one day."""
MOST_SEEN: Final = 50_000
"""How many pairs of network and query are remembered, at most twice as many; about 100 bytes each."""
DIGITS: Final = 6
"""So many digits in a query are a number of somebody: a birthday, a telephone, a chart."""
FURTHEST: Final = 1000
"""No result stands further down."""


class Searches(Batches):
    """The searches that this process has not written down yet. Any thread may add to them."""

    thread_name = "searches"

    def __init__(self, *, pause: float = PAUSE, most: int = MOST, a_visitor: int = A_VISITOR) -> None:
        self.most = most
        self.a_visitor = a_visitor
        super().__init__(pause=pause)

    def forget(self) -> None:
        """Begin with nothing, as a process must that was forked."""
        super().forget()
        self._counts: dict[tuple[str, str], Noted] = {}
        self._salt = os.urandom(16)
        self._day: dt.date | None = None
        self._visitors: Counter[bytes] = Counter()
        self._seen: set[bytes] = set()
        self._seen_before: set[bytes] = set()

    def note(self, typed: str, language: str, *, results: int, place: str) -> bool:
        """Note that somebody at the address `place` searched for words on a page in a language ("en", "zh-hant").

        `results` is how many documents were found. Of the address nothing is kept but what `search.places` makes of
        it. A network counts once a day and query, so other pages of the same results change nothing. False for what
        is not noted: words that are none, too long or about a person, or more of them than one network may ask.
        """
        shown, folded = sayable(typed)
        today = timezone.localdate()
        if not folded or language not in LANGUAGES:
            return False
        with self._lock:
            if not self._admits(today, place, "search", folded, language):
                return False
            noted = self._counts.setdefault((folded, language), Noted(shown))
            noted.count += 1
            noted.misses += not results
            noted.results = max(0, results)
            noted.places |= places_of(place, f"{language} {folded}", today)
            self._open_batch()
        return True

    def click(self, typed: str, language: str, *, key: str, position: int, place: str) -> bool:
        """Note that somebody opened a result of a search; `position` is 1 for the first.

        `key` names the document. A network counts once a day and query: its first click says where it found something.
        """
        shown, folded = sayable(typed)
        if not folded or language not in LANGUAGES or not 0 < position <= FURTHEST:
            return False
        with self._lock:
            if not self._admits(timezone.localdate(), place, "click", folded, language):
                return False
            self._counts.setdefault((folded, language), Noted(shown)).clicked.append((key, position))
            self._open_batch()
        return True

    def write(self, on: dt.date | None = None) -> int:
        """Write down what was noted, as of the day `on` (today in Taipei); returns how many queries.

        What cannot be written is dropped: a database that is away has other worries, and the words come again.
        """
        with self._lock:
            counts, self._counts = self._counts, {}
        waiting = iter(sorted((folded, language, noted) for (folded, language), noted in counts.items()))
        written = 0
        while chunk := list(islice(waiting, CHUNK)):
            try:
                written += _write(chunk, on or timezone.localdate())
            except Error as error:
                # Its own words are not logged: they may be somebody's.
                log.error("searches not written", error=type(error).__name__)
        return written

    def _admits(self, today: dt.date, place: str, what: str, folded: str, language: str) -> bool:
        """Whether a network does this for the first time today, has not done too much, and the batch has room."""
        if today != self._day or len(self._visitors) >= MOST_SEEN:
            self._day, self._visitors = today, Counter()
        visitor = self._mark(network_of(place))
        mark = self._mark(f"{today} {what} {language} {network_of(place)} {folded}")
        has_room = (folded, language) in self._counts or len(self._counts) < self.most
        if (
            mark in self._seen
            or mark in self._seen_before
            or not has_room
            or self._visitors[visitor] >= self.a_visitor
        ):
            return False
        self._visitors[visitor] += what == "search"
        if len(self._seen) >= MOST_SEEN:
            self._seen, self._seen_before = set(), self._seen
        self._seen.add(mark)
        return True

    def _mark(self, text: str) -> bytes:
        return blake2b(text.encode(), digest_size=8, key=self._salt).digest()


SEARCHES: Final = Searches()
os.register_at_fork(after_in_child=SEARCHES.forget)


def sayable(typed: str) -> tuple[str, str]:
    """Return a query as it may be noted, clean and folded; two empty words for what may be about a person."""
    shown = clean_line(typed)
    folded = folded_name(shown)
    digits = sum(character.isdigit() for character in folded)
    if not folded or len(shown) > LONGEST or digits >= DIGITS or find(shown) or gives_a_name(shown):
        return "", ""
    return shown, folded


def _write(chunk: list[tuple[str, str, Noted]], on: dt.date) -> int:
    keys = {key for _folded, _language, noted in chunk for key, _position in noted.clicked}
    live = set(Document.objects.using(DEFAULT_DB_ALIAS).live().filter(key__in=keys).values_list("key", flat=True))
    for _folded, _language, noted in chunk:
        noted.positions = [position for key, position in noted.clicked if key in live]
    return SearchQuery.objects.write_down(chunk, on)
