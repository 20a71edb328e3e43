"""Answered questions that a physician could point to: neighbours that were chosen, then those that share concepts."""

from dataclasses import dataclass
from typing import Final

from faq.forms.answer import citable
from faq.models import Question, SimilarQuestion
from faq.neighbours import Kin, kin_of
from faq.suggest import concepts_in
from search.models import Concept

SHOWN: Final = 5
CONSIDERED: Final = 20
CONCEPTS: Final = 8


@dataclass(frozen=True)
class Neighbour:
    """A public, answered question, and the concepts that it shares."""

    question: Question
    shared: list[Concept]


def neighbours_of(question: Question) -> list[Neighbour]:
    """Return up to SHOWN neighbours: those pinned or computed at publication, then the nearest by shared concepts."""
    concepts = {concept.pk: concept for concept in _concepts_of(question)[:CONCEPTS]}
    kin = {near.pk: near for near in kin_of(concepts.values(), language=question.language, apart_from=question)}
    chosen, blocked = _chosen_and_blocked(question)
    ranked = [pk for pk in dict.fromkeys([*chosen, *kin]) if pk not in blocked][:CONSIDERED]
    found = citable(question).select_related("department", "answered_by").in_bulk(ranked)
    return [Neighbour(found[pk], _shared(kin.get(pk), concepts)) for pk in ranked if pk in found][:SHOWN]


def _concepts_of(question: Question) -> list[Concept]:
    """Return the tags; before a moderator has set any, the concepts that the words name."""
    tagged = list(Concept.objects.accepted().filter(tagged_questions__content_object_id=question.pk))
    return tagged or [found.concept for found in concepts_in([question])[question.pk]]


def _chosen_and_blocked(question: Question) -> tuple[list[int], set[int]]:
    rows = list(SimilarQuestion.objects.filter(question=question))
    blocked = {row.other_id for row in rows if row.origin == SimilarQuestion.Origin.BLOCKED}
    rows.sort(key=lambda row: (row.origin != SimilarQuestion.Origin.PINNED, -row.score))
    return [row.other_id for row in rows], blocked


def _shared(near: Kin | None, concepts: dict[int, Concept]) -> list[Concept]:
    return [concepts[pk] for pk in near.shared] if near else []
