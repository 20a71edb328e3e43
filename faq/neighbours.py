"""Similar questions: computed from shared concepts when a question is published or tagged anew, never when it is read.

A concept counts by its kind, the disease above all: two threads about stem cells are not alike when one is about lupus
and the other about a knee. It counts less the more threads carry it.
"""

import math
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from django.db.models import Q

from faq.models import Question, SimilarQuestion, TaggedQuestion
from faq.models.tagged import TaggedQuestionQuerySet
from people.languages import prefix_of
from search.background import task
from search.changes import changing
from search.models import Concept

KEPT: Final = 10
"""How many computed neighbours a question has."""
NEWEST: Final = 200
"""How many threads of a concept, the newest, are looked at."""
COUNTED: Final = 50
"""From so many threads on a concept is as common as it gets: a common disease still outweighs two rare treatments."""
RENEWED: Final = 50
"""To how many threads, the nearest, a question is offered as a neighbour."""
OTHER_SCRIPT: Final = 0.5
"""What a thread in the other Chinese script counts."""
WEIGHTS: Final[dict[str, float]] = {Concept.Kind.DISEASE: 3, Concept.Kind.SYMPTOM: 2, Concept.Kind.TEST: 2}

Row = tuple[int, int, str]
ROW: Final = ("content_object_id", "content_object__department_id", "content_object__language")


@dataclass(frozen=True)
class Kin:
    """A public question that shares concepts: how near it is, and which they are (primary keys)."""

    pk: int
    department_id: int
    score: float
    shared: tuple[int, ...]


@task()
def renew(question_id: int) -> None:
    """Renew the neighbours of a question in the background; nothing if it is gone."""
    question = Question.objects.filter(pk=question_id).first()
    if question is not None:
        renew_neighbours(question)


@task()
def renew_many(question_ids: list[int]) -> None:
    """Renew the neighbours of a chunk of an archive in the background."""
    for question in Question.objects.filter(pk__in=question_ids):
        renew_neighbours(question)


def weight_of(concept: Concept) -> float:
    """What sharing a concept of this kind counts: disease 3, symptom and test 2, treatment and all others 1."""
    return WEIGHTS.get(concept.kind, 1)


def kin_of(
    concepts: Iterable[Concept], *, language: str, apart_from: Question | None = None, also: Collection[int] = ()
) -> list[Kin]:
    """Rank the public questions under the same prefix that share `concepts`, the nearest and then newest first.

    One query a concept looks at its newest threads, one more at those of `also` (primary keys), however old.
    `apart_from` leaves out a question and its translations.
    """
    concepts = sorted(concepts, key=lambda concept: (-weight_of(concept), concept.pk))
    public = _beside(apart_from, TaggedQuestion.objects.on_public(prefix_of(language)))
    worth: dict[int, float] = {}
    shared: dict[Row, set[int]] = defaultdict(set)
    for concept in concepts:
        rows = list(public.filter(tag=concept).order_by("-content_object_id").values_list(*ROW)[:NEWEST])
        worth[concept.pk] = weight_of(concept) * rarity(len(rows))
        for row in rows:
            shared[row].add(concept.pk)
    for *columns, tag in public.filter(content_object__in=also, tag__in=concepts).values_list(*ROW, "tag"):
        shared[columns[0], columns[1], columns[2]].add(tag)
    near = [
        Kin(pk, department, sum(worth[key] for key in worth if key in keys) * (1 if own == language else OTHER_SCRIPT),
            tuple(key for key in worth if key in keys))
        for (pk, department, own), keys in shared.items()
    ]  # fmt: skip
    return sorted(near, key=lambda kin: (-kin.score, -kin.pk))


def _beside(question: Question | None, tags: TaggedQuestionQuerySet) -> TaggedQuestionQuerySet:
    """Leave out the tags of a question and of its translations."""
    if question is None:
        return tags
    root = question.translation_of_id or question.pk
    return tags.exclude(Q(content_object=root) | Q(content_object__translation_of=root))


def rarity(count: int) -> float:
    """What is left of a concept's weight when `count` threads carry it: 1 for none, 0.2 for COUNTED and more."""
    return 1 / (1 + math.log(1 + min(count, COUNTED)))


def renew_neighbours(question: Question) -> None:
    """Compute the neighbours of a question, and its place among theirs; a second run changes nothing.

    Pinned and blocked rows stay as they are. A question that is not public loses its computed rows.
    """
    computed = SimilarQuestion.objects.filter(other=question, origin=SimilarQuestion.Origin.COMPUTED)
    holders = set(computed.order_by("-pk").values_list("question_id", flat=True)[:NEWEST])
    concepts = list(Concept.objects.filter(tagged_questions__content_object=question)) if question.is_public else []
    near = kin_of(concepts, language=question.language, apart_from=question, also=holders) if concepts else []
    with changing() as keys:
        owners = {question.pk, *holders, *(kin.pk for kin in near[:RENEWED])}
        # In one order, so that two questions renewed at once wait for each other and never deadlock.
        locked = Question.objects.select_for_update(no_key=True).filter(pk__in=owners).order_by("pk")
        lists = _lists_of(list(locked.values_list("pk", flat=True)))
        offers = {kin.pk: [Kin(question.pk, question.department_id, kin.score, kin.shared)] for kin in near}
        for owner, rows in lists.items():
            offered = near if owner == question.pk else _present(rows, question) + offers.get(owner, [])
            if _settle(owner, rows, offered):
                keys.add(f"similar:{owner}")


def _lists_of(owners: list[int]) -> dict[int, list[SimilarQuestion]]:
    lists: dict[int, list[SimilarQuestion]] = {owner: [] for owner in owners}
    for row in SimilarQuestion.objects.filter(question__in=owners).prefetch_related("shared"):
        lists[row.question_id].append(row)
    return lists


def _present(rows: list[SimilarQuestion], question: Question) -> list[Kin]:
    """What a list holds beside `question`, in the form of an offer."""
    computed = [row for row in rows if row.origin == SimilarQuestion.Origin.COMPUTED and row.other_id != question.pk]
    return [Kin(row.other_id, 0, row.score, tuple(concept.pk for concept in row.shared.all())) for row in computed]


def _settle(owner: int, rows: list[SimilarQuestion], offered: list[Kin]) -> bool:
    """Make the computed rows of `owner` the best that are offered; whether that changed anything."""
    computed = {row.other_id: row for row in rows if row.origin == SimilarQuestion.Origin.COMPUTED}
    decided = {row.other_id for row in rows} - computed.keys()
    best = sorted(offered, key=lambda kin: (-kin.score, -kin.pk))
    wanted = [kin for kin in best if kin.pk not in decided][:KEPT]
    gone = [computed[other].pk for other in computed.keys() - {kin.pk for kin in wanted}]
    SimilarQuestion.objects.filter(pk__in=gone).delete()
    written = [_write(owner, kin, computed.get(kin.pk)) for kin in wanted]
    return bool(gone) or any(written)


def _write(owner: int, kin: Kin, row: SimilarQuestion | None) -> bool:
    """Make the row say what `kin` says; whether that was anything new."""
    if row is not None and row.score == kin.score and {concept.pk for concept in row.shared.all()} == {*kin.shared}:
        return False
    row = row or SimilarQuestion(question_id=owner, other_id=kin.pk)
    row.score = kin.score
    row.save()
    row.shared.set(kin.shared)
    return True
