"""What the system publishes by itself, and what it leaves to moderators."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from faq.models import Question, QuestionEvent
from faq.publishing import publish_due
from faq.states import Status, Who
from people.models import Department
from tests.factories import make_concept, make_department, make_finding, make_question, make_user

pytestmark = pytest.mark.django_db

AUTOMATIC = {"publish_policy": Department.PublishPolicy.AUTOMATIC}
AN_HOUR = dt.timedelta(hours=1)


def make_ready(department: Department | None = None, **fields: Any) -> Question:
    """An answered, tagged question without findings."""
    return make_question(Status.ANSWERED, department, concepts=[make_concept()], **fields)


def status_of(question: Question) -> str:
    return Question.objects.values_list("status", flat=True).get(pk=question.pk)


def test_an_automatic_department_publishes_what_is_ready() -> None:
    ready = make_ready(make_department(**AUTOMATIC))

    assert publish_due() == 1

    event = QuestionEvent.objects.filter(question=ready).last()
    assert event is not None
    assert (status_of(ready), event.act, event.who, event.actor) == (Status.PUBLISHED, "publish", Who.SYSTEM, None)


def test_a_department_with_moderators_waits_for_them() -> None:
    ready = make_ready(make_department())

    assert (publish_due(), status_of(ready)) == (0, Status.ANSWERED)


def test_what_misses_a_condition_waits() -> None:
    department = make_department(**AUTOMATIC)
    make_question(Status.ANSWERED, department)
    make_finding(make_ready(department))
    make_ready(department, wants_public=False)
    make_ready(department, title="")
    make_question(Status.ACCEPTED, department, concepts=[make_concept()])

    assert publish_due() == 0


def test_what_misses_a_condition_does_not_stand_in_the_way_of_others() -> None:
    department = make_department(**AUTOMATIC)
    make_question(Status.ANSWERED, department)
    make_ready(department)

    assert (publish_due(), publish_due()) == (1, 0)


def test_a_set_time_publishes_in_any_department_when_it_has_passed() -> None:
    due = make_ready(publish_after=timezone.now() - AN_HOUR)
    early = make_ready(make_department(**AUTOMATIC), publish_after=timezone.now() + AN_HOUR)

    assert (publish_due(), status_of(due), status_of(early)) == (1, Status.PUBLISHED, Status.ANSWERED)


def test_what_a_moderator_took_out_is_not_published_again() -> None:
    moderator = make_user(role="moderator")
    unpublished, undone = (make_ready(make_department(**AUTOMATIC)) for _number in range(2))
    for question in (unpublished, undone):
        question.publish(by=moderator)
    unpublished.unpublish(by=moderator, reason="Wrong dose")
    undone.undo(by=moderator)

    assert publish_due() == 0


def test_publishing_orders_the_neighbours_in_the_same_transaction() -> None:
    ready = make_ready(make_department(**AUTOMATIC))

    publish_due()

    assert [(task.task_path, task.args_kwargs["args"]) for task in DBTaskResult.objects.all()] == [
        ("faq.neighbours.renew", [ready.pk])
    ]


def test_one_sweep_takes_no_more_than_its_share(monkeypatch: pytest.MonkeyPatch) -> None:
    department = make_department(**AUTOMATIC)
    for _number in range(3):
        make_ready(department)
    monkeypatch.setattr("faq.publishing.AT_ONCE", 2)

    assert (publish_due(), publish_due(), publish_due()) == (2, 1, 0)
