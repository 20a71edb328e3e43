"""Related FAQ topics of a question: from its concepts, its neighbours' and its department."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from faq.likeness import Kin, Profile, weight_of
from faq.models import Topic
from people.languages import prefix_of

MOST: Final = 10
"""How many related topics a question has."""
RELEVANT: Final = 0.25
"""Below this relevance a topic is not shown: 1 has one of the own department on a concept of title or tags."""
BY_NEIGHBOURS: Final = 0.8
"""What a concept counts that all neighbours are about and the question does not name."""
SURE: Final = 0.5
"""What the scores of the neighbours must add up to before their word counts in full: one distant one says little."""
ELSEWHERE: Final = 0.5
"""What a topic counts in a department where no neighbour stands."""


@dataclass(frozen=True)
class Place:
    """Where a public topic stands: its number, concept and department."""

    pk: int
    concept: int
    department: int


def places_of(concepts: Iterable[int], language: str) -> list[Place]:
    """The public topics on these concepts under the prefix of a language; one query."""
    rows = Topic.objects.published().under_prefix(prefix_of(language)).filter(concept__in=list(concepts))
    return [Place(*row) for row in rows.order_by().values_list("pk", "concept_id", "department_id")]


def related_topics(
    asked: Profile, near: Sequence[tuple[Kin, Profile]], places: Iterable[Place], kinds: Mapping[int, str]
) -> list[int]:
    """The topics (numbers) that are relevant enough: those of the own department first, then the most relevant, then
    diseases before treatments (`kinds`: a concept's kind by its number)."""
    concepts, departments = concepts_around(asked, near), _departments(near)
    found: dict[Place, float] = {}
    for place in places:
        is_own = place.department == asked.department_id
        here = 1 if is_own else ELSEWHERE * (1 + departments.get(place.department, 0))
        if (relevance := concepts.get(place.concept, 0) * here) >= RELEVANT:
            found[place] = relevance
    best = sorted(
        found,
        key=lambda place: (
            place.department != asked.department_id,
            -found[place],
            -weight_of(kinds.get(place.concept, "")),
            place.pk,
        ),
    )
    return [place.pk for place in best[:MOST]]


def concepts_around(asked: Profile, near: Sequence[tuple[Kin, Profile]]) -> Mapping[int, float]:
    """What each concept counts for a question: 1 tagged or in the title, a half mentioned, else by its neighbours."""
    total = _sum(near)
    concepts: dict[int, float] = defaultdict(float)
    for kin, profile in near:
        for concept in profile.main:
            concepts[concept] += BY_NEIGHBOURS * kin.score / total
    for concept, place in asked.concepts.items():
        concepts[concept] = max(place, concepts[concept])
    return concepts


def _departments(near: Sequence[tuple[Kin, Profile]]) -> Mapping[int, float]:
    """Which share of the neighbours stands in each department."""
    total = _sum(near)
    shares: dict[int, float] = defaultdict(float)
    for kin, _profile in near:
        shares[kin.department_id] += kin.score / total
    return shares


def _sum(near: Sequence[tuple[Kin, Profile]]) -> float:
    return max(SURE, sum(kin.score for kin, _profile in near))
