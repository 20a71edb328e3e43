"""The second writer of a question's status: the archive's, many rows at once (DESIGN section 3)."""

from collections.abc import Collection, Iterable

from django.utils import timezone

from faq.models.answer import Answer
from faq.models.event import QuestionEvent
from faq.models.followup import FollowUp
from faq.models.publication import VARIANTS, answer_teaser_of, document_of, further_words
from faq.models.question import Question
from faq.models.tagged import TaggedQuestion
from faq.models.titling import COLUMNS, settle_titles
from faq.states import Status, Who
from search.changes import changing, put_documents
from search.models import Document


def publish_archive(questions: Iterable[Question]) -> int:
    """Publish imported threads that are clean, with their events, teasers and documents; returns how many.

    Those that another process took meanwhile are left out: the UPDATE asks for IMPORTED, and events are written for
    the rows that it changed only.
    """
    by_number = {question.pk: question for question in questions}
    now = timezone.now()
    with changing():
        locked = Question.objects.select_for_update().filter(pk__in=by_number, status=Status.IMPORTED).order_by("pk")
        taken = {row.pk: _target_of(row) for row in locked}
        for target in (Status.PUBLISHED, Status.CLOSED):
            rows = Question.objects.filter(pk__in=[pk for pk, status in taken.items() if status == target])
            rows.update(status=target, published_at=now, changed_at=now)
        FollowUp.objects.filter(question__in=taken).update(is_public=True)
        QuestionEvent.objects.bulk_create(
            QuestionEvent(question_id=pk, act="publish", from_status=Status.IMPORTED, to_status=target, who=Who.SYSTEM)
            for pk, target in taken.items()
        )
        _show([by_number[pk] for pk in taken])
    return len(taken)


def name_anew(questions: list[Question]) -> None:
    """Decide what public questions are called that were published before anybody asked, and how they begin."""
    for question in questions:
        question.derive()
    with changing():
        Question.objects.bulk_update(questions, ["stand_in_title", "teaser"])
        _show(questions)


def _target_of(question: Question) -> Status:
    """Return CLOSED for a thread that its own house had closed, else PUBLISHED."""
    return Status.CLOSED if question.extra.get("status") == Status.CLOSED else Status.PUBLISHED


def _show(questions: list[Question]) -> None:
    answers = _answers_of(questions)
    answered = [question for question in questions if question.pk in answers]
    for question in answered:
        first = answers[question.pk][0]
        question.answered_by = first.physician
        question.answer_teaser = answer_teaser_of(answers[question.pk])
    Question.objects.bulk_update(answered, ["answered_by", "answer_teaser"])
    settle_titles(questions)
    Question.objects.bulk_update(questions, COLUMNS)
    put_documents(documents_of(questions))
    known_now = {question.answered_by for question in answered if question.answered_by is not None}
    for physician in sorted(known_now, key=lambda physician: physician.pk):
        physician.renew_documents()


def documents_of(questions: Collection[Question]) -> list[Document]:
    """The public forms of public questions, with what stands on their pages, tags and variants: five queries."""
    answers = _answers_of(questions)
    numbers = [question.pk for question in questions]
    tags: dict[int, list[int]] = {}
    tagged = TaggedQuestion.objects.filter(content_object__in=numbers)
    for question_id, tag_id in tagged.values_list("content_object_id", "tag_id"):
        tags.setdefault(question_id, []).append(tag_id)
    variants: dict[int | None, list[str]] = {}
    for variant in Question.objects.filter(merged_into__in=numbers).listed_variants().order_by("pk"):
        variants.setdefault(variant.merged_into_id, []).append(variant.shown_title)
    further = further_words(numbers)
    return [
        document_of(
            each,
            answers.get(each.pk, []),
            tags=tags.get(each.pk, ()),
            variants=variants.get(each.pk, [])[:VARIANTS],
            further=further.get(each.pk, ()),
        )
        for each in questions
    ]


def _answers_of(questions: Collection[Question]) -> dict[int, list[Answer]]:
    answers: dict[int, list[Answer]] = {}
    for answer in Answer.objects.filter(question__in=questions).published().select_related("physician"):
        answers.setdefault(answer.question_id, []).append(answer)
    return answers
