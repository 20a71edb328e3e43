"""What else a physician does with a thread than answering it, what follows an answer, and what there is to read."""

import uuid
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from faq.admin.physician_acts import ACTS
from faq.models import Answer, AnswerCorrection, CannedText, IntakeValue, Question
from faq.states import Status, Who
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
from tests.faq.at_desk import DESK, at_work, door, draft, said, screen, signed_in, texts, waiting, written

pytestmark = pytest.mark.django_db


# Not answering


def test_the_patient_is_asked_for_more_and_the_answer_so_far_is_kept() -> None:
    user, client, question = at_work()

    answer = client.post(door(question), written(client, question, act="ask", **{"ask-note": "Since when?"}))

    question.refresh_from_db()
    assert answer["Location"] == DESK
    assert (question.status, question.open_prompt(), question.claimed_by) == (Status.NEEDS_INFO, "Since when?", None)
    assert draft(user, question).body == "Drink enough water."


def test_a_question_is_handed_over_with_a_note_that_the_colleagues_read() -> None:
    _user, client, question = at_work()
    to = make_department("eyes")
    fields = {"hand_over-department": to.pk, "hand_over-note": "The left eye."}

    client.post(door(question), written(client, question, act="hand_over", **fields))

    question.refresh_from_db()
    page = texts(signed_in(make_physician_user(to)).get(screen(question)))
    assert (question.department, question.claimed_by) == (to, None)
    assert "The left eye." in page


def test_a_question_is_declined_with_a_reason_of_the_physicians() -> None:
    user, client, question = at_work()
    fields = {"decline-reason": "needs_examination", "decline-note": "Please see a dentist."}

    answer = client.post(door(question), written(client, question, act="decline", **fields))

    event = question.events.last()
    question.refresh_from_db()
    assert said(answer) == [f"Question {question.pk} was declined."]
    assert question.status == Status.REJECTED
    assert event is not None
    assert (event.reason, event.note, event.actor, event.who) == (
        "needs_examination", "Please see a dentist.", user, "physician",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("act", "fields", "sentence"),
    [
        ("ask", {}, "Write what you want to know from the asker."),
        ("hand_over", {"hand_over-note": "x"}, "Choose a department."),
        ("hand_over", {"hand_over-department": "0", "hand_over-note": "x"}, "Select a valid choice."),
        ("hand_over", {}, "Write a note for the other department."),
        ("decline", {}, "Choose a reason."),
        ("decline", {"decline-reason": "spam"}, "Select a valid choice. spam is not one of the available choices."),
    ],
)
def test_an_act_without_its_words_comes_back(act: str, fields: dict[str, str], sentence: str) -> None:
    _user, client, question = at_work()
    status = question.status

    answer = client.post(door(question), written(client, question, act=act, **fields))

    question.refresh_from_db()
    assert (answer.status_code, sentence in texts(answer), question.status) == (200, True, status)
    assert "Drink enough water." in texts(answer)


def test_a_question_is_not_handed_to_its_own_department() -> None:
    _user, client, question = at_work()
    fields = {"hand_over-department": question.department_id, "hand_over-note": "x"}

    answer = client.post(door(question), written(client, question, act="hand_over", **fields))

    assert "Select a valid choice." in texts(answer)


@pytest.mark.parametrize(
    "fields",
    [
        {"act": "send"},
        {"act": "ask", "ask-note": "Since when?"},
        {"act": "hand_over", "hand_over-note": "Yours"},
        {"act": "decline", "decline-reason": "wrong_service"},
    ],
)
def test_nobody_acts_over_the_head_of_who_holds_the_question(fields: dict[str, Any]) -> None:
    holder, client, question = at_work()
    sent = written(client, question, **fields)
    if fields["act"] == "hand_over":
        sent["hand_over-department"] = make_department().pk
    before = Question.objects.values("status", "department", "claimed_by").get(pk=question.pk)
    second = signed_in(make_physician_user(question.department))

    answer = second.post(door(question), {**sent, "key": uuid.uuid4(), "version": 0})

    assert answer.status_code == 409
    assert f"{holder.physician.display_name} is answering this question until" in texts(answer)
    assert Question.objects.values("status", "department", "claimed_by").get(pk=question.pk) == before


# After an answer


def published(user: Any, department: Any) -> Answer:
    question = make_question(Status.PUBLISHED, department)
    question.answers.all().delete()
    return make_answer(question, user.physician, body="Once a day.")


def corrected(answer: Answer, **fields: Any) -> dict[str, Any]:
    lead = f"correct-{answer.pk}-"
    words = {"seen": 0, "body": "Twice a day.", "notice": "The dose was wrong.", **fields}
    return {"act": "correct", "answer": answer.pk, **{lead + name: value for name, value in words.items()}}


def test_a_published_answer_of_ones_own_is_corrected_with_the_old_wording_kept() -> None:
    department = make_department()
    user = make_physician_user(department)
    answer, client = published(user, department), signed_in(user)

    sent = client.post(door(answer.question), corrected(answer))

    answer.refresh_from_db()
    kept = AnswerCorrection.objects.get()
    assert sent["Location"] == screen(answer.question)
    assert (answer.body, answer.body_html) == ("Twice a day.", "<p>Twice a day.</p>")
    assert (kept.old_body, kept.notice, kept.corrected_by, kept.corrected_on) == (
        "Once a day.", "The dose was wrong.", user, timezone.localdate(),
    )  # fmt: skip
    assert "The dose was wrong." in texts(client.get(screen(answer.question)))


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"body": ""}, "Write your answer."),
        ({"body": "Once a day. "}, "This is what the answer says already."),
        ({"notice": ""}, "Say in a sentence what was corrected."),
        ({"notice": "x" * 301}, "Ensure this value has at most 300 characters (it has 301)."),
    ],
)
def test_a_faulty_correction_comes_back(fields: dict[str, str], sentence: str) -> None:
    department = make_department()
    user = make_physician_user(department)
    answer = published(user, department)

    page = signed_in(user).post(door(answer.question), corrected(answer, **fields))

    assert (page.status_code, sentence in texts(page), AnswerCorrection.objects.count()) == (200, True, 0)


def test_a_correction_from_a_stale_window_is_refused_with_its_words_kept() -> None:
    department = make_department()
    user = make_physician_user(department)
    answer, client = published(user, department), signed_in(user)
    client.post(door(answer.question), corrected(answer))

    page = client.post(door(answer.question), corrected(answer, body="Three times a day."))

    answer.refresh_from_db()
    assert (page.status_code, "Three times a day." in texts(page), answer.body) == (409, True, "Twice a day.")


def test_nobody_corrects_the_answer_of_a_colleague() -> None:
    department = make_department()
    answer = published(make_physician_user(department), department)
    client = signed_in(make_physician_user(department))

    page = texts(client.get(screen(answer.question)))
    refused = client.post(door(answer.question), corrected(answer))

    assert ("Once a day." in page, 'value="correct"' in page) == (True, False)
    assert (refused.status_code, AnswerCorrection.objects.count()) == (404, 0)


def test_a_colleague_confirms_an_answer_and_its_author_cannot() -> None:
    department = make_department(second_reading=True)
    author, reader = make_physician_user(department), make_physician_user(department)
    question = waiting(department)
    question.answer(by=author, body="Rest.", key=uuid.uuid4())
    confirm = {"act": "confirm", "answer": question.answers.get().pk}

    own, offered = (texts(signed_in(user).get(screen(question))) for user in (author, reader))
    refused = signed_in(author).post(door(question), confirm)
    done = signed_in(reader).post(door(question), confirm)
    again = signed_in(reader).post(door(question), confirm)

    assert ('value="confirm"' in own, 'value="confirm"' in offered) == (False, True)
    assert [answer.status_code for answer in (refused, done, again)] == [409, 302, 409]
    assert "An answer is confirmed by another physician than its author." in texts(refused)
    assert question.answers.get().confirmed_by == reader


def test_a_follow_up_is_answered_under_the_same_claim_and_form() -> None:
    department = make_department()
    user = make_physician_user(department)
    answer, client = published(user, department), signed_in(user)
    follow_up = make_follow_up(answer.question, body="And in winter?")
    client.post(door(answer.question), {"act": "claim"})

    page = texts(client.get(screen(answer.question)))
    client.post(door(answer.question), written(client, answer.question, body="The same in winter."))

    reply = follow_up.answers.get()
    assert "Your reply to the follow-up" in page
    assert (reply.body, reply.question.status) == ("The same in winter.", Status.PUBLISHED)


def test_a_follow_up_is_answered_once() -> None:
    department = make_department()
    user = make_physician_user(department)
    answer, client = published(user, department), signed_in(user)
    follow_up = make_follow_up(answer.question)
    client.post(door(answer.question), {"act": "claim"})
    sent = written(client, answer.question)
    make_answer(answer.question, follow_up=follow_up)

    refused = client.post(door(answer.question), {**sent, "seen": "2"})

    assert (refused.status_code, follow_up.answers.count()) == (409, 1)
    assert "This follow-up has been answered already." in texts(refused)


# What is there to read


def test_the_screen_tells_what_happened_and_what_was_added() -> None:
    user, client, question = at_work()
    question.ask_asker(by=user, note="Since when?")
    question.refresh_from_db()
    question.add_words("Since Tuesday.", key=uuid.uuid4())

    page = texts(client.get(screen(question)))

    assert [words in page for words in ("Since when?", "Since Tuesday.", "the asker was asked for more")] == [True] * 3


def test_every_act_of_the_table_has_a_button_on_the_screens() -> None:
    department = make_department(second_reading=True)
    user = make_physician_user(department)
    client = signed_in(user)
    CannedText.objects.create(department=department, language="en", title="A", body="B")
    free, held = waiting(department), waiting(department)
    client.post(door(held), {"act": "claim"})
    own = published(user, department).question
    unread = make_question(Status.ANSWERED, department)
    unread.answers.update(needs_confirmation=True)

    pages = "".join(texts(client.get(screen(question))) for question in (free, held, own, unread))

    assert {name for name in ACTS if f'value="{name}"' in pages} == set(ACTS) - {"point"}


def test_the_names_of_colleagues_without_a_profile_are_shown_too() -> None:
    question = waiting()
    moderator = make_user(role="moderator", first_name="Demo", last_name="Moderator")
    question.decline(by=moderator, reason="spam")
    question.restore(by=moderator)
    question.accept(by=moderator)
    client = signed_in(make_physician_user(question.department))

    assert "Demo Moderator" in texts(client.get(screen(question)))


def test_the_screen_costs_the_same_for_1_3_and_50_rows_of_everything_on_it() -> None:
    concept = make_concept("Lupus", "紅斑性狼瘡")
    department = make_department()
    user = make_physician_user(department)
    client, colleague = signed_in(user), make_physician_user(department)
    question = make_question(Status.ANSWERED, department, concepts=[concept])
    client.post(door(question), {"act": "claim"})
    counts = []

    for rows in (1, 2, 47):
        for n in range(rows):
            known = make_question(Status.PUBLISHED, concepts=[concept])
            make_answer(question, colleague.physician, points_to=known, needs_confirmation=True)
            answer = make_answer(question, user.physician, department=make_department())
            AnswerCorrection.objects.create(answer=answer, old_body="x", notice="y", corrected_by=user)
            make_follow_up(question, "addition")
            question._log("hand_over", who=Who.PHYSICIAN, by=[user, colleague][n % 2], note="z")
            field = make_intake_field(department, f"field-{known.pk}")
            IntakeValue.objects.create(question=question, field=field, value="v")
            CannedText.objects.create(department=department, language="en", title="t", body="b")
        with CaptureQueriesContext(connection) as queries:
            assert client.get(screen(question)).status_code == 200
        counts.append(len(queries))

    assert len(set(counts)) == 1, counts
    assert counts[0] <= 30
