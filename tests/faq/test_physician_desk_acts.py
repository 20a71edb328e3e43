"""What a physician does at the desk: each act, its refusal, and what is kept when it is refused."""

import uuid
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.http.response import HttpResponseBase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from faq.admin.physician_acts import ACTS
from faq.models import Answer, AnswerCorrection, AnswerDraft, CannedText, IntakeValue, Question
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
from tests.faq.at_desk import DESK, at_work, door, draft, screen, signed_in, waiting, written

pytestmark = pytest.mark.django_db


def said(answer: Any) -> list[str]:
    return [str(message) for message in get_messages(answer.wsgi_request)]


def acts_of(question: Question) -> list[str]:
    return list(question.events.exclude(act="submit").values_list("act", flat=True))


def texts(answer: HttpResponseBase) -> str:
    return answer.content.decode()  # type: ignore[attr-defined,no-any-return]


# Claiming


def test_answer_on_the_desk_claims_and_opens_the_form_in_one_act() -> None:
    question = waiting()
    user = make_physician_user(question.department)
    client = signed_in(user)

    answer = client.post(door(question), {"act": "claim"}, follow=True)

    question.refresh_from_db()
    assert answer.redirect_chain == [(screen(question), 302)]
    assert 'name="body"' in texts(answer)
    assert (question.claimed_by, acts_of(question)) == (user, ["claim"])


def test_opening_by_its_address_shows_the_question_with_a_button_to_claim_it() -> None:
    question = waiting()
    client = signed_in(make_physician_user(question.department))

    page = texts(client.get(screen(question)))

    question.refresh_from_db()
    assert (question.body.split("\n")[0] in page, 'value="claim"' in page, 'name="body"' in page) == (
        True,
        True,
        False,
    )
    assert question.claimed_by is None


def test_two_physicians_cannot_both_hold_a_question() -> None:
    first, _client, question = at_work()
    second = make_physician_user(question.department)

    answer = signed_in(second).post(door(question), {"act": "claim"})

    until = timezone.localtime(question.claim_expires_at).strftime("%H:%M")
    question.refresh_from_db()
    assert answer.status_code == 409
    assert f"{first.physician.display_name} is answering this question until {until}." in texts(answer)
    assert question.claimed_by == first


def test_a_claim_that_ran_out_can_be_taken_over() -> None:
    _first, _client, question = at_work()
    Question.objects.update(claim_expires_at=timezone.now())
    second = make_physician_user(question.department)

    signed_in(second).post(door(question), {"act": "claim"})

    question.refresh_from_db()
    assert question.claimed_by == second


def test_a_question_that_waits_for_its_asker_cannot_be_claimed() -> None:
    question = make_question(Status.NEEDS_INFO)
    client = signed_in(make_physician_user(question.department))

    answer = client.post(door(question), {"act": "claim"})

    assert answer.status_code == 409
    assert "the question is now “waiting for the asker”" in texts(answer)


def test_releasing_gives_the_question_back_and_keeps_what_was_written() -> None:
    user, client, question = at_work()

    answer = client.post(door(question), written(client, question, act="release", body="Half a thought"))

    question.refresh_from_db()
    assert answer["Location"] == DESK
    assert (question.claimed_by, draft(user, question).body) == (None, "Half a thought")


# Sending


def test_sending_answers_clears_the_draft_and_leads_to_the_desk() -> None:
    user, client, question = at_work()
    fields = {"care_level": "soon", "outcome": "referred", "referred_to": "rheumatology"}

    answer = client.post(door(question), written(client, question, **fields))

    reply = question.answers.get()
    question.refresh_from_db()
    assert answer["Location"] == f"{DESK}?sent={reply.key}"
    assert said(answer) == [f"Your answer to question {question.pk} was sent."]
    assert (reply.physician, reply.body, reply.care_level) == (user.physician, "Drink enough water.", "soon")
    assert (reply.outcome, reply.referred_to, question.status) == ("referred", "rheumatology", Status.ANSWERED)
    assert not AnswerDraft.objects.exists()


def test_sending_twice_answers_once() -> None:
    _user, client, question = at_work()
    sent = written(client, question)

    answers = [client.post(door(question), sent) for _ in range(2)]

    assert answers[0]["Location"] == answers[1]["Location"]
    assert (question.answers.count(), acts_of(question)) == (1, ["claim", "answer"])
    assert not AnswerDraft.objects.exists()


def test_other_words_sent_from_a_second_window_are_kept_and_not_sent_unasked() -> None:
    _user, client, question = at_work()
    sent = written(client, question)
    client.post(door(question), sent)
    first = question.answers.get()

    refused = client.post(door(question), {**sent, "body": "Quite another text."})

    assert refused.status_code == 409
    assert "An answer of yours with other words was sent from another window." in texts(refused)
    assert "Quite another text." in texts(refused)
    assert f'value="{first.key}"' not in texts(refused)
    assert question.answers.count() == 1


def test_send_and_next_claims_the_most_pressing_question_that_is_free() -> None:
    user, client, question = at_work()
    taken, free = (waiting(question.department) for _ in range(2))
    taken.claim(by=make_physician_user(question.department))

    answer = client.post(door(question), written(client, question, act="send_next"))

    free.refresh_from_db()
    assert answer["Location"] == f"{screen(free)}?sent={question.answers.get().key}"
    assert (free.claimed_by, draft(user, free).body) == (user, "")


def test_send_and_next_stays_in_the_department_that_was_chosen() -> None:
    one, two = make_department("one"), make_department("two")
    question, older, same = waiting(one), waiting(two), waiting(one)
    client = signed_in(make_physician_user(one, two))
    claimed = client.post(door(question), {"act": "claim", "from": "one"})

    answer = client.post(door(question), written(client, question, act="send_next", **{"from": "one"}))

    assert claimed["Location"] == f"{screen(question)}?department=one"
    assert answer["Location"].startswith(f"{screen(same)}?sent=")
    older.refresh_from_db()
    assert older.claimed_by is None


def test_send_and_next_says_when_nothing_waits_any_more() -> None:
    _user, client, question = at_work()

    answer = client.post(door(question), written(client, question, act="send_next"))

    assert said(answer) == [f"Your answer to question {question.pk} was sent.", "No further question is waiting."]
    assert answer["Location"].startswith(DESK + "?")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"body": "  \n\u200b "}, "Write your answer."),
        ({"body": "x" * 20_001}, "Ensure this value has at most 20000 characters (it has 20001)."),
        ({"outcome": "referred"}, "Say where you refer the asker to."),
        ({"outcome": "healed"}, "Select a valid choice. healed is not one of the available choices."),
        ({"points_to": "9" * 30}, "There is no public, answered question with this number."),
    ],
)
def test_a_faulty_answer_comes_back_with_a_sentence_at_the_field(fields: dict[str, str], sentence: str) -> None:
    _user, client, question = at_work()

    answer = client.post(door(question), written(client, question, **{"referred_to": "", **fields}))

    assert (answer.status_code, sentence in texts(answer), question.answers.count()) == (200, True, 0)


def test_a_refusal_keeps_everything_that_was_typed() -> None:
    _user, client, question = at_work()
    sent = written(client, question, referred_to="eye clinic", **{"ask-note": "Since when?", "hand_over-note": "Eyes"})
    Question.objects.update(claimed_by=make_physician_user(question.department))

    answer = client.post(door(question), sent)

    kept = ["Drink enough water.", "eye clinic", "Since when?", "Eyes"]
    assert (answer.status_code, [words in texts(answer) for words in kept]) == (409, [True] * 4)
    assert "is answering this question until" in texts(answer)


def test_an_answer_that_came_in_meanwhile_is_read_before_another_is_sent() -> None:
    _user, client, question = at_work()
    sent = written(client, question)
    Question.objects.update(claimed_by=None)
    colleague = make_physician_user(question.department)
    Question.objects.get(pk=question.pk).answer(by=colleague, body="Words of a colleague", key=uuid.uuid4())

    refused = client.post(door(question), sent)
    second = client.post(door(question), {**sent, "seen": "1"})

    assert (refused.status_code, "Words of a colleague" in texts(refused)) == (409, True)
    assert "Another answer has come in since you opened this page." in texts(refused)
    assert 'name="seen" value="1"' in texts(refused)
    assert (second.status_code, question.answers.count()) == (302, 2)


def test_an_answer_points_to_another_with_a_personal_line() -> None:
    _user, client, question = at_work()
    known = make_question(Status.PUBLISHED)

    client.post(door(question), written(client, question, points_to=known.pk, body="This one fits you."))

    assert question.answers.get().points_to == known


# Without a script


def test_a_neighbour_is_pointed_to_without_a_script() -> None:
    _user, client, question = at_work()
    known = make_question(Status.PUBLISHED)

    answer = client.post(door(question), {**written(client, question, body="Typed"), "point": known.pk})

    assert f'name="points_to" value="{known.pk}"' in texts(answer)
    assert ">\nTyped</textarea>" in texts(answer)


def test_a_canned_text_is_added_without_a_script() -> None:
    _user, client, question = at_work()
    text = CannedText.objects.create(department=question.department, language="en", title="Sun", body="Wear a hat.")

    answer = client.post(door(question), written(client, question, act="insert", canned=text.pk, body="Dear Ann"))

    assert "Dear Ann\n\nWear a hat.</textarea>" in texts(answer)


def test_insert_without_a_choice_keeps_the_page() -> None:
    _user, client, question = at_work()

    answer = client.post(door(question), written(client, question, act="insert", canned="", body="Dear Ann"))

    assert (answer.status_code, "Dear Ann</textarea>" in texts(answer)) == (200, True)


def test_the_preview_shows_the_page_as_readers_would_without_a_script() -> None:
    _user, client, question = at_work()

    answer = client.post(door(question, "preview"), written(client, question, body="**Rest** <script>x</script>"))

    assert "<strong>Rest</strong> &lt;script&gt;" in texts(answer)
    assert "**Rest** &lt;script&gt;x&lt;/script&gt;</textarea>" in texts(answer)


def test_the_preview_is_a_fragment_for_a_script() -> None:
    _user, client, question = at_work()

    answer = client.post(door(question, "preview"), {"body": "*soon*"}, headers={"x-requested-with": "fetch"})

    assert texts(answer).strip() == "<p><em>soon</em></p>"


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
