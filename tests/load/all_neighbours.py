"""What it costs to compute the neighbours of all questions: one JSON object, `python -m tests.load.all_neighbours`.

All are read, as the nightly run reads them; of a large archive some thousand are computed, and the rest is reckoned.
"""

import contextlib
import json
import time
from dataclasses import asdict
from typing import Final

import django

if __name__ == "__main__":
    django.setup()

from faq.models import Question
from faq.renewing import forget_all, renew_all
from tests.load.table import Figure

COMPUTED: Final = 5000
HOUR: Final = 3600


class Enough(Exception):
    """As many were computed as are needed."""


class Clock:
    """Hears of each chunk of questions that was computed."""

    def __init__(self) -> None:
        self.began = time.process_time()
        self.chunks: list[tuple[int, float]] = []

    def hear(self, count: int) -> None:
        """Note how many were computed; raises Enough."""
        self.chunks.append((count, time.process_time()))
        if sum(each for each, _at in self.chunks) >= COMPUTED:
            raise Enough

    def hours_for(self, questions: int) -> float:
        """Hours for so many: reading, and the first chunk, came before the first mark."""
        (first, began), (_last, ended) = self.chunks[0], self.chunks[-1]
        computed = sum(each for each, _at in self.chunks[1:])
        a_question = (ended - began) / computed if computed else 0
        return (began - self.began + a_question * (questions - first)) / HOUR


def main() -> None:
    """Print the figure."""
    forget_all()
    clock = Clock()
    with contextlib.suppress(Enough):
        renew_all(clock.hear)
    total = Question.objects.published().count()
    computed = sum(each for each, _at in clock.chunks)
    name = f"neighbours of all {total:,}, {computed:,} of them computed"
    figure = Figure(name, "hours", [clock.hours_for(total)], at_most=1)
    print(json.dumps(asdict(figure)), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
