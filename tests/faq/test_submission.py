"""A question comes in whole, once, sealed and guarded."""

import threading
import uuid
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from faq.models import Finding, Question, SealedAccess, SealedText, Ticket
from faq.models.ticket import derived_secret, digest_of
from faq.states import InvalidMove, Status
from faq.submission import ChangedAfterSending, Submission, submit
from people.models import Department
from tests.factories import make_department, make_physician_user, make_user, submit_question
from text.clean import clean_text


def _sent(department: Department, **fields: object) -> Submission:
    defaults = {
        "key": uuid.uuid4(),
        "department": department,
        "language": "zh-hant",
        "title": "頭暈",
        "body": "電話 0912-345-678，身分證 A123456789。",
        "nickname": "小明",
        "age_band": "40-49",
        "sex": "male",
        "for_whom": "self",
        "wants_public": True,
    }
    return Submission(**{**defaults, **fields})  # type: ignore[arg-type]  # values of a test


@pytest.mark.django_db
def test_the_same_form_sent_again_is_the_same_question_and_the_same_ticket() -> None:
    sent = _sent(make_department())

    first, second = submit(sent), submit(sent)

    assert (first.pk, first.ticket.secret) == (second.pk, second.ticket.secret)
    assert Question.objects.count() == 1


@pytest.mark.django_db
def test_the_same_form_with_other_words_is_not_taken_for_a_repetition() -> None:
    sent = _sent(make_department())
    first = submit(sent)

    with pytest.raises(ChangedAfterSending) as refused:
        submit(_sent(sent.department, key=sent.key, body="另一個問題"))

    assert refused.value.question == first
    assert Question.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_double_click_saves_one_question() -> None:
    sent = _sent(make_department())
    tickets: list[str | None] = []

    def press() -> None:
        tickets.append(submit(sent).ticket.secret)
        connection.close()

    presses = [threading.Thread(target=press) for _turn in range(4)]
    for press_once in presses:
        press_once.start()
    for press_once in presses:
        press_once.join()

    assert Question.objects.count() == 1
    assert len(tickets) == 4
    assert set(tickets) == {Question.objects.get().ticket.secret}


@pytest.mark.django_db
def test_personal_data_is_hidden_at_once_and_the_words_are_sealed_as_written() -> None:
    question = submit(_sent(make_department()))

    sealed = SealedText.objects.get(question=question)
    assert "0912" not in question.body
    assert "A123456789" not in question.body
    assert b"0912" not in bytes(sealed.token)
    assert sealed.open(by=None, reason="a test")["body"] == "電話 0912-345-678，身分證 A123456789。"


@pytest.mark.django_db
def test_nothing_is_accepted_while_a_finding_is_undecided() -> None:
    question, moderator = submit(_sent(make_department())), make_user(role="moderator")

    with pytest.raises(InvalidMove) as refused:
        question.accept(by=moderator)

    assert refused.value.conditions == ["Decide the findings first."]


@pytest.mark.django_db
@pytest.mark.parametrize("show", [True, False])
def test_a_decision_shows_or_hides_the_words(show: bool) -> None:
    question, moderator = submit(_sent(make_department(), body="請打 0912-345-678 謝謝")), make_user(role="moderator")

    question.decide(question.findings.get(), show=show, by=moderator)

    assert ("0912-345-678" in Question.objects.get(pk=question.pk).body) is show


@pytest.mark.django_db
def test_the_door_of_the_sealed_text_is_logged_and_closed_to_physicians() -> None:
    question = submit_question()
    moderator, physician = make_user(role="moderator"), make_physician_user(question.department)
    sealed = SealedText.objects.get(question=question)

    sealed.open(by=moderator, reason="moderating a new question")
    with pytest.raises(PermissionDenied):
        sealed.open(by=physician, reason="curious")
    with pytest.raises(ValueError, match="only with a reason"):
        sealed.open(by=moderator, reason="")

    access = SealedAccess.objects.get()
    assert (access.actor, access.reason) == (moderator, "moderating a new question")


@pytest.mark.django_db
def test_withdrawing_erases_every_word_and_keeps_the_log() -> None:
    question = submit(_sent(make_department()))

    question.withdraw()

    stored = Question.objects.get()
    assert (stored.status, stored.title, stored.body, stored.nickname) == (Status.WITHDRAWN, "", "", "")
    assert not SealedText.objects.exists()
    assert not Finding.objects.exists()
    assert [event.act for event in stored.events.all()] == ["submit", "withdraw"]


@pytest.mark.django_db
def test_the_ticket_is_derived_and_only_its_hash_is_stored() -> None:
    ticket = submit_question().ticket
    secret = ticket.secret

    assert secret is not None
    assert len(secret) == 32
    assert ticket.digest == digest_of(secret)
    assert Ticket.objects.opened_by(f" {secret.upper()[:16]}-{secret[16:]} ").get() == ticket


@pytest.mark.django_db
def test_a_ticket_survives_a_change_of_the_secret_key(settings: Any) -> None:
    ticket = submit_question().ticket
    secret = ticket.secret

    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key of the house, long enough for everybody"

    assert Ticket.objects.get(pk=ticket.pk).secret == secret


def test_the_secret_follows_from_key_uuid_and_rotation_alone() -> None:
    one = derived_secret("key", "00" * 16, 0)

    assert one == derived_secret("key", "00" * 16, 0)
    assert len({one, derived_secret("key", "00" * 16, 1), derived_secret("other", "00" * 16, 0)}) == 3


@pytest.mark.django_db
@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(before=st.text(max_size=40), after=st.text(max_size=40))
def test_wherever_a_number_stands_it_is_not_in_the_public_text(before: str, after: str) -> None:
    department = Department.objects.first() or make_department()
    words = clean_text(f"{before} 0912-345-678 {after}")  # as the form hands it over

    question = submit(_sent(department, body=words, key=uuid.uuid4()))

    assert "0912-345-678" not in question.body
    assert SealedText.objects.get(question=question).open(by=None, reason="a test")["body"] == words
