"""Answered questions that a physician could point to: neighbours that were chosen, then those that are like it."""

from dataclasses import dataclass
from typing import Final

from faq.forms.answer import citable
from faq.likeness import Kin
from faq.models import Question, SimilarQuestion
from faq.neighbours import kin_of
from search.models import Concept

SHOWN: Final = 5
CONSIDERED: Final = 20


@dataclass(frozen=True)
class Neighbour:
    """A public, answered question, and the concepts that it shares."""

    question: Question
    shared: list[Concept]


def neighbours_of(question: Question) -> list[Neighbour]:
    """Return up to SHOWN neighbours: those pinned or computed at publication, then the nearest."""
    tags = Concept.objects.accepted().filter(tagged_questions__content_object_id=question.pk)
    kin = {near.pk: near for near in kin_of(question, tags.values_list("pk", flat=True))}
    chosen, blocked = _chosen_and_blocked(question)
    ranked = [pk for pk in dict.fromkeys([*chosen, *kin]) if pk not in blocked][:CONSIDERED]
    found = citable(question).select_related("department", "answered_by").in_bulk(ranked)
    shown = [pk for pk in ranked if pk in found][:SHOWN]
    concepts = Concept.objects.accepted().in_bulk({pk for near in kin.values() for pk in near.shared})
    return [Neighbour(found[pk], _shared(kin.get(pk), concepts)) for pk in shown]


def _chosen_and_blocked(question: Question) -> tuple[list[int], set[int]]:
    rows = list(SimilarQuestion.objects.filter(question=question))
    blocked = {row.other_id for row in rows if row.origin == SimilarQuestion.Origin.BLOCKED}
    rows.sort(key=lambda row: (row.origin != SimilarQuestion.Origin.PINNED, -row.score))
    return [row.other_id for row in rows], blocked


def _shared(near: Kin | None, concepts: dict[int, Concept]) -> list[Concept]:
    return [concepts[pk] for pk in near.shared if pk in concepts] if near else []
