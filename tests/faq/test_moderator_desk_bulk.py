"""Many questions at once: the same act on each, each row says what came of it, and nothing is done unseen."""

from typing import Any

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from faq.admin import moderator_bulk
from faq.models import Question, QuestionEvent
from faq.states import Status
from tests.factories import make_concept, make_finding, make_question, make_user
from tests.faq.moderating import client_of, moderator_client, stored

pytestmark = pytest.mark.django_db

LIST = "admin:faq_question_changelist"


def act(client: Client, name: str, questions: list[Question], **typed: Any) -> Any:
    chosen = [question.pk for question in questions]
    return client.post(reverse("admin:faq_moderator_bulk"), {"act": name, ACTION_CHECKBOX_NAME: chosen, **typed})


def outcomes_of(response: Any) -> dict[Question, list[str]]:
    return {outcome.question: outcome.sentences for outcome in response.context["outcomes"]}


def test_each_row_says_whether_it_was_done_or_why_not() -> None:
    good, found, late = make_question(), make_question(), make_question(Status.REJECTED)
    make_finding(found)

    response = act(moderator_client(), "accept", [good, found, late])

    assert outcomes_of(response) == {
        good: [],
        found: ["Decide the findings first."],
        late: ["This is not possible any more: the question is now “declined”."],
    }
    assert [stored(each).status for each in (good, found, late)] == [
        Status.ACCEPTED,
        Status.SUBMITTED,
        Status.REJECTED,
    ]


def test_every_act_is_an_event_of_who_did_it() -> None:
    moderator = make_user(role="moderator")
    questions = [make_question(), make_question()]

    act(client_of(moderator), "accept", questions)

    events = QuestionEvent.objects.filter(act="accept").values_list("question", "actor")
    assert set(events) == {(question.pk, moderator.pk) for question in questions}


def test_declining_asks_for_the_reason_first() -> None:
    question = make_question()

    response = act(moderator_client(), "decline", [question])

    assert (response.context["form"].errors, response.context["questions"]) == ({}, [question])
    assert stored(question).status == Status.SUBMITTED


def test_declining_without_a_reason_is_asked_back_with_the_note_kept() -> None:
    response = act(moderator_client(), "decline", [make_question()], is_answered="1", note="Dear asker")

    assert response.context["form"].errors == {"reason": ["Choose a reason."]}
    assert response.context["form"]["note"].value() == "Dear asker"


def test_all_are_declined_with_the_reason() -> None:
    questions = [make_question(), make_question(Status.ACCEPTED)]

    act(moderator_client(), "decline", questions, is_answered="1", reason="spam", note="No advertisements")

    events = QuestionEvent.objects.filter(act="decline").values_list("reason", "note")
    assert list(events) == [("spam", "No advertisements")] * 2


def test_publishing_orders_the_neighbours_of_each() -> None:
    concept = make_concept()
    tagged, untagged = make_question(Status.ANSWERED, concepts=[concept]), make_question(Status.ANSWERED)

    response = act(moderator_client(), "publish", [tagged, untagged])

    assert outcomes_of(response) == {tagged: [], untagged: ["Tag the question first."]}
    assert [task.args_kwargs["args"] for task in DBTaskResult.objects.all()] == [[tagged.pk]]


def test_taking_out_of_the_public_needs_a_reason_for_all() -> None:
    question = make_question(Status.PUBLISHED)
    client = moderator_client()

    asked = act(client, "unpublish", [question], is_answered="1", why=" ")
    act(client, "unpublish", [question], is_answered="1", why="Outdated")

    assert asked.context["form"].errors == {"why": ["Say why it goes."]}
    assert stored(question).status == Status.ANSWERED


def test_more_than_the_bound_is_refused_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moderator_bulk, "MOST", 2)
    questions = [make_question() for _number in range(3)]

    response = act(moderator_client(), "accept", questions)

    assert response.status_code == 302
    assert {stored(question).status for question in questions} == {Status.SUBMITTED}


def test_two_hundred_are_done_in_chunks() -> None:
    questions = [make_question() for _number in range(moderator_bulk.CHUNK + 3)]

    response = act(moderator_client(), "accept", questions)

    assert response.context["done"] == len(questions)


@pytest.mark.parametrize("chosen", [["x"], ["9" * 30], ["-1"], ["999999"]])
def test_a_question_that_there_is_not_stops_everything(chosen: list[str]) -> None:
    question = make_question()

    response = moderator_client().post(
        reverse("admin:faq_moderator_bulk"), {"act": "accept", ACTION_CHECKBOX_NAME: [question.pk, *chosen]}
    )

    assert (response.status_code, stored(question).status) == (404, Status.SUBMITTED)


@pytest.mark.parametrize("name", ["", "withdraw", "merge"])
def test_an_act_that_there_is_not_is_404(name: str) -> None:
    assert act(moderator_client(), name, [make_question()]).status_code == 404


def test_nothing_chosen_leads_back_with_a_sentence() -> None:
    response = moderator_client().post(reverse("admin:faq_moderator_bulk"), {"act": "accept"}, follow=True)

    assert [str(message) for message in response.context["messages"]] == ["Choose questions first."]


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_the_way_back_stays_on_the_site(back: str) -> None:
    response = act(moderator_client(), "accept", [make_question()], back=back)

    assert response.context["back"] == reverse("admin:faq_moderator_desk")


@pytest.mark.parametrize("name", ["accept", "decline", "publish", "unpublish"])
def test_the_list_of_all_questions_has_the_same_acts(name: str) -> None:
    question = make_question()

    response = moderator_client().post(
        reverse(LIST), {"action": f"{name}_questions", ACTION_CHECKBOX_NAME: [question.pk]}
    )

    shown = response.context.get("outcomes") or response.context["questions"]
    assert (response.status_code, len(shown)) == (200, 1)


def test_choosing_everything_on_the_list_is_bounded_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("faq.admin.question.MOST", 1)
    monkeypatch.setattr(moderator_bulk, "MOST", 1)
    questions = [make_question(), make_question()]

    moderator_client().post(
        reverse(LIST),
        {"action": "accept_questions", "select_across": "1", ACTION_CHECKBOX_NAME: [questions[0].pk]},
    )

    assert {stored(question).status for question in questions} == {Status.SUBMITTED}
