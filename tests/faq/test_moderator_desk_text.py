"""What a moderator types on the page of a question: saved by verbs, refused with a sentence, never lost."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from faq.models import Finding, Question
from faq.states import Status
from tests.factories import (
    make_department,
    make_question,
    submit_question,
)
from tests.faq.moderating import acts_of, item, moderator_client, opened, press, stored

pytestmark = pytest.mark.django_db

PHONE = "0912-345-678"


def with_phone(**fields: Any) -> Question:
    return submit_question(title="Lupus", body=f"Joint pain.\nCall {PHONE} please.", **fields)


def test_saving_an_untouched_page_changes_nothing() -> None:
    question = with_phone()
    before = Question.objects.values().get()

    press(moderator_client(), question, "save")

    assert (Question.objects.values().get(), acts_of(question)) == (before, ["submit"])


def test_an_edited_text_becomes_the_moderator_s_revision_and_is_guarded_again() -> None:
    question = with_phone()

    press(moderator_client(), question, "save", body=f"Joint pain. My number is {PHONE}.")

    now = stored(question)
    assert (now.body, now.is_revised, acts_of(question)) == (
        f"Joint pain. My number is {PHONE}.",
        True,
        ["submit", "revise"],
    )
    undecided = Finding.objects.undecided().get()
    assert (undecided.basis, now.body[undecided.start : undecided.end]) == (Finding.Basis.PUBLIC, PHONE)


def test_what_was_allowed_stays_allowed_through_several_revisions() -> None:
    question = with_phone()
    client = moderator_client()
    press(client, question, "save", body=f"Call {PHONE}.")
    press(client, question, f"show:{Finding.objects.undecided().get().pk}")

    press(client, question, "save", body=f"Please call {PHONE}.")
    press(client, question, "save", body=f"Please do call {PHONE}.")

    assert Finding.objects.undecided().count() == 0


def test_a_public_text_takes_no_personal_data() -> None:
    question = make_question(Status.PUBLISHED)

    page = press(moderator_client(), question, "save", body=f"Call {PHONE}.")

    assert page.context["sentences"] == ["Take the personal data out of the text: it is public already."]
    assert page.context["form"]["body"].value() == f"Call {PHONE}."
    assert stored(question).body == question.body


def test_an_editorial_title_with_personal_data_is_refused_at_the_field() -> None:
    page = press(moderator_client(), make_question(), "save", editorial_title=f"Call {PHONE}")

    assert page.context["form"].errors.keys() == {"editorial_title"}


def test_the_editorial_title_department_urgency_and_time_are_saved_each_by_its_verb() -> None:
    question, department = make_question(), make_department()

    press(
        moderator_client(),
        question,
        "save",
        editorial_title="Lupus and sport",
        department=department.pk,
        urgency=2,
        publish_after="2031-05-01T08:30",
    )

    now = stored(question)
    assert (now.editorial_title, now.department, now.urgency) == ("Lupus and sport", department, 2)
    assert f"{timezone.localtime(now.publish_after):%Y-%m-%d %H:%M}" == "2031-05-01 08:30"
    assert acts_of(question) == ["submit", "retitle", "assign", "triage", "schedule"]


@pytest.mark.parametrize(
    "typed",
    [
        {"title": ""},
        {"body": " "},
        {"title": "x" * 201},
        {"nickname": "x" * 41},
        {"department": "999999"},
        {"department": "x"},
        {"urgency": "7"},
        {"publish_after": "tomorrow"},
        {"tags": ["999999"]},
        {"tags": ["x"]},
        {"new_tags": "x" * 101},
    ],
)
def test_bad_input_comes_back_with_a_sentence_at_the_field(typed: dict[str, Any]) -> None:
    question = make_question()

    page = press(moderator_client(), question, "accept", **typed)

    assert page.context["form"].errors.keys() == typed.keys()
    assert stored(question).status == Status.SUBMITTED


def test_a_button_that_there_is_not_is_404() -> None:
    client, question = moderator_client(), make_question()
    page = opened(client, question)

    codes = [press(client, question, act, page).status_code for act in ("explode", "hide:x", "withdraw", "accept:")]

    assert codes == [404, 404, 404, 302]


def test_a_question_that_there_is_not_is_404() -> None:
    assert moderator_client().get(reverse("admin:faq_moderator_question", args=[10**17])).status_code == 404


def test_every_status_has_its_page_in_both_languages() -> None:
    questions = [make_question(status, language=language) for status in Status for language in ("en", "zh-hant")]
    client = moderator_client()

    codes = {
        client.get(item(question), headers={"accept-language": language}).status_code
        for question in questions
        for language in ("en", "zh-hant")
    }

    assert codes == {200}


FIELDS = (
    *("title", "body", "nickname", "editorial_title", "department", "urgency", "publish_after", "tags", "new_tags"),
    *("phrases", "note", "reason", "why", "open_reason", "seen", "queue"),
)
WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60)
QUIET = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@settings(max_examples=25, deadline=None, suppress_health_check=QUIET)
@given(
    typed=st.dictionaries(st.sampled_from(FIELDS), WORDS),
    act=st.sampled_from(["save", "accept_next", "decline", "mark", "open", "skip", "undo"]),
)
def test_whatever_is_typed_the_page_answers(db: None, typed: dict[str, Any], act: str) -> None:
    question = make_question()
    client = moderator_client()

    response = press(client, question, act, **typed)

    assert response.status_code in {200, 302}
