"""Public threads out of the house, in the format that `reading` takes."""

import datetime as dt
from collections.abc import Iterator
from typing import Any, Final

from django.db.models import Prefetch, prefetch_related_objects

from faq.models import Answer, FollowUp, Question, Topic
from faq.models.thread import Thread
from people.languages import in_language
from people.models import Department

CHUNK: Final = 500
OWN_SOURCE: Final = "wenyi"


def public_threads() -> Iterator[dict[str, Any]]:
    """Yield every public thread as one JSON object, in the order of their numbers."""
    last = 0
    while chunk := _next_chunk(last):
        last = chunk[-1].pk
        topics = _topics_of(chunk)
        for question in chunk:
            yield _thread(question, topics)


def _next_chunk(last: int) -> list[Question]:
    chunk = list(
        Question.objects.published()
        .filter(pk__gt=last)
        .select_related("department", "more_info__author", "translation_of")
        .order_by("pk")[:CHUNK]
    )
    answers = Answer.objects.published().select_related("physician", "department", "points_to")
    prefetch_related_objects(
        chunk,
        Prefetch("answers", answers.prefetch_related("corrections"), to_attr="public_answers"),
        Prefetch("follow_ups", FollowUp.objects.published(), to_attr="public_follow_ups"),
        "concepts",
        "variants",
    )
    return chunk


def _topics_of(chunk: list[Question]) -> set[tuple[int, int, str]]:
    departments = {question.department_id for question in chunk}
    rows = Topic.objects.published().filter(department__in=departments)
    return set(rows.values_list("concept_id", "department_id", "language"))


def _thread(question: Question, topics: set[tuple[int, int, str]]) -> dict[str, Any]:
    concepts = sorted(question.concepts.all(), key=lambda concept: concept.slug)
    named = [_named(concept, question.language) for concept in concepts]
    has_topic = [(concept.pk, question.department_id, question.language) in topics for concept in concepts]
    fetched: Any = question  # the prefetch put its lists on the row
    follow_ups: list[FollowUp] = fetched.public_follow_ups
    thread = {
        "id": _number(question),
        "source": question.source or OWN_SOURCE,
        "language": question.language,
        "department": _department_name(question.department, question.language),
        "department_names": [question.department.name_en, question.department.name_zh_hant],
        "title": question.title,
        "editorial_title": question.editorial_title,
        "question": question.body,
        "format": question.body_format,
        "asker": {
            "nickname": question.nickname,
            "age_band": question.age_band,
            "sex": question.sex,
            "for_whom": question.for_whom,
        },
        "asked_on": _day(question.asked_on),
        "status": question.status,
        "replies": [_reply(answer, question, follow_ups) for answer in fetched.public_answers],
        "follow_ups": [_follow_up(follow_up) for follow_up in follow_ups],
        "more_info": _more_info(question),
        "tags": [name for name, topic in zip(named, has_topic, strict=True) if not topic],
        "topics": [name for name, topic in zip(named, has_topic, strict=True) if topic],
        "concepts": [
            {"name_en": concept.name_en, "name_zh_hant": concept.name_zh_hant, "kind": concept.kind}
            for concept in concepts
            if not concept.is_proposal
        ],
        "views": question.views,
        "url": question.old_url,
        "variants": [_number(variant) for variant in question.variants.all()],
        "translation_of": _number(question.translation_of) if question.translation_of else None,
    }
    # The unknown fields of another archive stay in the house: no guard has read them.
    return {key: value for key, value in thread.items() if value not in (None, "", [], {})}


def _reply(answer: Answer, question: Question, follow_ups: list[FollowUp]) -> dict[str, Any]:
    places = {follow_up.pk: place for place, follow_up in enumerate(follow_ups)}
    reply = {
        "physician": answer.physician_name,
        "physician_romanised": answer.physician.name_romanised if answer.physician else "",
        "title_en": answer.title_en,
        "title_zh_hant": answer.title_zh_hant,
        "hospital_en": answer.hospital_en,
        "hospital_zh_hant": answer.hospital_zh_hant,
        "department": _department_name(answer.department, question.language) if answer.department else "",
        "text": answer.body,
        "format": answer.format,
        "replied_on": _day(answer.replied_on),
        "outcome": answer.outcome,
        "referred_to": answer.referred_to,
        "care_level": answer.care_level,
        "parts": answer.settles,
        "reviewed_on": _day(answer.reviewed_on),
        "next_review_on": _day(answer.next_review_on),
        "outdated_on": _day(answer.outdated_on),
        "outdated_note": answer.outdated_note,
        "follow_up": places.get(answer.follow_up_id) if answer.follow_up_id else None,
        "points_to": _number(answer.points_to) if answer.points_to else "",
        "corrections": [
            {"old_text": row.old_body, "notice": row.notice, "corrected_on": _day(row.corrected_on)}
            for row in answer.corrections.all()
        ],
    }
    return {key: value for key, value in reply.items() if value not in (None, "", [])}


def _follow_up(follow_up: FollowUp) -> dict[str, Any]:
    row = {
        "kind": follow_up.kind,
        "text": follow_up.body,
        "prompt": follow_up.prompt,
        "asked_on": _day(follow_up.asked_on),
    }
    return {key: value for key, value in row.items() if value}


def _more_info(question: Question) -> dict[str, Any] | None:
    info = getattr(question, "more_info", None)
    if info is None or not info.is_public:
        return None
    row = {
        "text": info.body,
        "format": info.format,
        "provenance": info.provenance,
        # As the page says it.
        "author": info.author_name or (str(info.author) if info.author else ""),
        "reviewed_by": info.reviewed_by,
        "reviewed_on": _day(info.reviewed_on),
        "next_review_on": _day(info.next_review_on),
        "outdated_on": _day(info.outdated_on),
        "outdated_note": info.outdated_note,
        "corrections": info.corrections,
        "sources": info.sources.splitlines(),
    }
    return {key: value for key, value in row.items() if value}


def _department_name(department: Department, language: str) -> str:
    return in_language(language, en=department.name_en, zh_hant=department.name_zh_hant)


def _named(concept: Any, language: str) -> str:
    return in_language(language, en=concept.name_en, zh_hant=concept.name_zh_hant)


def _number(question: Thread) -> str:
    return question.external_id or str(question.pk)


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
