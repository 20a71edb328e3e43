"""How alike two questions are, and why. Pure functions: whichever of the two asks, the answer is the same.

Two things count. What they are about: the concepts of the vocabulary, by kind (the disease above all), by rarity, and
by place (tagged or in the title, or only mentioned). And how they say it: words, characters and pairs by their rarity.
Both are cosines, so a long text is nobody's neighbour for its length.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from search.models import Concept

ABOUT: Final = 0.6
"""What the same concepts count; the same words count the rest."""
WEIGHTS: Final[dict[str, float]] = {Concept.Kind.DISEASE: 3, Concept.Kind.SYMPTOM: 2, Concept.Kind.TEST: 2}
"""What a concept of this kind counts, 1 for a treatment and all others."""
MENTIONED: Final = 0.5
"""What a concept counts that only the body names, beside one that is tagged or in the title."""
OTHER_DISEASE: Final = 0.5
"""What is left where both are about diseases and share none: the treatment alone makes no neighbour."""
OTHER_SCRIPT: Final = 0.5
"""What a thread in the other Chinese script counts."""
OUTDATED: Final = 0.8
"""What a thread counts whose answers are out of date."""
UNANSWERED: Final = 0.5
"""What a thread counts that has no answer to read."""
LEAST: Final = 0.06
"""Below this score two questions have too little in common to be shown together."""
COPY: Final = 0.8
"""From this share of common words on, rare or not, one text is a copy of the other."""
TOO_SHORT: Final = 8
"""Two texts that have fewer terms in common are no copies: one sentence is soon said twice."""
TELLING: Final = 0.1
"""What a shared concept must count beside the weightiest to be named as a reason."""
COMMON: Final = 0.35
"""What is left of the commonest concept's weight: a common disease still outweighs a rare treatment."""


@dataclass(frozen=True)
class Profile:
    """What a question is compared by. `concepts` are numbers and places (1 or MENTIONED), `main` those tagged or in
    the title; `family` is the number of the original, which its translations share."""

    pk: int
    family: int
    department_id: int
    language: str
    concepts: Mapping[int, float]
    main: frozenset[int]
    terms: frozenset[str]
    quality: float = 1
    number: int = 0
    """Of the last change of its public form; 0 for what has none, or not yet."""


@dataclass(frozen=True)
class Weighed:
    """A profile in which everything has its weight."""

    profile: Profile
    concepts: Mapping[int, float]
    concept_norm: float
    word_norm: float
    diseases: frozenset[int]


@dataclass(frozen=True)
class Kin:
    """A question that is like another: how near it is, and what they share (concepts' primary keys; words)."""

    pk: int
    department_id: int
    score: float
    shared: tuple[int, ...]
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Likeness:
    """How alike two questions are (0 to 1), what each concept that both are about adds to it, and how alike in words
    they are."""

    score: float
    by_concept: Mapping[int, float]
    in_words: float

    @property
    def shared(self) -> tuple[int, ...]:
        """The concepts that say why, the weightiest first: one that both only mention is none beside the disease."""
        worth = self.by_concept
        least = TELLING * max(worth.values(), default=0)
        return tuple(sorted((pk for pk in worth if worth[pk] >= least), key=lambda pk: (-worth[pk], pk)))


def rarity(count: int, total: int) -> float:
    """How much a word says that `count` of `total` texts have: 1 for none, 0 for all."""
    return max(0.0, math.log((total + 1) / (count + 1)) / math.log(total + 1)) if total > 0 else 1.0


class Scales:
    """Weighs profiles by how rare things are; `rarity_of` a term and `concept_rarity_of` a concept give 0 to 1."""

    def __init__(
        self,
        kinds: Mapping[int, str],
        rarity_of: Callable[[str], float],
        concept_rarity_of: Callable[[int], float],
    ) -> None:
        self.kinds = kinds
        self.rarity_of = rarity_of
        self.concept_rarity_of = concept_rarity_of
        self._squares: dict[Any, float] = {}
        self._concepts: dict[int, float] = {}

    def weigh(self, profile: Profile) -> Weighed:
        """Give everything in a profile its weight."""
        concepts = {pk: place * self.worth(pk) for pk, place in profile.concepts.items()}
        return Weighed(
            profile,
            concepts,
            math.sqrt(sum(weight * weight for weight in concepts.values())),
            math.sqrt(self._sum_of_squares(profile.terms)),
            self.diseases(profile.main),
        )

    def diseases(self, concepts: Iterable[int]) -> frozenset[int]:
        """The diseases among concepts."""
        return frozenset(pk for pk in concepts if self.kinds.get(pk) == Concept.Kind.DISEASE)

    def likeness(self, one: Weighed, other: Weighed) -> Likeness:
        """How alike two questions are."""
        common = one.concepts.keys() & other.concepts.keys()
        products = {pk: one.concepts[pk] * other.concepts[pk] for pk in common}
        about = _cosine(sum(products.values()), one.concept_norm, other.concept_norm)
        said = self.in_words(one, other)
        score = ABOUT * about + (1 - ABOUT) * said
        if one.diseases and other.diseases and common.isdisjoint(one.diseases | other.diseases):
            score *= OTHER_DISEASE
        if one.profile.language != other.profile.language:
            score *= OTHER_SCRIPT
        return Likeness(score, products, said)

    def in_words(self, one: Weighed, other: Weighed) -> float:
        """How alike two questions are in their words alone."""
        terms = one.profile.terms & other.profile.terms
        return _cosine(self._sum_of_squares(terms), one.word_norm, other.word_norm)

    def coverage(self, asked: Weighed, other: Weighed) -> float:
        """Which part of what `asked` says, by its rarity, the other says too: 0 to 1."""
        said = self._sum_of_squares(asked.profile.terms & other.profile.terms)
        return said / asked.word_norm**2 if said else 0.0

    def squares_of(self, terms: Iterable[str]) -> list[float]:
        """The square of each term's rarity."""
        self._sum_of_squares(terms)
        return [self._squares[term] for term in terms]

    def know(self, squares: dict[Any, float]) -> None:
        """Take these squares for those of all terms that will be met."""
        self._squares = squares

    def forget(self, most: int) -> None:
        """Let go of what was looked up when it is more than `most` terms: memory has an end."""
        if len(self._squares) > most:
            self._squares.clear()

    def worth(self, pk: int) -> float:
        """What a concept weighs: by its kind and its rarity."""
        if pk not in self._concepts:
            self._concepts[pk] = weight_of(self.kinds.get(pk, "")) * max(COMMON, self.concept_rarity_of(pk))
        return self._concepts[pk]

    def _sum_of_squares(self, terms: Iterable[str]) -> float:
        squares, total = self._squares, 0.0
        for term in terms:
            square = squares.get(term)
            if square is None:
                square = squares[term] = self.rarity_of(term) ** 2
            total += square
        return total


def weight_of(kind: str) -> float:
    """What sharing a concept of this kind counts: disease 3, symptom and test 2, treatment and all others 1."""
    return WEIGHTS.get(kind, 1)


def _cosine(product: float, one: float, other: float) -> float:
    return product / (one * other) if product else 0.0


@dataclass(frozen=True)
class Near:
    """A question near another: what a list says of it, and what it was compared by."""

    kin: Kin
    weighed: Weighed
    likeness: Likeness


def ranked(scales: Scales, asked: Weighed, others: Iterable[Weighed]) -> list[Near]:
    """Those that are like `asked`, the nearest and then the newest first; what says less to a reader stands lower.

    Its translations and what has too little in common are left out.
    """
    found = []
    for other in others:
        profile = other.profile
        if profile.family == asked.profile.family:
            continue
        likeness = scales.likeness(asked, other)
        if likeness.score >= LEAST:
            score = likeness.score * profile.quality
            found.append(Near(Kin(profile.pk, profile.department_id, score, likeness.shared), other, likeness))
    return sorted(found, key=lambda near: (-near.kin.score, -near.kin.pk))


def diverse(near: Sequence[Near], most: int) -> list[Near]:
    """The first `most`, without those that are copies of one before: four copies of one question say nothing new."""
    kept: list[Near] = []
    for each in near:
        if len(kept) == most:
            break
        if not any(is_copy(each.weighed.profile, before.weighed.profile) for before in kept):
            kept.append(each)
    return kept


def is_copy(one: Profile, other: Profile) -> bool:
    """Whether one text is the other with a few changes."""
    least, most = sorted((len(one.terms), len(other.terms)))
    if least < TOO_SHORT or least < COPY * COPY * most:
        return False
    shared = len(one.terms & other.terms)
    return shared >= TOO_SHORT and shared * shared >= COPY * COPY * least * most
