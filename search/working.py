"""Long work that tells how far it is: a row that others read while it runs.

with working("reindex", total=count) as work:
    count = rebuild(work.advance)
    work.told(texts=count)
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, Final

from django.db import DatabaseError

from search.models import Work

Progress = Callable[[int], object]

EVERY: Final = 1.0
"""Seconds between two rows' updates: fast work is not slowed by telling of it."""


class Working:
    """The teller of one row. What runs inside a transaction is told when that is over."""

    def __init__(self, row: Work) -> None:
        self.row = row
        self.done = 0
        self.figures: dict[str, int] = {}
        self._next = time.monotonic() + EVERY

    def advance(self, count: int = 1) -> None:
        """Say that so much more is done."""
        self.done += count
        now = time.monotonic()
        if now >= self._next:
            self._next = now + EVERY
            # Whoever waits for a number must not be what stops the work.
            with suppress(DatabaseError):
                self.row.tell(self.done)

    def told(self, **figures: int) -> None:
        """Keep what came of it, for the sentence at the end."""
        self.figures.update(figures)


def both(one: Progress, other: Progress) -> Progress:
    """Tell two of the same progress: the terminal and the row."""

    def tell(count: int) -> None:
        one(count)
        other(count)

    return tell


@contextmanager
def working(
    kind: str, *, subject: str = "", total: int = 0, by: Any = None, row: Work | None = None
) -> Iterator[Working]:
    """Tell of the work in the block: its beginning, how far it is, its end. What stops it is written down and raised
    on. `row` is there already when a task does what somebody has asked for."""
    work = row or Work.objects.create(kind=kind, subject=subject[:200], by=by)
    work.begin(total=total)
    teller = Working(work)
    try:
        yield teller
    except BaseException as error:
        with suppress(DatabaseError):
            work.fail(type(error).__name__)
        raise
    work.finish(done=max(teller.done, total), figures=teller.figures)
