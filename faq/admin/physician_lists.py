"""What lies on the physicians' desk, list by list: what is owed first, each list bounded."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from faq.admin.physician_fetch import Seat
from faq.models import Answer, AnswerDraft, FollowUp, Question
from faq.models.thread import QuestionQuerySet
from people.models import Department

PAGE: Final = 50
"""Rows of a list on its own page, and of the waiting questions on the desk."""
MOST_READINGS: Final = 1000
"""Among so many answers of the whole house, the oldest, those for a second reading are looked for."""
GLANCE: Final = 5
"""Rows of every other list on the desk."""


@dataclass(frozen=True)
class Row:
    """One line of a list. `cursor` is where the next page begins, `since` what its wait or age is counted from."""

    cursor: int
    question: Question
    since: dt.datetime | None
    is_own: bool = False


@dataclass(frozen=True)
class Kind:
    """One list: its words, whether its button claims, how its rows are found, read, and continued behind a cursor."""

    name: str
    title: Any
    empty: Any
    verb: Any
    claims: bool
    rows: Callable[[Seat, QuestionQuerySet], QuerySet[Any]]
    row: Callable[[Any], Row]
    behind: Callable[[QuerySet[Any], int | None], QuerySet[Any]]
    glance: int = GLANCE


@dataclass(frozen=True)
class Listed:
    """A list as the desk shows it. `more` is the cursor of its next page."""

    kind: Kind
    rows: list[Row]
    more: int | None


def lists_of(seat: Seat, department: Department | None) -> list[Listed]:
    """Return every list of the desk: all that waits up to a page, of the others a glance."""
    questions = _questions(seat, department)
    return [_listed(kind, seat, questions, None, kind.glance) for kind in KINDS.values()]


def one_list(name: str, seat: Seat, department: Department | None, after: int | None) -> Listed:
    """Return a page of one list; raises KeyError for a list that does not exist."""
    return _listed(KINDS[name], seat, _questions(seat, department), after, PAGE)


def next_waiting(seat: Seat, department: Department | None, *, besides: Question | None = None) -> list[Question]:
    """Return the few most pressing questions that this physician could claim now."""
    waiting = _questions(seat, department).waiting_for_physician().free_for(seat.user)
    if besides:
        waiting = waiting.exclude(pk=besides.pk)
    return list(waiting.most_pressing_first()[:5])


def _questions(seat: Seat, department: Department | None) -> QuestionQuerySet:
    return seat.questions().filter(department=department) if department else seat.questions()


def _listed(kind: Kind, seat: Seat, questions: QuestionQuerySet, after: int | None, length: int) -> Listed:
    found = list(kind.behind(kind.rows(seat, questions), after)[: length + 1])
    rows = [kind.row(each) for each in found[:length]]
    return Listed(kind, rows, rows[-1].cursor if len(found) > length else None)


def _oldest_first(rows: QuerySet[Any], after: int | None) -> QuerySet[Any]:
    return rows.filter(pk__gt=after or 0).order_by("pk")


def _newest_first(rows: QuerySet[Any], after: int | None) -> QuerySet[Any]:
    return (rows.filter(pk__lt=after) if after else rows).order_by("-pk")


def _most_pressing_first(rows: QuerySet[Any], after: int | None) -> QuerySet[Any]:
    # Looked up among the same rows: a number of another department says nothing here, and begins at the top.
    last = rows.filter(pk=after or 0).values("urgency", "waiting_since").first()
    if last is None:
        return rows
    same_moment = Q(urgency=last["urgency"], waiting_since=last["waiting_since"], pk__gt=after)
    later = Q(urgency=last["urgency"], waiting_since__gt=last["waiting_since"])
    return rows.filter(Q(urgency__lt=last["urgency"]) | later | same_moment)


def _of_question(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.select_related("question__department", "question__claimed_by__physician")


def _by_question(column: str) -> Callable[[Any], Row]:
    return lambda question: Row(question.pk, question, getattr(question, column))


def _follow_ups(seat: Seat, questions: QuestionQuerySet) -> QuerySet[Any]:
    own = Answer.objects.filter(question_id=OuterRef("question_id"), physician=seat.physician)
    rows = FollowUp.objects.filter(question__in=questions).unanswered().answerable().annotate(is_own=Exists(own))
    return _of_question(rows)


def _readings(seat: Seat, questions: QuestionQuerySet) -> QuerySet[Any]:
    # From the few that wait (index answer_unconfirmed), not from all public questions of the department.
    oldest = Answer.objects.unconfirmed().order_by("created_at").values("pk")[:MOST_READINGS]
    rows = Answer.objects.filter(pk__in=oldest, question__in=questions).awaiting_confirmation()
    return _of_question(rows.exclude(physician=seat.physician))


def _drafts(seat: Seat, questions: QuestionQuerySet) -> QuerySet[Any]:
    return _of_question(AnswerDraft.objects.filter(question__in=questions, author=seat.user).exclude(body=""))


_KINDS: Final = (
    Kind(
        "waiting", _("Waiting for an answer"), _("No question is waiting. Thank you."), _("Answer"), True,
        lambda seat, questions: questions.waiting_for_physician().most_pressing_first(),
        _by_question("waiting_since"), _most_pressing_first, PAGE,
    ),
    Kind(
        "claimed", _("Claimed by me"), _("You hold no question."), _("Go on"), False,
        lambda seat, questions: questions.claimed(seat.user), _by_question("claim_expires_at"), _oldest_first,
    ),
    Kind(
        "follow_ups", _("Follow-ups without an answer"), _("No follow-up is waiting."), _("Answer"), True,
        _follow_ups, lambda row: Row(row.pk, row.question, row.created_at, row.is_own), _oldest_first,
    ),
    Kind(
        "readings", _("Answers for a second reading"), _("No answer waits for a second reading."), _("Read"), False,
        _readings, lambda row: Row(row.pk, row.question, row.created_at), _oldest_first,
    ),
    Kind(
        "drafts", _("My drafts"), _("You have no drafts."), _("Go on"), True,
        _drafts, lambda row: Row(row.pk, row.question, row.saved_at), _newest_first,
    ),
    Kind(
        "asked", _("Waiting for the asker"), _("Nothing waits for an asker."), _("Read"), False,
        lambda seat, questions: questions.waiting_for_asker(), _by_question("paused_at"), _oldest_first,
    ),
    Kind(
        "answers", _("My answers"), _("You have not answered yet."), _("Read"), False,
        lambda seat, questions: _of_question(seat.physician.answers.filter(question__in=questions)),
        lambda row: Row(row.pk, row.question, row.created_at), _newest_first,
    ),
)  # fmt: skip
KINDS: Final = {kind.name: kind for kind in _KINDS}
"""The lists of the desk by name, in their order on it."""
