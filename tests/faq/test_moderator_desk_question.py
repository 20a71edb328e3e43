"""One question on the moderators' desk: its public text beside the person's own words, and what was found."""

from typing import Any

import pytest

from faq.models import Finding, Question, SealedAccess
from faq.states import Status
from tests.factories import (
    make_department,
    make_finding,
    make_follow_up,
    make_intake_field,
    make_question,
    make_user,
    submit_question,
)
from tests.faq.moderating import client_of, item, moderator_client, press, stored

pytestmark = pytest.mark.django_db

PHONE = "0912-345-678"


def with_phone(**fields: Any) -> Question:
    return submit_question(title="Lupus", body=f"Joint pain.\nCall {PHONE} please.", **fields)


def test_a_new_question_stands_beside_its_original_and_the_opening_is_logged() -> None:
    question = with_phone()
    moderator = make_user(role="moderator")

    context = client_of(moderator).get(item(question)).context

    assert (context["question"].body, context["compared"][1].original) == (
        "Joint pain.\nCall [phone number hidden] please.",
        f"Joint pain.\nCall {PHONE} please.",
    )
    assert [(access.actor, access.reason) for access in SealedAccess.objects.filter(question=question)] == [
        (moderator, "moderating a new question")
    ]


def test_what_differs_is_marked_word_by_word() -> None:
    question = with_phone()

    page = moderator_client().get(item(question)).content.decode()

    assert "<del" in page
    assert f">{PHONE}</del>" in page
    assert ">[phone number hidden]</ins>" in page


def test_the_original_of_any_other_question_stays_sealed_until_a_reason_is_typed() -> None:
    question = with_phone()
    Question.objects.update(status=Status.ACCEPTED)
    client = moderator_client()

    page = client.get(item(question))

    assert (PHONE in page.content.decode(), page.context["is_sealed"]) == (False, True)
    assert SealedAccess.objects.count() == 0


def test_a_typed_reason_opens_the_original_and_stays_in_the_log() -> None:
    question = with_phone()
    Question.objects.update(status=Status.ACCEPTED)

    page = press(moderator_client(), question, "open", open_reason="The asker wrote to us")

    assert PHONE in page.content.decode()
    assert [access.reason for access in SealedAccess.objects.all()] == ["The asker wrote to us"]


@pytest.mark.parametrize("reason", ["", "   ", "\u200b"])
def test_no_reason_opens_nothing_and_keeps_what_was_typed(reason: str) -> None:
    question = with_phone()
    Question.objects.update(status=Status.ACCEPTED)

    page = press(moderator_client(), question, "open", open_reason=reason, editorial_title="Typed")

    assert page.context["form"].errors.keys() == {"open_reason"}
    assert page.context["form"]["editorial_title"].value() == "Typed"
    assert (PHONE in page.content.decode(), SealedAccess.objects.count()) == (False, 0)


def test_opening_opens_the_follow_ups_too() -> None:
    question = make_question(Status.PUBLISHED)
    follow_up = make_follow_up(question, body="Masked", is_accepted=False)

    page = press(moderator_client(), question, "open", open_reason="To check the follow-up")

    added = page.context["added"][0]
    assert (added.follow_up, added.compared.original) == (follow_up, "Masked")
    assert SealedAccess.objects.count() == 2


def test_the_asker_s_address_is_never_on_the_page() -> None:
    question = submit_question(email="asker@example.org")

    assert "asker@example.org" not in moderator_client().get(item(question)).content.decode()


def test_the_department_s_own_fields_are_shown_as_everyone_reads_them_and_beside_the_original() -> None:
    department = make_department()
    make_intake_field(department, "weight")
    question = submit_question(department=department, intake={"weight": f"80 kg, {PHONE}"})

    context = moderator_client().get(item(question)).context

    assert context["intake"][0].value == "80 kg, [phone number hidden]"
    assert context["compared"][-1].original == f"80 kg, {PHONE}"
    assert (context["findings"][0].words, context["findings"][0].place) == (PHONE, "Further details")


def test_a_finding_shows_its_kind_and_its_words() -> None:
    row = moderator_client().get(item(with_phone())).context["findings"][0]

    assert (row.kind, row.place, row.words, row.can_show, row.can_hide) == (
        "mobile number",
        "Question",
        PHONE,
        True,
        True,
    )


def test_the_words_of_a_sealed_finding_are_as_closed_as_the_text() -> None:
    question = with_phone()
    Question.objects.update(status=Status.NEEDS_INFO)

    row = moderator_client().get(item(question)).context["findings"][0]

    assert (row.words, row.can_show, row.can_hide) == ("", False, True)


@pytest.mark.parametrize(
    ("act", "body", "decision"),
    [
        ("show", f"Joint pain.\nCall {PHONE} please.", Finding.Decision.SHOWN),
        ("hide", "Joint pain.\nCall [phone number hidden] please.", Finding.Decision.HIDDEN),
    ],
)
def test_a_finding_is_decided_by_its_button_and_the_public_text_follows(act: str, body: str, decision: str) -> None:
    question = with_phone()
    finding = Finding.objects.get()

    press(moderator_client(), question, f"{act}:{finding.pk}")

    assert (stored(question).body, Finding.objects.get().decision) == (body, decision)


def test_a_decision_can_be_changed() -> None:
    question = with_phone()
    finding = Finding.objects.get()
    client = moderator_client()
    press(client, question, f"show:{finding.pk}")

    press(client, question, f"hide:{finding.pk}")

    assert PHONE not in stored(question).body


def test_a_finding_in_an_archive_thread_is_cut_out_of_the_text() -> None:
    question = make_question(Status.IMPORTED, body=f"Call {PHONE}.")
    finding = make_finding(question, PHONE, basis=Finding.Basis.PUBLIC)
    client = moderator_client()
    row = client.get(item(question)).context["findings"][0]

    press(client, question, f"hide:{finding.pk}")

    assert row.words == PHONE
    assert stored(question).body == "Call [phone number hidden]."


def test_the_finding_of_another_question_is_not_decided_here() -> None:
    other = with_phone()
    question = make_question()

    press(moderator_client(), question, f"show:{other.findings.get().pk}")

    assert other.findings.get().decision == Finding.Decision.OPEN


def test_words_that_a_moderator_marks_are_hidden_wherever_they_stand() -> None:
    question = submit_question(
        title="Dr. Example", body="I saw Dr. Example.\nDr. Example said no.", nickname="Example"
    )

    press(moderator_client(), question, "mark", phrases="Dr. Example")

    assert (stored(question).title, stored(question).body) == ("[hidden]", "I saw [hidden].\n[hidden] said no.")
    assert {(row.kind, row.decision) for row in Finding.objects.all()} == {("marked", Finding.Decision.HIDDEN)}


def test_words_are_marked_in_revised_text_too() -> None:
    question = submit_question(body="I saw Dr. Example.")
    client = moderator_client()
    press(client, question, "save", body="I saw Dr. Example at the clinic.")

    press(client, question, "mark", phrases="Dr. Example")

    assert stored(question).body == "I saw [hidden] at the clinic."


def test_words_that_do_not_occur_are_named_and_kept() -> None:
    question = make_question(body="I saw a doctor.")

    page = press(moderator_client(), question, "mark", phrases="Dr. Nobody")

    assert page.context["sentences"] == ["These words do not occur: Dr. Nobody"]
    assert page.context["form"]["phrases"].value() == "Dr. Nobody"


@pytest.mark.parametrize("phrases", ["", "x", "\n".join(f"phrase {number}" for number in range(21))])
def test_phrases_that_cannot_be_meant_are_refused_at_the_field(phrases: str) -> None:
    page = press(moderator_client(), make_question(), "mark", phrases=phrases)

    assert page.context["form"].errors.keys() == {"phrases"}
