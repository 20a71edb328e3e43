"""What must hold before a question becomes public; each condition is in the UPDATE itself."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from faq.models import Question
from faq.states import InvalidMove, Status
from tests.factories import (
    make_answer,
    make_concept,
    make_finding,
    make_question,
    make_user,
)

pytestmark = pytest.mark.django_db


def _ready(**fields: Any) -> Question:
    return make_question(Status.ANSWERED, concepts=[make_concept()], **fields)


def _private(question: Question) -> None:
    Question.objects.filter(pk=question.pk).update(wants_public=False)


def _tomorrow(question: Question) -> None:
    Question.objects.filter(pk=question.pk).update(publish_after=timezone.now() + dt.timedelta(days=1))


def _hidden_original(question: Question) -> None:
    original = make_question(Status.ANSWERED)
    Question.objects.filter(pk=question.pk).update(translation_of=original)


def _untagged(question: Question) -> None:
    question.tagged.all().delete()


def _unread(question: Question) -> None:
    make_answer(question, needs_confirmation=True)


def _unanswered(question: Question) -> None:
    question.answers.all().delete()


def _suspicious(question: Question) -> None:
    make_finding(question)


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (_suspicious, "Decide the findings first."),
        (_untagged, "Tag the question first."),
        (_unanswered, "The question has no answer yet."),
        (_unread, "The second reading is not done."),
        (_tomorrow, "Its date of publication has not come."),
        (_private, "The asker wants an answer only for themselves."),
        (_hidden_original, "The original of this translation is not public."),
    ],
)
def test_one_missing_condition_keeps_a_question_hidden_and_is_said(
    spoil: Callable[[Question], None], sentence: str
) -> None:
    question = _ready()
    spoil(question)

    with pytest.raises(InvalidMove) as refused:
        Question.objects.get(pk=question.pk).publish(by=make_user(role="moderator"))

    assert refused.value.conditions == [sentence]
    assert Question.objects.get(pk=question.pk).status == Status.ANSWERED


def test_with_every_condition_met_it_is_public() -> None:
    question = _ready()

    question.publish(by=make_user(role="moderator"))

    assert Question.objects.get(pk=question.pk).is_public


@pytest.mark.parametrize(
    "columns",
    [
        {"status": "published", "published_at": None},
        {"status": "published", "title": ""},
        {"status": "published", "wants_public": False},
        {"status": "merged"},
        {"status": "nowhere"},
        {"status": "withdrawn"},
        {"language": "de"},
    ],
)
def test_the_database_itself_refuses_what_must_never_be(columns: dict[str, object]) -> None:
    question = _ready()
    question.publish(by=make_user(role="moderator"))

    with pytest.raises(IntegrityError), transaction.atomic():
        Question.objects.filter(pk=question.pk).update(**columns)


def test_unpublishing_an_original_takes_its_translation_along() -> None:
    moderator = make_user(role="moderator")
    original = make_question(Status.PUBLISHED, concepts=[make_concept()])
    translation = make_question(Status.PUBLISHED, language="zh-hant", translation_of=original)

    original.unpublish(by=moderator, reason="The physician asked for it.")

    assert Question.objects.get(pk=translation.pk).status == Status.ANSWERED
