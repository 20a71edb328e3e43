"""The second pass over an archive: guard what was loaded, publish what is clean, leave the rest to the moderators.

It can stop anywhere and go on: what is still IMPORTED and unguarded is what is left to do.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from faq.models import Answer, Finding, FollowUp, Question, TaggedQuestion
from faq.models.bulk import publish_archive
from faq.models.redacting import TEXT_FIELDS, hits_in
from faq.neighbours import renew_many
from search.changes import changing

CHUNK: Final = 200


@dataclass
class Passed:
    """What the pass did: published, and left to the moderators (findings, or no answer)."""

    published: int = 0
    held: int = 0


def second_pass(progress: Callable[[int], object] = lambda _count: None) -> Passed:
    """Guard and publish everything imported; `progress` hears how many threads each chunk had."""
    passed, last = Passed(), 0
    while chunk := _next_chunk(last):
        last = chunk[-1].pk
        with changing():
            clean = _clean(chunk)
            passed.published += publish_archive(clean)
            tagged = TaggedQuestion.objects.filter(content_object__in=clean)
            if numbers := sorted(set(tagged.values_list("content_object_id", flat=True))):
                renew_many.enqueue(numbers)
        passed.held += len(chunk) - len(clean)
        progress(len(chunk))
    _join_translations()
    _join_answers()
    return passed


def waiting() -> int:
    """Return how many threads the pass would look at."""
    return Question.objects.from_archive().count()


def _next_chunk(last: int) -> list[Question]:
    return list(
        Question.objects.from_archive().filter(pk__gt=last).select_related("department").order_by("pk")[:CHUNK]
    )


def _clean(chunk: list[Question]) -> list[Question]:
    """Write the findings of those not guarded before; return those that have an answer and nothing undecided."""
    numbers = [question.pk for question in chunk]
    guarded = set(Finding.objects.filter(question__in=numbers).values_list("question_id", flat=True))
    answers: dict[int, list[Answer]] = {}
    for answer in Answer.objects.filter(question__in=numbers).only("question_id", "body"):
        answers.setdefault(answer.question_id, []).append(answer)
    follow_ups: dict[int, list[FollowUp]] = {}
    for follow_up in FollowUp.objects.filter(question__in=numbers).only("question_id", "body"):
        follow_ups.setdefault(follow_up.question_id, []).append(follow_up)
    for question in chunk:
        if question.pk not in guarded:
            _guard(question, answers.get(question.pk, []), follow_ups.get(question.pk, []))
    undecided = set(Finding.objects.undecided().filter(question__in=numbers).values_list("question_id", flat=True))
    return [question for question in chunk if question.pk in answers and question.pk not in undecided]


def _guard(question: Question, answers: list[Answer], follow_ups: list[FollowUp]) -> None:
    texts: list[tuple[str, FollowUp | None, str]] = [(name, None, getattr(question, name)) for name in TEXT_FIELDS]
    texts += [(f"answer:{answer.pk}", None, answer.body) for answer in answers]
    texts += [("body", follow_up, follow_up.body) for follow_up in follow_ups]
    Finding.objects.bulk_create(
        Finding(
            question=question,
            follow_up=follow_up,
            basis=Finding.Basis.PUBLIC,
            field=name,
            kind=hit.kind,
            start=hit.start,
            end=hit.end,
        )
        for name, follow_up, text in texts
        for hit in hits_in(text)
    )


def _join_translations() -> None:
    """Point translations to their originals, now that both are loaded."""
    loose = Question.objects.filter(translation_of__isnull=True, extra__has_key="translation_of")
    for question in loose.iterator():
        number = question.extra.pop("translation_of")
        original = Question.objects.filter(source=question.source, external_id=number).first()
        if original is not None:
            Question.objects.filter(pk=question.pk).update(translation_of=original, extra=question.extra)


def _join_answers() -> None:
    """Point answers that name another thread to it, now that both are loaded."""
    loose = Answer.objects.filter(points_to__isnull=True, extra__has_key="points_to").select_related("question")
    for answer in loose.iterator():
        number = answer.extra.pop("points_to")
        target = Question.objects.filter(source=answer.question.source, external_id=number).first()
        if target is not None:
            Answer.objects.filter(pk=answer.pk).update(points_to=target, extra=answer.extra)
