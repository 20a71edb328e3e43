"""What the asker does on the ticket."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from faq.forms.ticket import ticket_key_name
from faq.models import Finding, FollowUp, Question, QuestionEvent, SealedText, Ticket
from faq.states import Status
from people.visitors import new_key
from tests.factories import make_question, submit_question
from tests.faq.sent import act_form, act_on, ticket_address

pytestmark = pytest.mark.django_db


def acts_of(question: Question) -> list[str]:
    return list(QuestionEvent.objects.filter(question=question).values_list("act", flat=True))


# Adding words


def test_words_are_added_guarded_and_sealed(client: Client) -> None:
    question = submit_question()

    response = act_on(client, question, "add", body="My number:\n0912345678")

    added = FollowUp.objects.get()
    sealed = SealedText.objects.get(follow_up=added).open(by=None, reason="test")
    assert (response.status_code, response["Location"]) == (303, f"{ticket_address(question)}?done=add")
    assert (added.kind, added.body) == ("addition", "My number:\n[phone number hidden]")
    assert sealed == {"body": "My number:\n0912345678"}


def test_the_reply_to_the_physician_returns_the_question_to_the_desk(client: Client) -> None:
    question = make_question(Status.NEEDS_INFO)
    question.events.create(act="ask_asker", who="system", note="Since when?")

    act_on(client, question, "add", body="Since May.")

    question.refresh_from_db()
    added = FollowUp.objects.get()
    assert (question.status, added.kind, added.prompt) == (Status.ACCEPTED, "clarification", "Since when?")


def test_words_sent_twice_are_added_once(client: Client) -> None:
    question = submit_question()
    form = act_form(question, "add", body="Some more words.")

    answers = [act_on(client, question, "add", **form).status_code for _click in range(2)]

    assert (answers, FollowUp.objects.count()) == ([303, 303], 1)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("act", "status"), [("add", Status.ACCEPTED), ("follow-up", Status.ANSWERED), ("rotate", Status.ACCEPTED)]
)
def test_a_form_sent_many_times_at_the_same_moment_acts_once(act: str, status: Status) -> None:
    question = make_question(status)
    address, form = ticket_address(question, act), act_form(question, act, body="Some more words.")

    def press(_number: int) -> str:
        try:
            return str(Client().post(address, form)["Location"])
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        addresses = set(threads.map(press, range(8)))

    acts = {"add": "add_words", "follow-up": "follow_up", "rotate": "rotate"}
    assert (len(addresses), acts_of(question).count(acts[act])) == (1, 1)


def test_words_that_come_too_late_are_kept_in_the_form(client: Client) -> None:
    question = make_question(Status.ANSWERED)

    response = act_on(client, question, "add", body="One more thing.")

    assert (response.status_code, FollowUp.objects.count()) == (409, 0)
    assert response.context["forms"]["add"]["body"].value() == "One more thing."
    assert response.context["problems"] == [("", "Words can be added only until somebody has answered.")]


@pytest.mark.parametrize("body", ["", "  \n ", "\u200b", "x" * 5001])
def test_empty_and_endless_words_are_answered_at_the_field(client: Client, body: str) -> None:
    response = act_on(client, submit_question(), "add", body=body)

    assert (response.status_code, list(response.context["forms"]["add"].errors)) == (400, ["body"])
    assert response.context["forms"]["add"]["body"].value() == body


@given(body=st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=200))
@settings(max_examples=30, deadline=None)
def test_whatever_is_added_is_saved_or_said(body: str) -> None:
    question = submit_question()

    response = act_on(Client(), question, "add", body=body, form_key=act_form(question, "add")["form_key"])

    assert response.status_code in (303, 400, 429)


# The follow-up


def test_one_follow_up_may_be_asked(client: Client) -> None:
    question = make_question(Status.ANSWERED)

    first = act_on(client, question, "follow-up", body="And at night?")
    second = act_on(client, question, "follow-up", body="And in winter?")

    assert (first.status_code, second.status_code) == (303, 409)
    assert [(row.kind, row.body) for row in FollowUp.objects.all()] == [("follow_up", "And at night?")]
    assert second.context["forms"]["follow_up"]["body"].value() == "And in winter?"


def test_a_follow_up_sent_twice_is_asked_once(client: Client) -> None:
    question = make_question(Status.PUBLISHED)
    form = act_form(question, "follow-up", body="And at night?")

    answers = [act_on(client, question, "follow-up", **form).status_code for _click in range(2)]

    assert (answers, FollowUp.objects.count()) == ([303, 303], 1)


@pytest.mark.parametrize(
    ("status", "days", "offered"),
    [
        (Status.ACCEPTED, 0, False),
        (Status.ANSWERED, 13, True),
        (Status.ANSWERED, 15, False),
        (Status.PUBLISHED, 1, True),
        (Status.CLOSED, 1, False),
    ],
)
def test_the_follow_up_is_offered_while_it_can_be_asked(
    client: Client, status: Status, days: int, offered: bool
) -> None:
    question = make_question(status, answered_at=timezone.now() - dt.timedelta(days=days))

    page = client.get(ticket_address(question)).content.decode()

    assert (f'action="{ticket_address(question, "follow-up")}"' in page) == offered


# Hiding more


def test_own_words_are_hidden_everywhere_at_once(client: Client) -> None:
    question = submit_question(title="My aunt Mei asks", body="Mei is ill.\nMei is 70.", nickname="Mei's niece")
    act_on(client, question, "add", body="Mei sleeps badly.")

    response = act_on(client, question, "hide", phrases="Mei\r\n\r\nMei")

    question.refresh_from_db()
    hidden = "[hidden at the asker's wish]"
    assert response.status_code == 303
    assert question.title == f"My aunt {hidden} asks"
    assert question.body == f"{hidden} is ill.\n{hidden} is 70."
    assert (question.nickname, FollowUp.objects.get().body) == (f"{hidden}'s niece"[:40], f"{hidden} sleeps badly.")


def test_what_does_not_occur_is_named_and_the_rest_is_hidden(client: Client) -> None:
    question = submit_question(body="My school is in Tainan.")

    response = act_on(client, question, "hide", phrases="Tainan\nTaipei")

    question.refresh_from_db()
    assert (response.status_code, "Tainan" in question.body) == (400, False)
    assert response.context["forms"]["hide"].errors["phrases"] == ["Not found in your words: Taipei"]
    assert response.context["forms"]["hide"]["phrases"].value() == "Tainan\nTaipei"


def test_hiding_twice_marks_once(client: Client) -> None:
    question = submit_question(body="My school is in Tainan.")
    form = act_form(question, "hide", phrases="Tainan")

    answers = [act_on(client, question, "hide", **form).status_code for _click in range(2)]

    assert (answers, Finding.objects.filter(kind="asker").count()) == ([303, 303], 1)


@pytest.mark.parametrize("phrases", ["", "x", "\n".join(f"word {number}" for number in range(21))])
def test_what_cannot_be_hidden_is_said(client: Client, phrases: str) -> None:
    response = act_on(client, submit_question(), "hide", phrases=phrases)

    assert (response.status_code, list(response.context["forms"]["hide"].errors)) == (400, ["phrases"])


def test_nothing_is_hidden_of_what_is_public_already(client: Client) -> None:
    question = make_question(Status.PUBLISHED, body="My school is in Tainan.")

    response = act_on(client, question, "hide", phrases="Tainan")

    assert response.status_code == 409
    assert response.context["forms"]["hide"]["phrases"].value() == "Tainan"


# Answer me only


def test_a_question_becomes_private(client: Client) -> None:
    question = submit_question()

    response = act_on(client, question, "private")

    question.refresh_from_db()
    page = client.get(response["Location"]).content.decode()
    assert question.wants_public is False
    assert "Nothing of your question will be published." in page
    assert f'action="{ticket_address(question, "private")}"' not in page


def test_what_is_public_does_not_become_private(client: Client) -> None:
    question = make_question(Status.PUBLISHED)

    response = act_on(client, question, "private")

    question.refresh_from_db()
    assert (response.status_code, question.wants_public) == (409, True)


# The ticket itself


def test_a_ticket_is_renewed_for_a_year(client: Client) -> None:
    question = submit_question()
    Ticket.objects.update(expires_at=timezone.now() + dt.timedelta(days=1))

    act_on(client, question, "renew")

    left = Ticket.objects.get().expires_at - timezone.now()
    assert 364 <= left.days <= 365


def test_a_new_address_opens_and_the_old_one_does_not(client: Client) -> None:
    question = submit_question()
    old = ticket_address(question)

    response = act_on(client, question, "rotate")

    new = response["Location"].partition("?")[0]
    assert (new != old, new) == (True, ticket_address(Question.objects.get()))
    assert (client.get(old).status_code, client.get(new).status_code) == (404, 200)
    assert '<details class="card keep" id="keep" open>' in client.get(new).content.decode()
    assert acts_of(question) == ["submit", "rotate"]


def test_a_double_click_on_the_new_address_does_not_lock_the_asker_out(client: Client) -> None:
    question = submit_question()
    address, form = ticket_address(question, "rotate"), act_form(question, "rotate")

    first = client.post(address, form)
    second = client.post(address, form)

    assert (first.status_code, second.status_code) == (303, 303)
    assert (first["Location"], Ticket.objects.get().rotation) == (second["Location"], 1)


def test_the_old_address_learns_the_new_one_from_no_other_form(client: Client) -> None:
    question = submit_question()
    address, spied = ticket_address(question, "rotate"), act_form(question, "rotate")
    client.post(address, act_form(question, "rotate"))
    used = Ticket.objects.get().rotated_with
    assert used is not None
    forged = new_key(ticket_key_name("rotate", question_pk=question.pk)).replace(":", f"{used.hex}:", 1)[32:]

    answers = [client.post(address, {"form_key": key}).status_code for key in (spied["form_key"], forged, used.hex)]

    assert answers == [404, 404, 404]


# Withdrawing


def test_asking_to_delete_asks_back_first(client: Client) -> None:
    question = submit_question()

    page = client.get(ticket_address(question, "withdraw"))
    unsure = act_on(client, question, "withdraw")

    question.refresh_from_db()
    assert (page.status_code, unsure.status_code, question.status) == (200, 400, Status.SUBMITTED)


def test_a_withdrawn_question_leaves_no_word(client: Client) -> None:
    question = submit_question(body="A body that only I know.", email="someone@example.org")
    act_on(client, question, "add", body="More that only I know.")

    response = act_on(client, question, "withdraw", is_sure="on")

    page = client.get(response["Location"]).content.decode()
    question.refresh_from_db()
    assert (response.status_code, question.status, SealedText.objects.count()) == (303, Status.WITHDRAWN, 0)
    assert (question.title, question.body, FollowUp.objects.get().body) == ("", "", "")
    assert "Your words have been erased." in page
    assert "only I know" not in page
    assert "<form" not in page.partition("<main")[2].partition("</main>")[0]


def test_withdrawing_twice_is_no_mistake(client: Client) -> None:
    question = submit_question()
    form = act_form(question, "withdraw", is_sure="on")

    answers = [act_on(client, question, "withdraw", **form).status_code for _click in range(2)]

    assert (answers, acts_of(question).count("withdraw")) == ([303, 303], 1)


@pytest.mark.parametrize("act", ["add", "follow-up", "hide", "private"])
def test_nothing_more_is_done_with_a_withdrawn_question(client: Client, act: str) -> None:
    question = make_question(Status.WITHDRAWN)

    response = act_on(client, question, act, body="More words.", phrases="More")

    assert (response.status_code, FollowUp.objects.count()) == (409, 0)


# Guards


@pytest.mark.parametrize("act", ["add", "follow-up", "hide", "private", "renew", "rotate", "withdraw"])
def test_every_act_needs_a_key_of_its_own_question_and_form(client: Client, act: str) -> None:
    question, other = make_question(Status.ANSWERED), submit_question()
    before = acts_of(question)
    fields = {"body": "More words.", "phrases": "Words", "is_sure": "on"}
    keys = ["", act_form(other, act)["form_key"], new_key("ask"), act_form(question, "x")["form_key"]]

    answers = [act_on(client, question, act, **fields, form_key=key).status_code for key in keys]

    assert (answers, acts_of(question)) == ([400] * 4, before)


@pytest.mark.parametrize(
    ("origin", "status"), [("https://evil.example", 400), ("null", 303), ("http://testserver", 303)]
)
def test_an_act_is_not_sent_by_another_site(client: Client, origin: str, status: int) -> None:
    question = submit_question()
    form = act_form(question, "add", body="More words.")

    response = client.post(ticket_address(question, "add"), form, headers={"Origin": origin})

    assert response.status_code == status


@pytest.mark.parametrize("act", ["add", "follow-up", "hide", "private", "renew", "rotate"])
def test_an_act_asked_for_without_a_form_shows_the_ticket(client: Client, act: str) -> None:
    question = submit_question()

    response = client.get(ticket_address(question, act))

    assert (response.status_code, response["Location"]) == (303, ticket_address(question))
