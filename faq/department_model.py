"""Which department a text belongs to, by what this machine's worker has learnt (`faq.department_learning`)."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from search.classifying import Weights
from search.finding import concepts_of
from search.models import ChangeCounter
from text.cutting import CUT_VERSION, pairs, segment, words
from text.stop_words import STOP_WORDS, is_stop

RULES: Final = f"2.{CUT_VERSION}"
"""Raised with every change of what is learnt, seeds included: what older rules learnt is then learnt anew."""
SURE: Final = 1.5
"""Nats (e to its power: four times and a half) by which a text must fit its first department better than the average
one, unless it names a concept of which something was learnt. Greetings, other languages and typed noise stay below."""
LEANING: Final = 0.7
"""Nats (twice as much) below which a text does not lean to a department."""
TELLING: Final = 0.4
"""Nats (half as much again) from which on a concept is a reason for a department."""
LONGEST: Final = 6000
"""Characters of a text that are read: more than a title and a question may have."""
_ENGLISH_FROM: Final = 12
_ENGLISH_SHARE: Final = 0.15
"""Of the Latin words of an English text nearly half are function words, of another language's less than a tenth."""


@dataclass(frozen=True)
class Ranking:
    """Every department (primary key) with its score in nats, the best first.

    `because` has, for each concept that the text names, how far it speaks for each department; `knows` is False where
    the text is too short or about something else.
    """

    scores: dict[int, float]
    because: dict[int, dict[int, float]]
    knows: bool

    @property
    def departments(self) -> list[int]:
        """The departments, the best first; none where the text does not say."""
        return list(self.scores) if self.knows else []


def model_file() -> Path:
    """Where what was learnt lies on this machine."""
    folder: Path = settings.INDEX_DIR
    return folder / "departments.weights"


def ranking_of(text: str) -> Ranking | None:
    """Rank the departments for a text, in one of our languages; None while nothing has been learnt on this machine.

    Two queries: whose database it was learnt from, and the vocabulary's version.
    """
    weights = weights_in_use()
    if weights is None:
        return None
    segmented = segment(text[:LONGEST])
    concepts = concepts_of(text[:LONGEST])
    scores = weights.scores(terms_of(segmented, concepts))
    lead = max(scores.values(), default=0)
    because = {pk: weights.scores([concept_term(pk)]) for pk in concepts}
    ordered = _ordered(scores, weights.about)
    says = lead >= SURE or any(any(each.values()) for each in because.values())
    return Ranking(ordered, because, says and not is_foreign(segmented))


def _ordered(scores: dict[int, float], about: dict[str, Any]) -> dict[int, float]:
    """The best first; of those that the text leans to not at all, who stands in for the best, then who answers most.

    So the second and third are internal medicine rather than something remote where a text says cardiology alone.
    """
    first = max(scores, key=lambda pk: (scores[pk], -pk), default=0)
    standing_in, threads = about["stand_ins"].get(str(first), ()), about["threads"]

    def place(pk: int) -> tuple[float, bool, int, int]:
        return -max(scores[pk], LEANING), pk not in standing_in, -threads.get(str(pk), 0), pk

    return {pk: scores[pk] for pk in sorted(scores, key=place)}


def terms_of(segmented: str, concepts: Iterable[int | str]) -> list[str]:
    """What speaks for a department: words, single Han characters and pairs that say something, and concepts."""
    found = [term for term in (*words(segmented), *pairs(segmented)) if not is_stop(term)]
    return found + [concept_term(pk) for pk in concepts]


def concept_term(pk: int | str) -> str:
    """What stands for a concept among terms: no word has such a sign."""
    return f"#{pk}"


def is_foreign(segmented: str) -> bool:
    """Whether a segmented text is in neither of our languages: neither Han characters nor what reads as English."""
    found = [word for word in words(segmented) if not word[0].isdigit()]
    latin = [word for word in found if word.isascii()]
    others = [word for word in found if not word.isascii() and not _is_han(word)]
    if 2 * len(others) > len(found):
        return True
    is_english = sum(word in STOP_WORDS for word in latin) >= _ENGLISH_SHARE * len(latin)
    return 2 * len(latin) > len(found) and len(latin) >= _ENGLISH_FROM and not is_english


def weights_in_use() -> Weights | None:
    """What was last learnt from this database by these rules; None where that is nothing."""
    weights = _read(model_file())
    if weights is None or weights.about.get("rules") != RULES:
        return None
    identity = ChangeCounter.objects.filter(pk=1).values_list("identity", flat=True).first()
    return weights if weights.about.get("identity") == str(identity) else None


def _read(path: Path) -> Weights | None:
    """A file is mapped once and looked at again when another has taken its place."""
    try:
        state = os.stat(path)
    except OSError:
        _kept.pop(path, None)
        return None
    seen = (state.st_ino, state.st_mtime_ns, state.st_size)
    if path not in _kept or _kept[path][0] != seen:
        _kept[path] = (seen, Weights.read(path))
    return _kept[path][1]


def _is_han(word: str) -> bool:
    return len(word) == 1 and word >= "\u2e80"


_kept: dict[Path, tuple[tuple[int, int, int], Weights | None]] = {}
