"""What the page of a question shows, in five queries however long the thread is; six where it was asked otherwise."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import override

from faq.around import Neighbour, around
from faq.models import Answer, FollowUp, IntakeValue, Question, Topic
from faq.models.publication import VARIANTS
from search.models import Concept
from text.render import to_html


@dataclass(frozen=True)
class Correction:
    """What an answer said before, and the notice of what was corrected."""

    notice: str
    corrected_on: dt.date
    old_html: str


@dataclass
class Reply:
    """An answer with its corrections, and the follow-ups that were asked after it, each with its own reply."""

    answer: Answer
    corrections: list[Correction]
    follow_ups: list["FollowedUp"] = field(default_factory=list)


@dataclass(frozen=True)
class FollowedUp:
    """A follow-up of the asker and the physician's reply to it, if there is one."""

    words: FollowUp
    reply: Reply | None


@dataclass(frozen=True)
class ThreadPage:
    """Everything of a question's page that is not on its own row."""

    question: Question
    additions: list[FollowUp]
    replies: list[Reply]
    intake_values: list[IntakeValue]
    neighbours: list[Neighbour]
    topics: list[Topic]
    concepts: list[Concept]
    variants: list[Question]

    @property
    def is_stale(self) -> bool:
        """Whether search engines should leave it out: every answer is outdated, or its review long overdue."""
        answers = [reply.answer for reply in self.replies]
        return bool(answers) and all(answer.outdated_on or answer.is_long_overdue for answer in answers)


def question_for_page(pk: int) -> Question | None:
    """A question, in whatever state, with what its page shows of other rows and the key of its public twin."""
    root = Coalesce(OuterRef("translation_of_id"), OuterRef("pk"))
    family = Question.objects.published().filter(Q(pk=root) | Q(translation_of_id=root))
    twins = family.exclude(prefix=OuterRef("prefix")).order_by("pk")
    rows = Question.objects.select_related("department", "merged_into", "more_info__author", "surroundings").annotate(
        # A translation of which the original's public text changed later says so.
        is_behind=Q(translation_of__changed_at__gt=F("changed_at")),
        twin_pk=Subquery(twins.values("pk")[:1]),
        twin_slug=Subquery(twins.values("slug")[:1]),
        has_variants=Exists(Question.objects.listed_variants().filter(merged_into=OuterRef("pk"))),
    )
    found: Question | None = rows.filter(pk=pk).first()
    return found


def twin_address(question: Any) -> str:
    """The address of the public translation under the other prefix; empty where there is none."""
    if question.twin_pk is None:
        return ""
    with override(other_prefix(question.prefix)):
        return reverse("faq:question_detail", args=[question.twin_pk, question.twin_slug or "question"])


def other_prefix(prefix: str) -> str:
    """The address prefix of the site's other language."""
    return "zh-hant" if prefix == "en" else "en"


def thread_page(question: Question) -> ThreadPage:
    """Read what the page shows beside the question itself."""
    added = list(FollowUp.objects.filter(question=question).published().exclude(body="").order_by("pk"))
    after, before = _parted(added)
    values = IntakeValue.objects.filter(question=question, is_public=True).select_related("field")
    beside = around(question)
    return ThreadPage(
        question=question,
        additions=before,
        replies=replies_with(question, after),
        intake_values=list(values.order_by("field__order", "pk")),
        neighbours=beside.neighbours,
        topics=beside.topics,
        concepts=beside.concepts,
        variants=variants_of(question),
    )


def replies_with(question: Question, follow_ups: list[FollowUp]) -> list[Reply]:
    """The confirmed answers, and under them the follow-ups that were asked after each."""
    return _threaded(_replies(question), follow_ups)


def variants_of(question: Any) -> list[Question]:
    """The merged questions whose titles are listed on the page; no query where there is none."""
    if not question.has_variants:
        return []
    return list(Question.objects.listed_variants().filter(merged_into=question).order_by("pk")[:VARIANTS])


def _replies(question: Question) -> list[Reply]:
    """Answers joined with their corrections: a row a correction, so that both cost one query."""
    rows = (
        Answer.objects.filter(question=question)
        .published()
        .select_related("physician", "department", "points_to")
        .annotate(
            correction=F("corrections__pk"),
            correction_notice=F("corrections__notice"),
            correction_on=F("corrections__corrected_on"),
            correction_old=F("corrections__old_body"),
        )
        .order_by("position", "pk", "correction")
    )
    return [_reply(list(same)) for _pk, same in groupby(rows, key=attrgetter("pk"))]


def _reply(rows: list[Any]) -> Reply:
    corrections = [
        Correction(row.correction_notice, row.correction_on, to_html(row.correction_old, row.format))
        for row in rows
        if row.correction is not None
    ]
    return Reply(rows[0], corrections)


def _parted(added: Iterable[FollowUp]) -> tuple[list[FollowUp], list[FollowUp]]:
    """Follow-ups, which stand under an answer, and what was added before anybody had answered."""
    parts: dict[bool, list[FollowUp]] = {True: [], False: []}
    for words in added:
        parts[words.kind == FollowUp.Kind.FOLLOW_UP].append(words)
    return parts[True], parts[False]


def _threaded(replies: list[Reply], follow_ups: list[FollowUp]) -> list[Reply]:
    """Put each follow-up under the last answer that was there when it was asked, and its reply under it."""
    asked = {words.pk for words in follow_ups}
    own = [reply for reply in replies if reply.answer.follow_up_id not in asked]
    given = {reply.answer.follow_up_id: reply for reply in replies if reply.answer.follow_up_id in asked}
    for words in follow_ups:
        earlier = [reply for reply in own if _precedes(reply.answer, words)]
        for reply in earlier[-1:] or own[:1]:
            reply.follow_ups.append(FollowedUp(words, given.get(words.pk)))
    return own


def _precedes(answer: Answer, words: FollowUp) -> bool:
    """Whether the answer was there when the words were added: by their days, then by the order they came in."""
    if answer.replied_on and words.asked_on and answer.replied_on != words.asked_on:
        return answer.replied_on < words.asked_on
    return answer.created_at <= words.created_at
