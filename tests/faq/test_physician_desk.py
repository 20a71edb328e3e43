"""The desk: what waits for whom, in which order, and at what cost."""

import datetime as dt
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from faq.admin.physician_lists import GLANCE, KINDS, PAGE
from faq.choices import Urgency
from faq.models import Question
from faq.states import Status
from tests.factories import (
    make_answer,
    make_department,
    make_follow_up,
    make_physician,
    make_physician_user,
    make_question,
    make_user,
)
from tests.faq.at_desk import DESK, door, screen, signed_in, waiting

pytestmark = pytest.mark.django_db


def listed(client: Client, name: str = "waiting", **query: Any) -> list[int]:
    """The numbers of the questions in one list of the desk, in their order."""
    page = client.get(DESK, query).content.decode()
    found = re.search(rf'<section class="desk-list desk-list--{name}".*?</section>', page, re.DOTALL)
    return [int(number) for number in re.findall(r"<h3><a href=\"[^\"]*/desk/(\d+)/", found.group() if found else "")]


def ago(hours: int) -> dt.datetime:
    return timezone.now() - dt.timedelta(hours=hours)


def test_the_most_urgent_comes_first_and_then_who_has_waited_longest() -> None:
    department = make_department()
    client = signed_in(make_physician_user(department))
    young = waiting(department, waiting_since=ago(1))
    old = waiting(department, waiting_since=ago(30))
    urgent = waiting(department, waiting_since=ago(0), urgency=Urgency.URGENT)

    assert listed(client) == [urgent.pk, old.pk, young.pk]


def test_only_what_a_moderator_passed_on_to_the_own_departments_waits() -> None:
    department = make_department()
    client = signed_in(make_physician_user(department))
    for status in Status:
        make_question(status, department)
    waiting()
    ours = Question.objects.get(department=department, status=Status.ACCEPTED)

    assert listed(client) == [ours.pk]


@pytest.mark.parametrize(("language", "sentence"), [("en", "waiting for 5 hours"), ("zh-hant", "5 小時")])
def test_a_row_says_how_long_the_question_has_waited(language: str, sentence: str) -> None:
    department = make_department()
    client = signed_in(make_physician_user(department))
    waiting(department, waiting_since=ago(5))

    page = client.get(DESK, headers={"accept-language": language}).content.decode().replace("\xa0", " ")

    assert sentence in page


def test_a_row_says_who_has_claimed_the_question_and_offers_only_to_read_it() -> None:
    department = make_department()
    question = waiting(department)
    colleague = make_physician_user(department)
    question.claim(by=colleague)
    client = signed_in(make_physician_user(department))

    page = client.get(DESK).content.decode()

    until = timezone.localtime(question.claim_expires_at).strftime("%H:%M")
    assert f"{colleague.physician.display_name} is answering it until {until}." in page
    assert door(question) not in page


def test_each_list_holds_what_is_owed() -> None:
    department = make_department(second_reading=True)
    user = make_physician_user(department)
    client = signed_in(user)
    claimed, drafted = waiting(department), waiting(department)
    claimed.claim(by=user)
    drafted.save_draft(by=user, version=0, body="So far")
    asked = make_question(Status.NEEDS_INFO, department)
    followed = make_question(Status.PUBLISHED, department)
    make_follow_up(followed)
    read = make_question(Status.ANSWERED, department)
    read.answers.update(needs_confirmation=True)
    own = make_question(Status.PUBLISHED, department)
    make_answer(own, user.physician)

    shown = {name: listed(client, name) for name in KINDS}

    assert shown == {
        "waiting": [claimed.pk, drafted.pk],
        "claimed": [claimed.pk],
        "follow_ups": [followed.pk],
        "readings": [read.pk],
        "drafts": [drafted.pk],
        "asked": [asked.pk],
        "answers": [own.pk],
    }


def test_a_physician_is_not_offered_the_second_reading_of_an_answer_of_their_own() -> None:
    department = make_department(second_reading=True)
    user = make_physician_user(department)
    question = make_question(Status.ANSWERED, department)
    question.answers.update(needs_confirmation=True)
    before = listed(signed_in(user), "readings")

    question.answers.update(physician=user.physician)

    assert (before, listed(signed_in(user), "readings")) == ([question.pk], [])


def test_a_follow_up_that_was_not_passed_on_or_is_answered_waits_no_more() -> None:
    department = make_department()
    client = signed_in(make_physician_user(department))
    answered, held = (make_question(Status.PUBLISHED, department) for _ in range(2))
    make_answer(answered, follow_up=make_follow_up(answered))
    make_follow_up(held, is_accepted=False)

    assert listed(client, "follow_ups") == []


def test_one_department_can_be_looked_at_alone() -> None:
    one, two = make_department("one"), make_department("two")
    client = signed_in(make_physician_user(one, two))
    ours, other = waiting(one), waiting(two)

    assert (listed(client), listed(client, department="one")) == ([ours.pk, other.pk], [ours.pk])


def test_a_department_of_others_and_an_unknown_list_are_not_found() -> None:
    client = signed_in(make_physician_user(make_department()))
    make_department("elsewhere")

    answers = [client.get(DESK, query) for query in ({"department": "elsewhere"}, {"list": "everything"})]

    assert [answer.status_code for answer in answers] == [404, 404]


@pytest.mark.parametrize("after", ["x", "10" * 30, "-1", "\u0669", "9" * 18])
def test_a_cursor_that_is_none_begins_at_the_top(after: str) -> None:
    department = make_department()
    client = signed_in(make_physician_user(department))
    question = waiting(department)

    assert listed(client, list="waiting", after=after) == [question.pk]


def test_a_long_list_goes_on_behind_its_last_row() -> None:
    department = make_department()
    client = signed_in(make_physician_user(department))
    now = timezone.now()
    Question.objects.bulk_create(
        Question(status=Status.ACCEPTED, department=department, language="en", prefix="en", title=f"{n}",
                 waiting_since=now - dt.timedelta(hours=n % 7), urgency=n % 2)
        for n in range(PAGE + 7)
    )  # fmt: skip
    every = list(Question.objects.most_pressing_first().values_list("pk", flat=True))

    first = listed(client)
    second = listed(client, list="waiting", after=first[-1])

    assert (first, second) == (every[:PAGE], every[PAGE:])


def test_the_desk_shows_a_glance_of_each_other_list_and_leads_to_the_rest() -> None:
    department = make_department()
    client = signed_in(make_physician_user(department))
    asked = [make_question(Status.NEEDS_INFO, department).pk for _ in range(GLANCE + 2)]

    page = client.get(DESK).content.decode()

    assert listed(client, "asked") == asked[:GLANCE]
    assert f'href="{DESK}?list=asked"' in page
    assert listed(client, "asked", list="asked") == asked


def test_the_desk_costs_the_same_for_1_3_and_50_rows_of_each_list() -> None:
    department = make_department(second_reading=True)
    user = make_physician_user(department)
    client = signed_in(user)
    counts = []

    for rows in (1, 2, 47):
        for _ in range(rows):
            for question in (waiting(department), waiting(department)):
                question.claim(by=user)
                question.save_draft(by=user, version=0, body="So far")
            make_question(Status.NEEDS_INFO, department)
            make_follow_up(make_question(Status.PUBLISHED, department))
            make_question(Status.ANSWERED, department).answers.update(needs_confirmation=True)
            make_answer(make_question(Status.PUBLISHED, department), user.physician)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(DESK).status_code == 200
        counts.append(len(queries))

    assert len(set(counts)) == 1, counts
    assert counts[0] <= 16


@pytest.mark.parametrize("role", ["moderator", "editor", "medical_reviewer", "administrator"])
def test_for_everybody_else_there_is_no_desk(role: str) -> None:
    client = signed_in(make_user(role=role))

    assert client.get(DESK).status_code == 404


def test_a_visitor_is_led_to_sign_in() -> None:
    answer = Client().get(DESK)

    assert (answer.status_code, answer["Location"]) == (302, f"/admin/login/?next={DESK}")


@pytest.mark.parametrize("profile", ["unverified", "none"])
def test_the_desk_of_an_unverified_physician_says_what_is_missing_and_shows_no_question(profile: str) -> None:
    department = make_department()
    user = make_user(role="physician")
    if profile == "unverified":
        make_physician(user, [department], verified=False)
    question = waiting(department, title="Rash after sun")

    page = signed_in(user).get(DESK).content.decode()

    assert "has not been verified yet" in page
    assert question.title not in page
    assert "<form" not in re.sub(r"<header.*?</header>", "", page, flags=re.DOTALL)


def test_every_door_leads_an_unverified_physician_back_to_the_desk_and_does_nothing() -> None:
    department = make_department()
    user = make_user(role="physician")
    make_physician(user, [department], verified=False)
    question = waiting(department)
    client = signed_in(user)

    answers = [
        client.get(screen(question)),
        client.post(door(question), {"act": "claim"}),
        client.post(door(question, "draft"), {"body": "x", "version": 0}),
        client.post(door(question, "preview"), {"body": "x"}),
    ]

    assert [(answer.status_code, answer["Location"]) for answer in answers] == [(302, DESK)] * 4
    question.refresh_from_db()
    assert question.claimed_by is None
