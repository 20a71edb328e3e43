"""Questions, topics and concepts in the words of schema.org: public text and signed answers, never the supplement."""

from collections.abc import Iterable
from typing import Any, Final

from django.conf import settings

from faq.concept_page import concept_address
from faq.models import Answer, Question, Topic
from faq.thread_page import ThreadPage
from people.linked_data import house, medical_page, moment, person, subject, whole
from search.models import Concept
from text.linked_data import Thing
from text.opening import opening
from text.render import to_plain

DESCRIPTION: Final = 155
"""About what search engines show, in narrow characters."""


def description_of(question: Question) -> str:
    """What the page of a question says of itself: how the answer begins, or the question where nobody answered."""
    return opening(question.answer_teaser or question.teaser, DESCRIPTION)


def question_things(question: Question, thread: ThreadPage) -> list[Thing]:
    """The page of a question; with QA_PAGES also as question and answers, where a physician signed one."""
    answers = [reply.answer for reply in thread.replies]
    page = medical_page(
        question.get_absolute_url(),
        question.called,
        description_of(question),
        question.html_lang,
        about=[subject(concept) for concept in thread.concepts],
        datePublished=moment(question.published_at),
        dateModified=moment(question.changed_at),
        author=next((_author(answer) for answer in answers), {}),
        **_review(answers),
    )
    return [page, *([_asked(question, answers)] if _may_be_asked(question, answers) else [])]


def topic_things(topic: Topic, description: str) -> list[Thing]:
    """The page of a topic, with who reviewed its introduction."""
    review: dict[str, Any] = {}
    if topic.introduction and topic.reviewed_on:
        review = {"lastReviewed": topic.reviewed_on.isoformat(), "reviewedBy": person(topic.reviewed_by)}
    about = [subject(topic.concept)]
    return [medical_page(topic.get_absolute_url(), str(topic), description, topic.html_lang, about=about, **review)]


def concept_things(concept: Concept, language: str) -> list[Thing]:
    """The page of a concept."""
    about = [subject(concept)]
    return [medical_page(concept_address(concept), concept.label, "", language, about=about)]


def _author(answer: Answer) -> Thing:
    return person(answer.physician, answer.physician_name)


def _review(answers: list[Answer]) -> dict[str, Any]:
    """When somebody of the house last looked at the answers; who that was is nobody's business."""
    days = [answer.reviewed_on for answer in answers if answer.reviewed_on]
    return {"lastReviewed": max(days).isoformat(), "reviewedBy": house()} if days else {}


def _may_be_asked(question: Question, answers: Iterable[Answer]) -> bool:
    """Search engines want such pages where people ask: not where the house has translated what somebody asked."""
    if not settings.QA_PAGES or question.translation_of_id is not None:
        return False
    return any(answer.physician is not None and _words(answer) for answer in answers)


def _asked(question: Question, answers: list[Answer]) -> Thing:
    signed = [_answered(question, answer) for answer in answers if answer.physician is not None and _words(answer)]
    asked = {
        "@type": "Question",
        "name": question.called,
        "text": question.body,
        "datePublished": moment(question.asked_on),
        "answerCount": len(signed),
        "acceptedAnswer": signed[0],
        "suggestedAnswer": signed[1:],
    }
    return {"@type": "QAPage", "inLanguage": question.html_lang, "mainEntity": asked}


def _answered(question: Question, answer: Answer) -> Thing:
    return {
        "@type": "Answer",
        "text": _words(answer),
        "url": whole(f"{question.get_absolute_url()}#answer-{answer.pk}"),
        "datePublished": moment(answer.replied_on or answer.created_at),
        "author": _author(answer),
    }


def _words(answer: Answer) -> str:
    return to_plain(answer.body, answer.format).strip()
