"""What a moderator decides: every move by its button, with what is missing said, and undone."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from faq.choices import DeclineReason
from faq.models import FollowUp, Question, QuestionEvent
from faq.states import Status
from tests.factories import (
    make_concept,
    make_finding,
    make_follow_up,
    make_question,
    make_user,
    submit_question,
)
from tests.faq.moderating import client_of, item, moderator_client, opened, press, stored

pytestmark = pytest.mark.django_db

PHONE = "0912-345-678"


def with_phone(**fields: Any) -> Question:
    return submit_question(title="Lupus", body=f"Joint pain.\nCall {PHONE} please.", **fields)


def renewed() -> list[int]:
    """The questions whose neighbours were ordered."""
    tasks = DBTaskResult.objects.filter(task_path="faq.neighbours.renew").order_by("enqueued_at")
    return [task.args_kwargs["args"][0] for task in tasks]


def test_accepting_with_an_undecided_finding_says_what_is_missing_and_keeps_what_was_saved() -> None:
    question = with_phone()

    page = press(moderator_client(), question, "accept_next", editorial_title="Typed", note="A note")

    assert page.context["sentences"] == ["Decide the findings first."]
    assert (page.context["is_saved"], stored(question).editorial_title) == (True, "Typed")
    assert page.context["form"]["note"].value() == "A note"
    assert stored(question).status == Status.SUBMITTED


def test_accepting_goes_to_the_next_question_and_holds_it() -> None:
    first, second = make_question(), make_question()
    moderator = make_user(role="moderator")

    response = press(client_of(moderator), first, "accept_next")

    assert (response["Location"], stored(first).status) == (item(second), Status.ACCEPTED)
    assert stored(second).held_by == moderator


def test_accepting_the_last_one_leads_to_the_desk() -> None:
    response = press(moderator_client(), make_question(), "accept_next")

    assert response["Location"] == f"{reverse('admin:faq_moderator_desk')}?queue=new"


def test_what_somebody_else_has_moved_is_not_moved_again() -> None:
    question = make_question()
    client = moderator_client()
    page = opened(client, question)
    question.decline(by=make_user(role="moderator"), reason=DeclineReason.SPAM)

    again = press(client, question, "accept", page)

    assert again.context["sentences"] == ["This is not possible any more: the question is now “declined”."]


def test_declining_needs_a_reason_and_keeps_the_note() -> None:
    question = make_question()

    page = press(moderator_client(), question, "decline_next", note="Dear asker")

    assert page.context["form"].errors == {"reason": ["Choose a reason."]}
    assert page.context["form"]["note"].value() == "Dear asker"


@pytest.mark.parametrize("reason", [value for value in DeclineReason.values if value != DeclineReason.DUPLICATE])
def test_a_question_is_declined_with_a_reason_and_a_note_that_the_asker_reads(reason: str) -> None:
    question = make_question()

    press(moderator_client(), question, "decline", reason=reason, note="Dear asker")

    event = QuestionEvent.objects.filter(question=question).last()
    assert event is not None
    assert (stored(question).status, event.reason, event.note) == (Status.REJECTED, reason, "Dear asker")


def test_a_duplicate_names_the_other_question() -> None:
    other, question = make_question(Status.PUBLISHED), make_question()

    press(moderator_client(), question, "decline", reason=DeclineReason.DUPLICATE, note=f"#{other.pk} says it all")

    assert stored(question).status == Status.REJECTED


def test_a_duplicate_of_nothing_is_refused_at_the_field() -> None:
    question = make_question()
    declined = make_question(Status.REJECTED)
    client = moderator_client()
    page = opened(client, question)

    notes = ["", "see above", "999999", str(question.pk), str(declined.pk), "9" * 40]
    pages = [press(client, question, "decline", page, reason="duplicate", note=note) for note in notes]

    sentence = "Begin the note with the number of the question that answers this one."
    assert [again.context["form"].errors for again in pages] == [{"note": [sentence]}] * len(notes)


def test_publishing_says_everything_that_is_missing() -> None:
    question = make_question(Status.ANSWERED, wants_public=False)
    make_finding(question)

    page = press(moderator_client(), question, "publish")

    assert page.context["sentences"] == [
        "Decide the findings first.",
        "Tag the question first.",
        "The asker wants an answer only for themselves.",
    ]


def test_tagging_and_publishing_are_one_button() -> None:
    question, lupus = make_question(Status.ANSWERED), make_concept("lupus")

    press(moderator_client(), question, "publish", tags=[lupus.pk])

    assert stored(question).status == Status.PUBLISHED
    assert renewed() == [question.pk]


def test_taking_out_of_the_public_needs_a_reason() -> None:
    question = make_question(Status.PUBLISHED)
    client = moderator_client()

    page = press(client, question, "unpublish")
    press(client, question, "unpublish", why="A wrong dose")

    event = question.events.last()
    assert event is not None
    assert page.context["form"].errors == {"why": ["Say why it goes."]}
    assert (stored(question).status, event.note, renewed()) == (Status.ANSWERED, "A wrong dose", [question.pk])


@pytest.mark.parametrize(
    ("before", "act", "after"),
    [
        (Status.PUBLISHED, "close", Status.CLOSED),
        (Status.CLOSED, "reopen", Status.PUBLISHED),
        (Status.REJECTED, "restore", Status.SUBMITTED),
        (Status.ANSWERED, "send_back", Status.ACCEPTED),
    ],
)
def test_the_other_moves_have_their_buttons(before: Status, act: str, after: Status) -> None:
    question = make_question(before)
    client = moderator_client()
    buttons = client.get(item(question)).content.decode()

    press(client, question, act, why="Please name the dose")

    assert f'value="{act}"' in buttons
    assert stored(question).status == after


@pytest.mark.parametrize("status", list(Status))
def test_only_the_buttons_of_possible_moves_are_there(status: Status) -> None:
    page = moderator_client().get(item(make_question(status))).content.decode()

    offered = {act for act in ("accept", "decline", "publish", "unpublish", "send_back") if f'value="{act}"' in page}

    expected = {
        Status.SUBMITTED: {"accept", "decline"},
        Status.ACCEPTED: {"decline"},
        Status.NEEDS_INFO: {"decline"},
        Status.ANSWERED: {"publish", "send_back"},
        Status.PUBLISHED: {"unpublish"},
        Status.CLOSED: {"unpublish"},
        Status.IMPORTED: {"publish"},
    }
    assert offered == expected.get(status, set())


def test_a_follow_up_is_passed_on_once_its_findings_are_decided() -> None:
    question = make_question(Status.PUBLISHED)
    follow_up = make_follow_up(question, is_accepted=False)
    finding = make_finding(question, follow_up=follow_up)
    client = moderator_client()

    page = press(client, question, f"pass_on:{follow_up.pk}")
    press(client, question, f"hide:{finding.pk}")
    press(client, question, f"pass_on:{follow_up.pk}")

    assert page.context["sentences"] == ["Decide the findings first."]
    now = FollowUp.objects.get()
    assert (now.is_accepted, now.is_public) == (True, True)


def test_my_last_act_is_undone_from_the_next_question_s_page() -> None:
    first, second = make_question(), make_question()
    client = moderator_client()
    press(client, first, "accept_next")
    page = client.get(item(second))

    response = press(client, second, f"undo:{first.pk}")

    assert page.context["last_act"].question == first
    assert (response["Location"], stored(first).status) == (item(first), Status.SUBMITTED)


def test_an_act_cannot_be_undone_after_ten_minutes() -> None:
    question = make_question()
    client = moderator_client()
    press(client, question, "accept")
    QuestionEvent.objects.filter(act="accept").update(created_at=timezone.now() - dt.timedelta(minutes=11))

    page = press(client, question, "undo")

    assert page.context["sentences"] == ["Only your own last act can be undone, within ten minutes."]


def test_undoing_a_publication_orders_the_neighbours_anew() -> None:
    question = make_question(Status.ANSWERED, concepts=[make_concept()])
    client = moderator_client()
    press(client, question, "publish")

    press(client, question, "undo")

    assert (stored(question).status, renewed()) == (Status.ANSWERED, [question.pk, question.pk])


def test_a_withdrawn_question_is_read_only() -> None:
    question = make_question()
    client = moderator_client()
    page = opened(client, question)
    question.withdraw()

    again = press(client, question, "accept_next", page, body="Words of mine", new_tags="lupus")
    empty = client.get(item(question))

    now = stored(question)
    assert (again.status_code, empty.status_code) == (200, 200)
    assert (now.status, now.body, now.tagged.count()) == (Status.WITHDRAWN, "", 0)
