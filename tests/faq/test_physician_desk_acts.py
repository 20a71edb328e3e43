"""What a physician does at the desk: claiming and sending, the refusals, and what is kept then."""

import uuid

import pytest
from django.utils import timezone

from faq.models import AnswerDraft, CannedText, Question
from faq.states import Status
from tests.factories import (
    make_department,
    make_physician_user,
    make_question,
)
from tests.faq.at_desk import DESK, acts_of, at_work, door, draft, said, screen, signed_in, texts, waiting, written

pytestmark = pytest.mark.django_db


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
