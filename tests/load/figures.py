"""What searching, reading and publishing cost at this size: one JSON object a figure, `python -m tests.load.figures`.

The words that are asked for come out of the documents themselves: the commonest, those in the middle, the rare.
"""

import json
import random
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from typing import Final, TypeVar

import django

if __name__ == "__main__":
    django.setup()

from faq.around import around, similar_to
from faq.models import Question
from faq.neighbours import renew_many, renew_neighbours
from faq.thread_page import question_for_page
from people.languages import PREFIX
from search.models import Document
from search.narrowing import Narrowing
from search.query import parse
from search.results import look_for, page_of
from tests.load.table import Figure
from text.cutting import pairs, words

SAMPLE: Final = 2000
"""Documents out of which words are taken."""
ASKED: Final = 60
"""Queries of each sort."""
TIMES: Final = 3
"""How often each is asked; the middle one counts, so that somebody else's work on the machine does not."""
PUBLISHED: Final = 200
Thing = TypeVar("Thing")


def milliseconds(act: Callable[[Thing], object], thing: Thing) -> float:
    """Processor time of one call, threads included."""
    before = time.process_time()
    act(thing)
    return (time.process_time() - before) * 1000


def timed(
    name: str, things: Sequence[Thing], act: Callable[[Thing], object], *, at_most: float | None = None
) -> Figure:
    """Do something to each of many things; the dearest is named where it is a text."""
    act(things[0])
    values = [sorted(milliseconds(act, each) for _ in range(TIMES))[TIMES // 2] for each in things]
    dearest = things[values.index(max(values))]
    return Figure(name, "ms", values, at_most, note=f"most: {dearest}" if isinstance(dearest, str) else "")


def search(typed: str) -> None:
    """What a page of results does before it is rendered: everything that is found, and the first page of it."""
    language = "en" if typed.isascii() else "zh-hant"
    found = look_for(parse(typed), Narrowing(), [each for each, prefix in PREFIX.items() if prefix == language])
    page_of(found.own or found.others)


class Words:
    """The terms of a sample of documents, by how many of them have each."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        newest = Document.objects.order_by("-pk").values_list("segmented_title", "segmented_body")[:SAMPLE]
        self.texts = [" ".join(row) for row in newest]
        self.latin = self._ranked(each for text in self.texts for each in set(words(text)) if each.isascii())
        self.han = self._ranked(each for text in self.texts for each in set(words(text)) if not each.isascii())
        self.pairs = self._ranked(each for text in self.texts for each in set(pairs(text)) if not each.isascii())

    def _ranked(self, terms: Iterable[str]) -> list[str]:
        counts = Counter(terms)
        return sorted(counts, key=lambda term: (-counts[term], term))

    def common(self) -> list[str]:
        """The commonest words, pairs and characters."""
        return [term for ranked in (self.latin, self.pairs, self.han) for term in ranked[: ASKED // 3]]

    def any(self) -> list[str]:
        """Words and pairs of every rank, as they come."""
        return [self.chance.choice(self.chance.choice((self.latin, self.pairs))) for _ in range(ASKED)]

    def two(self, most: int | None = None) -> list[str]:
        """Two words of one script, of the `most` commonest."""
        return [
            " ".join(self.chance.sample(self.chance.choice((self.latin, self.pairs))[:most], 2)) for _ in range(ASKED)
        ]


def searching(chance: random.Random) -> Iterable[Figure]:
    """Queries of every sort."""
    terms = Words(chance)
    titles = list(Document.objects.order_by("-pk").values_list("title", flat=True)[:ASKED])
    yield timed("search: one word, the commonest", terms.common(), search, at_most=10)
    yield timed("search: one word, any", terms.any(), search, at_most=10)
    yield timed("search: two words, of the 40 commonest", terms.two(40), search, at_most=15)
    yield timed("search: two words, any", terms.two(), search, at_most=15)
    yield timed("search: a whole title", titles, search)
    yield timed("search: a title in quotes", [f'"{title}"' for title in titles], search)
    yield timed("search: two common words in quotes", [f'"{two}"' for two in terms.two(40)], search)


def publishing(chance: random.Random) -> Iterable[Figure]:
    """The neighbours of questions as they are published, and what readers get of them."""
    newest = Question.objects.published().order_by("-pk").values_list("pk", flat=True)[: SAMPLE * 5]
    chosen = chance.sample(list(newest), PUBLISHED)
    questions = [Question.objects.get(pk=pk) for pk in chosen]
    yield Figure(
        "neighbours of one publication",
        "ms",
        [milliseconds(renew_neighbours, each) for each in questions],
        at_most=100,
    )
    yield from reading(chosen)
    # Something to do for the worker that is watched next.
    renew_many.enqueue(chance.sample(list(newest), PUBLISHED))


def reading(numbers: Sequence[int]) -> Iterable[Figure]:
    """What the page of a question reads of its neighbours."""
    questions = list(filter(None, map(question_for_page, numbers)))
    yield timed("similar questions at reading", questions, similar_to, at_most=0.5)
    yield timed("similar questions, concepts and related topics", questions, around)


def main() -> None:
    """Print every figure."""
    chance = random.Random(4)  # noqa: S311
    for part in (searching, publishing):
        for figure in part(chance):
            print(json.dumps(asdict(figure), ensure_ascii=False), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
