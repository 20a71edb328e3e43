"""What was answered day by day: counted from the log, once, whenever it is counted."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from faq.answered_days import KEPT, count_answered
from faq.models import AnsweredDay, Question, QuestionEvent
from faq.states import Status
from tests.factories import make_department, make_physician_user, make_question

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 18)


@pytest.fixture(autouse=True)
def _noon(monkeypatch: pytest.MonkeyPatch) -> None:
    noon = dt.datetime.combine(TODAY, dt.time(12), tzinfo=timezone.get_default_timezone())
    monkeypatch.setattr(timezone, "now", lambda: noon)


def answered(department: Any, *, days_ago: int = 0, hours: float = 1) -> Question:
    """A question that a physician answered so many days ago, after so many hours."""
    question = make_question(Status.ACCEPTED, department)
    question.answer(by=make_physician_user(department), body="Rest.")
    at = timezone.now() - dt.timedelta(days=days_ago)
    QuestionEvent.objects.filter(question=question, act="answer").update(created_at=at)
    Question.objects.filter(pk=question.pk).update(waiting_since=at - dt.timedelta(hours=hours))
    return question


def rows() -> list[tuple[int, dict[str, int]]]:
    """Days ago, and how many after how many hours."""
    return [((TODAY - row.day).days, row.hours) for row in AnsweredDay.objects.order_by("-day", "department")]


def test_answers_are_counted_by_day_and_department_with_their_full_hours() -> None:
    one, two = make_department("one"), make_department("two")
    answered(one, hours=5.9)
    answered(one, hours=5.1)
    answered(one, hours=30)
    answered(two, days_ago=3, hours=0.2)

    count_answered()

    assert rows() == [(0, {"5": 2, "30": 1}), (3, {"0": 1})]


def test_a_further_answer_counts_no_question_twice() -> None:
    department = make_department()
    question = answered(department)
    question.answer(by=make_physician_user(department, username="second"), body="And drink.")

    count_answered()

    assert rows() == [(0, {"1": 1})]


def test_counting_again_changes_nothing_and_takes_in_what_came_since() -> None:
    department = make_department()
    answered(department, days_ago=1)
    count_answered()
    answered(department, days_ago=1, hours=2)
    answered(department)

    count_answered()
    count_answered()

    assert rows() == [(0, {"1": 1}), (1, {"1": 1, "2": 1})]


def test_a_day_that_is_over_is_not_read_again() -> None:
    department = make_department()
    answered(department)
    count_answered()
    answered(department, days_ago=2)

    count_answered()

    assert rows() == [(0, {"1": 1})]


def test_old_days_are_forgotten() -> None:
    department = make_department()
    for days_ago in (KEPT.days + 1, KEPT.days, 3):
        AnsweredDay.objects.create(department=department, day=TODAY - dt.timedelta(days=days_ago), hours={"1": 1})

    count_answered()

    assert [days_ago for days_ago, _hours in rows()] == [KEPT.days]
