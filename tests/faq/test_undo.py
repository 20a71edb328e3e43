"""A moderator takes back the last act, while nobody has built on it."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from faq.models import Question
from faq.states import InvalidMove, Status
from tests.factories import make_concept, make_physician_user, make_question, make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("start", "act"),
    [
        (Status.SUBMITTED, lambda q, by: q.accept(by=by)),
        (Status.SUBMITTED, lambda q, by: q.decline(by=by, reason="spam")),
        (Status.ANSWERED, lambda q, by: q.publish(by=by)),
        (Status.PUBLISHED, lambda q, by: q.unpublish(by=by, reason="a slip")),
        (Status.ANSWERED, lambda q, by: q.send_back(by=by, reason="a slip")),
    ],
)
def test_undo_brings_back_the_state_before(start: str, act: object) -> None:
    moderator = make_user(role="moderator")
    question = make_question(start, concepts=[make_concept()])
    act(question, moderator)  # type: ignore[operator]  # a lambda of the table above

    question.undo(by=moderator)

    assert Question.objects.get(pk=question.pk).status == start


def test_nobody_undoes_the_act_of_another() -> None:
    question = make_question()
    question.accept(by=make_user(role="moderator"))

    with pytest.raises(InvalidMove):
        question.undo(by=make_user(role="moderator"))

    assert Question.objects.get(pk=question.pk).status == Status.ACCEPTED


def test_an_act_that_a_physician_built_on_stays() -> None:
    moderator = make_user(role="moderator")
    question = make_question()
    question.accept(by=moderator)
    question.claim(by=make_physician_user(question.department))

    with pytest.raises(InvalidMove):
        question.undo(by=moderator)

    assert Question.objects.get(pk=question.pk).status == Status.ACCEPTED


def test_after_ten_minutes_an_act_stays() -> None:
    moderator = make_user(role="moderator")
    question = make_question()
    question.accept(by=moderator)

    with time_machine.travel(timezone.now() + dt.timedelta(minutes=11)), pytest.raises(InvalidMove):
        question.undo(by=moderator)

    assert Question.objects.get(pk=question.pk).status == Status.ACCEPTED
