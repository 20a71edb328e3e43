"""What the asker sees on the ticket: the stages, the own words beside the public ones, what came back."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.utils import timezone

from faq.choices import DeclineReason
from faq.models import Answer, FollowUp, IntakeValue, Question, QuestionEvent, SealedText, Ticket
from faq.stages import Stage, ending, is_waiting, stages
from faq.thread_page import Reply, replies_with

NEW_FOR: Final = dt.timedelta(hours=1)
MERGES: Final = 5
REASON: Final = "the asker's ticket"

Segment = tuple[str, bool]


@dataclass(frozen=True)
class OwnWords:
    """What the person wrote, as (text, whether it is hidden from others) one after the other."""

    title: list[Segment]
    body: list[Segment]
    nickname: list[Segment]
    email: str

    @property
    def has_hidden(self) -> bool:
        """Whether anything of it is hidden."""
        return any(hidden for part in (self.title, self.body, self.nickname) for _text, hidden in part)


@dataclass(frozen=True)
class Added:
    """Words added later: the row, and what the person wrote."""

    follow_up: FollowUp
    words: str


@dataclass(frozen=True)
class TicketPage:
    """Everything the page shows beside its forms."""

    question: Question
    stages: list[Stage]
    ending: str
    is_new: bool
    own: OwnWords | None
    intake: list[IntakeValue]
    added: list[Added]
    replies: list[Reply]
    prompt: str
    decline_reason: str
    decline_note: str
    unpublish_note: str
    merged_into: Question | None


def ticket_page(ticket: Ticket) -> TicketPage:
    """Read what the page shows. Opens the sealed texts, which is logged."""
    question = ticket.question
    events = list(QuestionEvent.objects.filter(question=question))
    times = {event.act: event.created_at for event in events}
    answers = Answer.objects.filter(question=question)
    added = _added(question)
    replies = [] if is_waiting(question.status) else _replies(question, added)
    declined, unpublished = _last(events, "decline"), _last(events, "unpublish", undone_by="publish")
    return TicketPage(
        question=question,
        stages=stages(
            question.status,
            wants_public=question.wants_public,
            is_being_checked=not replies and answers.unconfirmed().exists(),
            times=times,
        ),
        ending=ending(question.status),
        is_new=_is_new(ticket, times),
        own=_own_words(question),
        intake=list(IntakeValue.objects.filter(question=question).select_related("field")),
        added=[each for each in added if each.follow_up.kind != FollowUp.Kind.FOLLOW_UP or not replies],
        replies=replies,
        prompt=question.open_prompt(),
        decline_reason=str(DeclineReason(declined.reason).label) if declined and declined.reason else "",
        decline_note=declined.note if declined else "",
        unpublish_note=unpublished.note if unpublished and not question.is_public else "",
        merged_into=_merged_into(question),
    )


def _is_new(ticket: Ticket, times: dict[str, dt.datetime]) -> bool:
    """Whether the address was given so lately that the person may not have kept it yet."""
    return timezone.now() - max(ticket.created_at, times.get("rotate", ticket.created_at)) < NEW_FOR


def _last(events: Iterable[QuestionEvent], act: str, *, undone_by: str = "") -> QuestionEvent | None:
    found = None
    for event in events:
        if event.act in (act, undone_by):
            found = event if event.act == act else None
    return found


def _own_words(question: Question) -> OwnWords | None:
    """The sealed words of the question; None where they are erased."""
    sealed = SealedText.objects.filter(question=question, follow_up__isnull=True).first()
    if sealed is None:
        return None
    words = sealed.open(by=None, reason=REASON)
    findings = [] if question.is_revised else list(question.findings.filter(follow_up=None).of_sealed().hiding())
    parts = {
        name: segments(words[name], [(row.start, row.end) for row in findings if row.field == name])
        for name in ("title", "body", "nickname")
    }
    return OwnWords(**parts, email=words.get("email", ""))


def segments(text: str, spans: Iterable[tuple[int, int]]) -> list[Segment]:
    """Cut a text at spans, which may overlap: each piece, and whether it lies in one of them."""
    pieces: list[Segment] = []
    place = 0
    for start, end in sorted(spans):
        if end > place:
            pieces += [(text[place : max(start, place)], False), (text[max(start, place) : end], True)]
            place = end
    return [piece for piece in [*pieces, (text[place:], False)] if piece[0]]


def _added(question: Question) -> list[Added]:
    rows = FollowUp.objects.filter(question=question).select_related("sealed").order_by("pk")
    return [Added(row, _words_of(row)) for row in rows]


def _words_of(row: FollowUp) -> str:
    sealed: SealedText | None = getattr(row, "sealed", None)
    return str(sealed.open(by=None, reason=REASON)["body"]) if sealed else row.body


def _replies(question: Question, added: Iterable[Added]) -> list[Reply]:
    """The answers, and under them the follow-up in the person's own words."""
    follow_ups: list[Any] = []
    for each in added:
        if each.follow_up.kind == FollowUp.Kind.FOLLOW_UP:
            each.follow_up.body = each.words
            follow_ups.append(each.follow_up)
    return replies_with(question, follow_ups)


def _merged_into(question: Question) -> Question | None:
    """The public question that this one was joined with, through further merges; None while it is not public."""
    target: Any = question
    for _hop in range(MERGES):
        if target.merged_into is None:
            break
        target = target.merged_into
    return target if target.pk != question.pk and target.is_public else None
