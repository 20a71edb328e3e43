"""The neighbours of a public question on the moderators' desk: what readers are shown, pinned, blocked, or neither."""

from dataclasses import dataclass
from typing import Final

from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from faq import neighbours
from faq.models import Question, SimilarQuestion
from faq.states import InvalidMove
from people.models import User
from search.changes import changing
from search.models import Concept

Origin = SimilarQuestion.Origin
BLOCKED: Final = 20
"""How many blocked ones are listed, the newest."""


@dataclass(frozen=True)
class SimilarRow:
    """One neighbour, why it is one, and what a moderator has decided about it."""

    question: Question
    reasons: list[str]
    is_pinned: bool
    is_blocked: bool


def similar_rows(question: Question) -> list[SimilarRow]:
    """The neighbours of a public question as readers are shown them, then the blocked ones; three queries, none for
    one that is not public."""
    if not question.is_public:
        return []
    rows = SimilarQuestion.objects.filter(question=question).select_related("other__department")
    found = [*rows.shown().best_first(), *rows.filter(origin=Origin.BLOCKED).order_by("-pk")[:BLOCKED]]
    concepts = Concept.objects.accepted().in_bulk({pk for row in found for pk in row.shared_concepts})
    return [
        SimilarRow(
            row.other,
            [concepts[pk].label for pk in row.shared_concepts if pk in concepts] or list(row.shared_words),
            row.origin == Origin.PINNED,
            row.origin == Origin.BLOCKED,
        )
        for row in found
    ]


def pin(question: Question, number: int, *, by: User) -> None:
    """Show a question first among the neighbours. Raises Http404, or InvalidMove with a sentence."""
    other = get_object_or_404(Question.objects.published(), pk=number)
    if other.prefix != question.prefix or _is_family(question, other):
        sentence = _("A question can't stand beside itself, its translation, or one in the other language.")
        raise InvalidMove("pin", [sentence])
    question.settle_neighbour(other, Origin.PINNED, by=by)


def block(question: Question, number: int, *, by: User) -> None:
    """Never show a question among the neighbours; another one takes its place."""
    _settle(question, number, Origin.BLOCKED, by)


def leave(question: Question, number: int, *, by: User) -> None:
    """Leave a pinned or blocked one to the computation again."""
    _settle(question, number, Origin.COMPUTED, by)


def _settle(question: Question, number: int, origin: str, by: User) -> None:
    other = get_object_or_404(Question.objects.filter(Q(is_listed=True) | Q(similar_to__question=question)).distinct(),
                              pk=number)  # fmt: skip
    with changing():
        question.settle_neighbour(other, origin, by=by)
        neighbours.renew.enqueue(question.pk)


def _is_family(one: Question, other: Question) -> bool:
    return (one.translation_of_id or one.pk) == (other.translation_of_id or other.pk)
