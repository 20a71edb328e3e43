"""Views: counted in memory, written down in batches, and once a day taken into the figures that are printed."""

import os
import threading
from collections import Counter
from hashlib import blake2b
from itertools import islice
from typing import Any, Final

import structlog
from django.db import Error, InterfaceError, OperationalError, models
from django.db.models import F, Value
from django.db.models.functions import Least

from search.batching import Batches
from search.changes import changing
from search.models import ViewCount

log = structlog.stdlib.get_logger("wenyi.views")

PAUSE: Final = 3.0
"""Seconds from the first view of a batch until it is written: what a process loses at most that is killed."""
ROWS: Final = 500
"""How many rows one transaction writes or takes."""
MOST_VIEWS: Final = 2**31 - 1
"""What the column of a printed figure holds. An archive may bring a figure close to it."""


class Views(Batches):
    """The views that this process was told of and has not written down yet. Any thread may add to them.

    Memory is bounded: `most_keys` different pages a batch (what is beyond is not counted: it takes a flood of made-up
    keys to get there), and the last `most_seen` to twice as many pairs of visitor and page, about 100 bytes each.
    """

    thread_name = "views"

    def __init__(self, *, pause: float = PAUSE, most_keys: int = 20_000, most_seen: int = 50_000) -> None:
        self.most_keys = most_keys
        self.most_seen = most_seen
        super().__init__(pause=pause)

    def forget(self) -> None:
        """Begin with nothing, as a process must that was forked: what its parent noted, its parent writes down."""
        super().forget()
        self._writing = threading.Lock()
        self._counts: Counter[str] = Counter()
        self._seen: set[bytes] = set()
        self._seen_before: set[bytes] = set()

    def note(self, key: str, visitor: str) -> bool:
        """Count a view of `key` ("question:12") by whoever `visitor` stands for; False where it is not counted.

        A visitor counts once a page for as long as the name stands for the same one, which is a day.
        """
        mark = blake2b(f"{key} {visitor}".encode(), digest_size=8).digest()
        with self._lock:
            if mark in self._seen or mark in self._seen_before or not self._has_room_for(key):
                return False
            self._remember(mark)
            self._counts[key] += 1
            self._open_batch()
        return True

    def write(self) -> int:
        """Write down what was noted; returns how many views were of something public.

        While the database is away they are kept for the next time. Where it went away in the very moment of the
        commit nobody knows whether a batch is in it, and it is written again: at most ROWS pages count twice.
        """
        with self._writing:
            with self._lock:
                counts, self._counts = self._counts, Counter()
            waiting = iter(sorted(counts.items()))
            written = 0
            while chunk := dict(islice(waiting, ROWS)):
                try:
                    written += ViewCount.objects.write_down(chunk)
                except (OperationalError, InterfaceError) as error:
                    self._keep(chunk | dict(waiting))
                    log.warning("views not written, database away", error=type(error).__name__)
                except Error:
                    log.exception("views not written")
            return written

    def _has_room_for(self, key: str) -> bool:
        return key in self._counts or len(self._counts) < self.most_keys

    def _remember(self, mark: bytes) -> None:
        """Two sets of which the older one goes as a whole: no order to keep, and no clock."""
        if len(self._seen) >= self.most_seen:
            self._seen, self._seen_before = set(), self._seen
        self._seen.add(mark)

    def _keep(self, counts: dict[str, int]) -> None:
        with self._lock:
            for key, count in counts.items():
                if self._has_room_for(key):
                    self._counts[key] += count


VIEWS: Final = Views()
os.register_at_fork(after_in_child=VIEWS.forget)


def renew_figures(rows: "models.QuerySet[Any]", kind: str) -> int:
    """Take the finished days of a kind into the column `views` of its rows; returns how many figures are new.

    Views leave their own rows in the transaction in which the figure gets them: this may end anywhere and be called
    again, and adds nothing twice. The views of what no longer exists are dropped.
    """
    renewed = 0
    while taken := list(ViewCount.objects.of_kind(kind).finished().order_by("key", "day")[:ROWS]):
        renewed += _take(taken, rows, kind)
    return renewed


def _take(candidates: list[ViewCount], rows: "models.QuerySet[Any]", kind: str) -> int:
    with changing() as keys:
        # Locked and read again: another worker may have been here.
        taken = ViewCount.objects.filter(pk__in=[row.pk for row in candidates]).select_for_update().order_by("pk")
        views: Counter[int] = Counter()
        for row in taken:
            views[int(row.key.partition(":")[2])] += row.count
        found = list(rows.filter(pk__in=views).select_for_update().order_by("pk").values_list("pk", flat=True))
        for count in set(views.values()):
            more = min(count, MOST_VIEWS)
            read = [pk for pk in found if views[pk] == count]
            rows.filter(pk__in=read).update(views=Least(F("views"), Value(MOST_VIEWS - more)) + more)
        keys.update(f"{kind}:{pk}" for pk in found)
        taken.delete()
    return len(found)
