"""Every door of the desk, tried by a physician of another department: what is not theirs does not exist."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.http.response import HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from faq.models import AnswerDraft, CannedText, IntakeValue, Question, SealedAccess, SealedText
from faq.states import Status
from tests.factories import (
    make_answer,
    make_concept,
    make_department,
    make_follow_up,
    make_intake_field,
    make_physician_user,
    make_question,
    make_user,
)
from tests.faq.at_desk import at_work, door, screen, signed_in, waiting, written

pytestmark = pytest.mark.django_db

Door = Callable[[Client, Question], HttpResponseBase]
FORM = {"key": str(uuid.uuid4()), "version": "0", "seen": "0", "body": "Words", "outcome": "answered"}


def act(name: str, **fields: Any) -> Door:
    return lambda client, question: client.post(door(question), {**FORM, "act": name, **fields})


DOORS: dict[str, Door] = {
    "read": lambda client, question: client.get(screen(question)),
    "back from signing in": lambda client, question: client.get(door(question)),
    "read the draft": lambda client, question: client.get(door(question, "draft")),
    "save the draft": lambda client, question: client.post(door(question, "draft"), FORM),
    "preview": lambda client, question: client.post(door(question, "preview"), FORM),
    "claim": act("claim"),
    "release": act("release"),
    "draft": act("draft"),
    "insert": act("insert", canned="1"),
    "point": lambda client, question: client.post(door(question), {**FORM, "point": str(question.pk)}),
    "send": act("send"),
    "send and next": act("send_next"),
    "ask": act("ask", **{"ask-note": "Since when?"}),
    "hand over": act("hand_over", **{"hand_over-note": "Yours"}),
    "decline": act("decline", **{"decline-reason": "wrong_service"}),
    "confirm": act("confirm", answer="1"),
    "correct": act("correct", answer="1"),
}


@pytest.mark.parametrize("name", DOORS)
def test_no_door_opens_to_a_question_of_another_department(name: str) -> None:
    question = waiting()
    before = Question.objects.values().get(pk=question.pk)
    insider = signed_in(make_physician_user(question.department))
    outsider = signed_in(make_physician_user(make_department()))

    assert insider.get(screen(question)).status_code == 200
    assert DOORS[name](outsider, question).status_code == 404
    assert Question.objects.values().get(pk=question.pk) == before
    assert not AnswerDraft.objects.exists()


@pytest.mark.parametrize("name", DOORS)
@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.REJECTED, Status.WITHDRAWN, Status.IMPORTED])
def test_no_door_opens_to_what_a_moderator_has_not_passed_on(name: str, status: Status) -> None:
    question = make_question(status)
    client = signed_in(make_physician_user(question.department))

    assert DOORS[name](client, question).status_code == 404


@pytest.mark.parametrize("name", DOORS)
def test_no_door_opens_to_a_moderator_or_a_visitor(name: str) -> None:
    question = waiting()

    visited = DOORS[name](Client(), question)

    assert DOORS[name](signed_in(make_user(role="moderator")), question).status_code == 404
    assert (visited.status_code, visited.headers["Location"][:13]) == (302, "/admin/login/")


@pytest.mark.parametrize("name", DOORS)
def test_a_number_that_no_question_can_have_is_not_found(name: str) -> None:
    client = signed_in(make_physician_user(make_department()))

    assert DOORS[name](client, Question(pk=10**30)).status_code == 404


def test_an_act_that_does_not_exist_is_not_found() -> None:
    _user, client, question = at_work()

    assert client.post(door(question), {**FORM, "act": "publish"}).status_code == 404


def test_a_form_from_another_site_is_refused() -> None:
    user, _client, question = at_work()
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(user)

    assert strict.post(door(question), {**FORM, "act": "send"}).status_code == 403


def test_a_canned_text_of_another_department_is_not_inserted() -> None:
    _user, client, question = at_work()
    ours = CannedText.objects.create(department=question.department, language="en", title="A", body="Our words.")
    other = CannedText.objects.create(department=make_department(), language="en", title="B", body="Their words.")

    page = client.get(screen(question)).content.decode()
    taken, refused = (
        client.post(door(question), {**FORM, "act": "insert", "canned": text.pk}) for text in (ours, other)
    )

    assert ("Our words." in page, "Their words." in page) == (True, False)
    assert "Our words." in taken.content.decode()
    assert refused.status_code == 404


def test_physicians_keep_the_canned_texts_of_their_own_departments_alone() -> None:
    ours, theirs = make_department("ours"), make_department("theirs")
    mine = CannedText.objects.create(department=ours, language="en", title="Mine", body="A")
    other = CannedText.objects.create(department=theirs, language="en", title="Other", body="B")
    client = signed_in(make_physician_user(ours))

    listed = client.get(reverse("admin:faq_cannedtext_changelist")).content.decode()
    added = client.post(
        reverse("admin:faq_cannedtext_add"),
        {"department": theirs.pk, "language": "en", "title": "New", "body": "C", "order": 0},
    )

    assert (">Mine<" in listed, ">Other<" in listed) == (True, False)
    assert client.get(reverse("admin:faq_cannedtext_change", args=[mine.pk])).status_code == 200
    assert client.get(reverse("admin:faq_cannedtext_change", args=[other.pk])).status_code == 404
    assert added.status_code == 200
    assert CannedText.objects.filter(department=theirs).count() == 1


def test_an_answer_or_a_follow_up_of_another_thread_is_not_taken() -> None:
    user, client, question = at_work()
    elsewhere = make_question(Status.ANSWERED, question.department)
    foreign = make_answer(elsewhere, user.physician)

    acts = [{"act": "confirm", "answer": foreign.pk}, {"act": "correct", "answer": foreign.pk}]
    sent = client.post(door(question), written(client, question, follow_up=make_follow_up(elsewhere).pk))

    assert [client.post(door(question), fields).status_code for fields in acts] == [404, 404]
    assert sent.status_code == 400
    assert not question.answers.exists()


@pytest.mark.parametrize("number", ["", "x", "9" * 31, "-1"])
def test_an_answer_that_cannot_be_is_not_found(number: str) -> None:
    _user, client, question = at_work()

    assert client.post(door(question), {"act": "confirm", "answer": number}).status_code == 404


def test_the_key_of_somebody_elses_answer_sends_nothing() -> None:
    _user, client, question = at_work()
    foreign = make_answer(make_question(Status.PUBLISHED))

    answer = client.post(door(question), written(client, question, key=foreign.key))

    assert answer.status_code == 400
    assert not question.answers.exists()


@pytest.mark.parametrize("field", ["key", "version", "seen"])
@pytest.mark.parametrize("value", ["", "x", "9" * 40])
def test_a_form_whose_own_fields_are_broken_is_malformed(field: str, value: str) -> None:
    _user, client, question = at_work()

    assert client.post(door(question), written(client, question, **{field: value})).status_code == 400


def test_pointing_leads_only_to_public_answers() -> None:
    _user, client, question = at_work()
    private = make_question(Status.ANSWERED, question.department)

    page = client.post(door(question), written(client, question, points_to=private.pk))

    assert "There is no public, answered question with this number." in page.content.decode()
    assert not question.answers.exists()


def test_neighbours_are_public_questions_alone() -> None:
    concept = make_concept("Lupus", "紅斑性狼瘡")
    question = waiting(concepts=[concept])
    shown = make_question(Status.PUBLISHED, title="A public neighbour", concepts=[concept])
    make_question(Status.ANSWERED, title="A private neighbour", concepts=[concept])
    client = signed_in(make_physician_user(question.department))

    page = client.get(screen(question)).content.decode()

    assert (shown.title in page, "A private neighbour" in page) == (True, False)


def test_physicians_read_the_public_text_and_never_open_the_seal() -> None:
    question = waiting(title="A rash", body="Call me at [phone number hidden].", nickname="ann")
    SealedText.objects.filter(question=question).delete()
    SealedText.seal(
        {"title": "A rash of Ann Marker", "body": "Call me at MARKER.", "nickname": "Ann Marker", "email": ""},
        question=question,
    )
    user = make_physician_user(question.department)
    client = signed_in(user)
    client.post(door(question), {"act": "claim"})

    with CaptureQueriesContext(connection) as queries:
        page = client.get(screen(question)).content.decode()
        client.post(door(question), written(client, question))

    assert "Call me at [phone number hidden]." in page
    assert "marker" not in page.lower()
    assert not [query for query in queries if "faq_sealedtext" in query["sql"]]
    assert not SealedAccess.objects.exists()


def test_what_a_department_asked_privately_stays_with_it_after_a_hand_over() -> None:
    asked, given = make_department("asked"), make_department("given")
    question = waiting(asked)
    for key, is_public in (("pulse", True), ("weight", False)):
        field = make_intake_field(asked, key)
        IntakeValue.objects.create(question=question, field=field, value=f"{key} value", is_public=is_public)
    first, second = make_physician_user(asked), make_physician_user(given)
    before = signed_in(first).get(screen(question)).content.decode()

    question.hand_over(to=given, note="Yours", by=first)

    after = signed_in(second).get(screen(question)).content.decode()
    assert [value in before for value in ("pulse value", "weight value")] == [True, True]
    assert [value in after for value in ("pulse value", "weight value")] == [True, False]
    assert signed_in(first).get(screen(question)).status_code == 404


def test_who_was_writing_when_the_question_left_gets_the_own_words_back_and_nothing_else() -> None:
    user, client, question = at_work(title="A secret title")
    sent = written(client, question, body="My long answer")
    question.hand_over(to=make_department(), note="Yours", by=user)

    answer = client.post(door(question), sent)

    page = answer.content.decode()
    assert answer.status_code == 404
    assert ("My long answer" in page, "A secret title" in page) == (True, False)


def test_a_get_writes_nothing() -> None:
    question = waiting()
    user = make_physician_user(question.department)
    client = signed_in(user)
    client.get(screen(question))

    with CaptureQueriesContext(connection) as queries:
        client.get(screen(question))
        client.get(door(question))
        client.get(door(question, "draft"))

    assert not [query["sql"] for query in queries if not query["sql"].startswith(("SELECT", "SAVEPOINT", "RELEASE"))]


@pytest.mark.parametrize("address", ["act", "preview", "draft"])
def test_other_methods_are_refused(address: str) -> None:
    _user, client, question = at_work()

    assert client.put(door(question, address)).status_code == 405
