"""Drafts: saved while somebody types, never written over unread, gone once the answer is sent."""

import threading
import uuid
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from faq.models import AnswerDraft, Question
from faq.states import Status
from tests.factories import make_department, make_physician_user, make_question
from tests.faq.at_desk import at_work, door, draft, screen, signed_in, waiting, written

pytestmark = pytest.mark.django_db


def test_typing_saves_the_draft_and_renews_the_claim() -> None:
    user, client, question = at_work()
    sent = written(client, question, outcome="referred", referred_to="eye", care_level="soon", body=" Half\r\n")
    Question.objects.update(claim_expires_at=timezone.now())

    answer = client.post(door(question, "draft"), sent)

    saved = draft(user, question)
    question.refresh_from_db()
    at = timezone.localtime(saved.saved_at).strftime("%H:%M")
    assert answer.json() == {"version": 1, "key": sent["key"], "body": saved.body, "saved_at": at}
    assert (saved.body, saved.outcome, saved.referred_to, saved.care_level) == (" Half\n", "referred", "eye", "soon")
    assert question.is_claimed


def test_the_draft_comes_back_with_the_screen() -> None:
    _user, client, question = at_work()
    known = make_question(Status.PUBLISHED)
    client.post(door(question, "draft"), written(client, question, body="So far", points_to=known.pk))

    page = client.get(screen(question)).content.decode()

    assert ">\nSo far</textarea>" in page
    assert f'name="points_to" value="{known.pk}"' in page


def test_a_draft_is_saved_without_a_script_and_the_page_says_when() -> None:
    user, client, question = at_work()

    answer = client.post(door(question), written(client, question, act="draft", body="So far"))

    saved = draft(user, question)
    page = answer.content.decode()
    assert f"Draft saved at {timezone.localtime(saved.saved_at):%H:%M}." in page
    assert 'name="version" value="1"' in page
    assert saved.body == "So far"


@pytest.mark.parametrize("fields", [{"points_to": "12x"}, {"outcome": ""}, {"seen": ""}, {"canned": "0"}])
def test_half_an_answer_is_no_mistake(fields: dict[str, str]) -> None:
    user, client, question = at_work()

    answer = client.post(door(question, "draft"), written(client, question, body="So far", **fields))

    assert (answer.status_code, draft(user, question).body) == (200, "So far")


def test_the_older_window_is_refused_and_told_the_newer_text() -> None:
    user, client, question = at_work()
    sent = written(client, question, body="Newer")
    client.post(door(question, "draft"), sent)

    answer = client.post(door(question, "draft"), {**sent, "body": "Older"})

    assert answer.status_code == 409
    assert (answer.json()["body"], answer.json()["version"]) == ("Newer", 1)
    assert answer.json()["sentence"] == "A newer draft was saved in another window."
    assert draft(user, question).body == "Newer"


def test_the_same_text_from_two_windows_is_no_conflict() -> None:
    _user, client, question = at_work()
    sent = written(client, question, body="Same")

    answers = [client.post(door(question, "draft"), sent) for _ in range(2)]

    assert [answer.json()["version"] for answer in answers] == [1, 1]


@pytest.mark.parametrize("act", ["draft", "send", "send_next", "ask", "release"])
def test_without_a_script_both_texts_are_shown_and_the_second_try_is_taken(act: str) -> None:
    _user, client, question = at_work()
    sent = written(client, question, act=act, body="Older", **{"ask-note": "Since when?"})
    client.post(door(question, "draft"), {**sent, "body": "Newer"})

    refused = client.post(door(question), sent)
    second = client.post(door(question), {**sent, "version": "1"})

    page = refused.content.decode()
    assert (refused.status_code, ">Newer</textarea>" in page, ">\nOlder</textarea>" in page) == (409, True, True)
    assert 'name="version" value="1"' in page
    assert second.status_code in (200, 302)
    texts = [*question.answers.values_list("body", flat=True), *AnswerDraft.objects.values_list("body", flat=True)]
    assert "Older" in texts


def test_what_arrives_after_the_answer_was_sent_makes_no_new_draft() -> None:
    _user, client, question = at_work()
    sent = written(client, question)
    client.post(door(question), sent)

    late = client.post(door(question, "draft"), {**sent, "body": "Drink eno"})

    assert (late.status_code, late.json()["sentence"]) == (409, "An answer of yours was sent from another window.")
    assert not AnswerDraft.objects.exists()


def test_a_draft_can_be_saved_while_a_colleague_holds_the_question() -> None:
    user, client, question = at_work()
    sent = written(client, question, body="Mine")
    colleague = make_physician_user(question.department)
    Question.objects.update(claimed_by=colleague)

    answer = client.post(door(question, "draft"), sent)

    question.refresh_from_db()
    assert (answer.status_code, draft(user, question).body, question.claimed_by) == (200, "Mine", colleague)


def test_who_signed_in_again_gets_a_token_that_works() -> None:
    user, _client, question = at_work()
    question.save_draft(by=user, version=0, body="Kept")
    client = signed_in(user)

    state = client.get(door(question, "draft")).json()

    assert (state["body"], state["version"]) == ("Kept", 1)
    client.handler.enforce_csrf_checks = True
    token = {"x-csrftoken": state["token"]}
    sent = {"key": state["key"], "version": 1, "body": "Kept on"}
    assert client.post(door(question, "draft"), sent, headers=token).json()["version"] == 2
    assert client.post(door(question, "draft"), sent).status_code == 403


def test_whose_sign_in_has_ended_is_led_to_the_door() -> None:
    _user, client, question = at_work()
    sent = written(client, question)
    client.logout()

    answers = [client.post(door(question, name), sent) for name in ("draft", "act")]

    assert [answer["Location"][:13] for answer in answers] == ["/admin/login/"] * 2
    assert not question.answers.exists()


def test_two_physicians_have_a_draft_each() -> None:
    first, client, question = at_work()
    second = make_physician_user(question.department)
    client.post(door(question, "draft"), written(client, question, body="One"))
    key = str(uuid.uuid4())

    signed_in(second).post(door(question, "draft"), {"key": key, "version": 0, "body": "Two"})

    assert (draft(first, question).body, draft(second, question).body) == ("One", "Two")


@pytest.mark.parametrize("fields", [{"version": "x"}, {"version": "9" * 30}, {"key": "x"}, {"body": "x" * 20_001}])
def test_a_broken_draft_is_refused_with_a_sentence(fields: dict[str, str]) -> None:
    _user, client, question = at_work()

    answer = client.post(door(question, "draft"), written(client, question, **fields))

    assert (answer.status_code, list(answer.json())) == (400, ["sentence"])


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=200))
def test_any_text_survives_as_a_draft(desk: tuple[Any, Any, Any], text: str) -> None:
    user, client, question = desk
    AnswerDraft.objects.all().delete()

    client.post(door(question, "draft"), {"key": uuid.uuid4(), "version": 0, "body": text})

    assert draft(user, question).body == text.replace("\r\n", "\n").replace("\r", "\n")


@pytest.fixture
def desk() -> tuple[Any, Any, Any]:
    return at_work()


@pytest.mark.django_db(transaction=True)
def test_a_double_click_answers_once_and_both_halves_end_well() -> None:
    department = make_department()
    question = waiting(department)
    user = make_physician_user(department)
    client = signed_in(user)
    client.post(door(question), {"act": "claim"})
    sent = written(client, question)
    browsers = [signed_in(user) for _ in range(4)]
    answers: list[tuple[int, str]] = []
    start = threading.Barrier(len(browsers))

    def click(browser: Any) -> None:
        start.wait()
        try:
            answer = browser.post(door(question), sent)
            answers.append((answer.status_code, answer.headers.get("Location", "")))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=click, args=[browser]) for browser in browsers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    key = question.answers.get().key
    assert answers == [(302, f"/admin/faq/question/desk/?sent={key}")] * 4
    assert not AnswerDraft.objects.exists()
