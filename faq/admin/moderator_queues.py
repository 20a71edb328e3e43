"""What lies on the moderators' desk: the queues, whose next item is whose, and what one has just done."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from faq.models import Question, QuestionEvent
from faq.models.moderating import UNDO_WITHIN, UNDOABLE
from faq.models.thread import QuestionQuerySet
from people.models import User

PAGE: Final = 50
"""Rows of a queue on one page."""
TRIED: Final = 10
"""How many questions are tried for a free one: others are taking theirs at the same moment."""
DONE: Final = 30
"""How many of one's own last acts are listed."""


@dataclass(frozen=True)
class Queue:
    """One list of questions that wait for a moderator, in the order in which they are worked off."""

    name: str
    title: Any
    empty: Any
    rows: Callable[[QuestionQuerySet], QuestionQuerySet]
    is_pressing: bool = False

    def ordered(self) -> QuestionQuerySet:
        """Return the queue, first what comes first."""
        rows = self.rows(Question.objects.all())
        return rows.most_pressing_first() if self.is_pressing else rows.order_by("pk")

    def behind(self, question: Question) -> QuestionQuerySet:
        """Return what comes after a question, whether that is still in the queue or not."""
        rows = self.ordered()
        return rows.less_pressing_than(question) if self.is_pressing else rows.filter(pk__gt=question.pk)


QUEUES: Final = {
    queue.name: queue
    for queue in [
        Queue("new", _("Just in"), _("Nothing new has come in."), QuestionQuerySet.just_in, is_pressing=True),
        Queue(
            "answered",
            _("Waiting for publication"),
            _("No answered question waits for publication."),
            QuestionQuerySet.answered_unpublished,
        ),
        Queue(
            "archive",
            _("Archive threads with findings"),
            _("No archive thread with findings waits for publication."),
            lambda rows: rows.from_archive().with_findings(),
        ),
        Queue(
            "follow_ups",
            _("Follow-ups to check"),
            _("No follow-up waits to be checked."),
            QuestionQuerySet.with_follow_ups_to_check,
        ),
        Queue(
            "titles",
            _("Titles to mend"),
            _("Every public question has a title of its own that says something."),
            QuestionQuerySet.with_flawed_titles,
        ),
    ]
}
NEW: Final = QUEUES["new"]


@dataclass(frozen=True)
class Page:
    """Some rows of a queue; `more` is the number of the question behind which the next page begins."""

    rows: list[Question]
    more: int | None


def page_of(queue: Queue, after: Question | None) -> Page:
    """Return the first rows of a queue, or those behind a question: one query whatever the length of the queue."""
    rows = queue.behind(after) if after else queue.ordered()
    found = list(rows.select_related("department", "held_by")[: PAGE + 1])
    return Page(found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else None)


def held_item(user: User, queue: Queue = NEW) -> Question | None:
    """Return the question that this moderator holds already."""
    found: Question | None = queue.ordered().held(by=user).first()
    return found


def take_next(user: User, queue: Queue = NEW, after: Question | None = None) -> Question | None:
    """Hold the next question that nobody else holds, behind `after` and then from the beginning; None for none."""
    parts = [queue.behind(after), queue.ordered().exclude(pk=after.pk)] if after else [queue.ordered()]
    for part in parts:
        for question in part.not_held_from(user)[:TRIED]:
            if question.hold(by=user):
                return Question.objects.get(pk=question.pk)
    return None


def undoable_acts(user: User) -> QuerySet[QuestionEvent]:
    """Return the acts that this moderator can still take back, the last one first."""
    later = QuestionEvent.objects.filter(question=OuterRef("question"), pk__gt=OuterRef("pk"))
    own = QuestionEvent.objects.filter(actor=user, act__in=UNDOABLE, created_at__gte=timezone.now() - UNDO_WITHIN)
    return own.exclude(Exists(later)).select_related("question").order_by("-pk")


def last_acts(user: User) -> list[QuestionEvent]:
    """Return what this moderator did last, with `is_undoable` on each; two queries."""
    acts = list(QuestionEvent.objects.filter(actor=user).select_related("question").order_by("-pk")[:DONE])
    undoable = set(undoable_acts(user).values_list("pk", flat=True)[:DONE])
    for act in acts:
        act.is_undoable = act.pk in undoable  # type: ignore[attr-defined]  # for the template alone
    return acts
