"""Searches without a result: noted in memory, written down by a thread, never by the page that was asked for."""

import datetime as dt
import os
from typing import Final

import structlog
from django.db import Error
from django.utils import timezone

from search.batching import Batches
from search.models import SearchMiss
from search.models.concept import folded_name
from text.clean import clean_line
from text.guards.patient_data import find

log = structlog.stdlib.get_logger("wenyi.misses")

PAUSE: Final = 30.0
"""Seconds from the first search of a batch until it is written: what a killed process loses at most."""
MOST: Final = 1000
"""How many different queries a batch holds; what is beyond is not noted: robots try words without end."""
LONGEST: Final = 60
"""A query of more characters is a story and no name of anything."""


class Misses(Batches):
    """The queries without a result that this process has not written down yet. Any thread may add to them."""

    thread_name = "misses"

    def __init__(self, *, pause: float = PAUSE, most: int = MOST) -> None:
        self.most = most
        super().__init__(pause=pause)

    def forget(self) -> None:
        """Begin with nothing, as a process must that was forked."""
        super().forget()
        self._counts: dict[tuple[str, str], tuple[str, int]] = {}

    def note(self, typed: str, language: str) -> bool:
        """Note a query that found nothing; False for one that is too long, or tells something about a person."""
        shown = clean_line(typed)
        folded = folded_name(shown)
        if not folded or len(shown) > LONGEST or find(shown):
            return False
        with self._lock:
            known = self._counts.get((folded, language), (shown, 0))
            if not known[1] and len(self._counts) >= self.most:
                return False
            self._counts[folded, language] = (known[0], known[1] + 1)
            self._open_batch()
        return True

    def write(self, on: dt.date | None = None) -> int:
        """Write down what was noted, as of the day `on` (today in Taipei); returns how many queries.

        What cannot be written is dropped: a database that is away has other worries, and the words come again.
        """
        with self._lock:
            counts, self._counts = self._counts, {}
        day = on or timezone.localdate()
        try:
            return sum(
                SearchMiss.objects.asked(shown, language, times=times, on=day)
                for (_folded, language), (shown, times) in sorted(counts.items())
            )
        except Error:
            log.exception("searches not written")
            return 0


MISSES: Final = Misses()
os.register_at_fork(after_in_child=MISSES.forget)


def forget_misses() -> int:
    """Delete what nobody has searched for in half a year; returns how many."""
    return SearchMiss.objects.forgotten(timezone.localdate()).delete()[0]
