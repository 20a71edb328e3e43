"""One button from the overview to the next answer: it claims what presses most and opens it to write."""

import datetime as dt

import pytest
from django.utils import timezone

from faq.models import Question
from tests.factories import make_department, make_physician_user, make_user
from tests.faq.at_desk import DESK, door, draft, said, screen, signed_in, waiting

pytestmark = pytest.mark.django_db

NEXT = f"{DESK}next/"


def test_the_next_question_is_the_most_urgent_then_the_oldest_and_stands_ready_to_write() -> None:
    department = make_department()
    waiting(department)
    old, urgent = waiting(department), waiting(department, urgency=1)
    Question.objects.filter(pk=old.pk).update(waiting_since=timezone.now() - dt.timedelta(days=9))
    user = make_physician_user(department)

    answer = signed_in(user).post(NEXT)

    assert answer.headers["Location"] == screen(urgent)
    urgent.refresh_from_db()
    assert urgent.claimed_by == user
    assert draft(user, urgent).body == ""


def test_who_holds_a_question_goes_on_with_it() -> None:
    department = make_department()
    held, _urgent = waiting(department), waiting(department, urgency=1)
    client = signed_in(make_physician_user(department))
    client.post(door(held), {"act": "claim"})

    answer = client.post(NEXT)

    assert answer.headers["Location"] == screen(held)


def test_what_a_colleague_holds_and_what_belongs_elsewhere_is_passed_over() -> None:
    department = make_department("here")
    taken = waiting(department)
    waiting(make_department("there"))
    signed_in(make_physician_user(department, username="colleague")).post(door(taken), {"act": "claim"})

    answer = signed_in(make_physician_user(department)).post(NEXT)

    assert answer.headers["Location"] == DESK
    assert said(answer) == ["No question is waiting. Thank you."]


def test_the_next_question_of_one_department_leads_on_in_it() -> None:
    one, two = make_department("one"), make_department("two")
    waiting(one)
    wanted = waiting(two)

    answer = signed_in(make_physician_user(one, two)).post(NEXT, {"department": "two"})

    assert answer.headers["Location"] == f"{screen(wanted)}?department=two"


def test_another_department_does_not_exist_here() -> None:
    waiting(make_department("there"))

    answer = signed_in(make_physician_user(make_department("here"))).post(NEXT, {"department": "there"})

    assert answer.status_code == 404


def test_only_physicians_go_on_here() -> None:
    waiting()

    assert signed_in(make_user(role="moderator")).post(NEXT).status_code == 404
