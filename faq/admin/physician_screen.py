"""One question on one screen: what there is to read, and the forms to write in beside it."""

from dataclasses import dataclass
from typing import Any, Final

from django.contrib.admin import AdminSite
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from faq.admin.physician_fetch import Seat
from faq.admin.physician_similar import neighbours_of
from faq.admin.physician_typed import Typed
from faq.admin.physician_writing import draft_of
from faq.forms.answer import CorrectionForm
from faq.models import Answer, AnswerDraft, FollowUp, Question
from faq.states import MOVES, InvalidMove
from text.render import to_html

NOTES: Final = ("hand_over", "send_back", "ask_asker")
"""Acts whose note colleagues wrote for whoever answers."""
EVENTS: Final = 100


@dataclass(frozen=True)
class Card:
    """An answer as the screen shows it, with what this physician may do with it."""

    answer: Answer
    correction: CorrectionForm | None
    may_confirm: bool


@dataclass(frozen=True)
class Screen:
    """Everything that a question's screen needs beside the request."""

    seat: Seat
    question: Question
    typed: Typed | None = None
    sentences: tuple[str, ...] = ()
    saved: str = ""
    preview: str = ""
    other_draft: AnswerDraft | None = None

    def context(self) -> dict[str, Any]:
        """Return the template's words."""
        question, typed = self.question, self.typed or Typed(self.question, draft_of(self.seat, self.question))
        events = list(question.events.select_related("actor__physician").order_by("-pk")[:EVENTS])
        added = _added(question)
        return {
            "title": question.shown_title,
            "question": question,
            "physician": self.seat.physician,
            "is_mine": question.is_claimed and question.claimed_by_id == self.seat.user.pk,
            "is_open": can_be_answered(question),
            "is_waiting": question.status in MOVES["answer"].sources,
            "intake_values": _intake_values(question),
            "added": [words for words in added if words.kind != FollowUp.Kind.FOLLOW_UP],
            "followed": [words for words in added if words.kind == FollowUp.Kind.FOLLOW_UP],
            "reply_to": _reply_to(question, typed),
            "cards": self._cards(typed),
            "notes": [event for event in events if event.act in NOTES and event.note],
            "events": events,
            "neighbours": neighbours_of(question),
            "typed": typed,
            "is_typed": typed.is_from_main,
            "is_refused": typed.is_refused(),
            "sentences": self.sentences,
            "saved": self.saved,
            "preview_html": to_html(self.preview, "markdown"),
            "other_draft": self.other_draft,
        }

    def _cards(self, typed: Typed) -> list[Card]:
        answers = self.question.answers.select_related("physician", "department", "points_to")
        confirmable = set(answers.awaiting_confirmation().values_list("pk", flat=True))
        return [
            self._card(answer, typed, answer.pk in confirmable)
            for answer in answers.prefetch_related(Prefetch("corrections"))
        ]

    def _card(self, answer: Answer, typed: Typed, is_confirmable: bool) -> Card:
        is_own = answer.physician_id == self.seat.physician.pk
        correction = typed.correction(answer, len(answer.corrections.all())) if is_own else None
        return Card(answer, correction, is_confirmable and not is_own)


def show(request: HttpRequest, site: AdminSite, screen: Screen, status: int = 200) -> HttpResponse:
    """Answer with the screen."""
    department = request.POST.get("from") or request.GET.get("department", "")
    context = {**site.each_context(request), **screen.context(), "department": department}
    return render(request, "admin/faq/physician_question.html", context, status=status)


def can_be_answered(question: Question) -> bool:
    """Say whether an answer can be sent now: the first one, or one that joins the thread."""
    return question.status in MOVES["answer"].sources | MOVES["join"].sources


def sentences_of(error: InvalidMove, seat: Seat, question: Question) -> tuple[str, ...]:
    """Return what to say to a physician whose act was not possible: who holds the question, or where it is now."""
    question.refresh_from_db()
    if question.is_claimed and question.claimed_by_id != seat.user.pk:
        return (held_sentence(question),)
    if not _is_possible(error.move, question):
        return (_("This is not possible any more: the question is now “%s”.") % question.get_status_display(),)
    return tuple(error.conditions) or (_("This is not possible at the moment."),)


def _is_possible(move: str, question: Question) -> bool:
    """Say whether the state of the question allows the move: if not, that is the reason, whatever else is missing."""
    if move in ("answer", "join"):
        return can_be_answered(question)
    return move not in MOVES or question.status in MOVES[move].sources


def held_sentence(question: Question) -> str:
    """Say who holds the question and until when."""
    holder = question.claimed_by
    name = getattr(holder, "physician", None) or holder
    until = time_format(timezone.localtime(question.claim_expires_at), "H:i")
    return _("%(physician)s is answering this question until %(time)s.") % {"physician": name, "time": until}


def _intake_values(question: Question) -> list[Any]:
    """Return what the asker filled in: what is public, and what only the department that asked for it reads."""
    values = question.intake_values.select_related("field")
    return [value for value in values if value.is_public or value.field.department_id == question.department_id]


def _added(question: Question) -> list[FollowUp]:
    return list(question.follow_ups.filter(is_accepted=True))


def _reply_to(question: Question, typed: Typed) -> FollowUp | None:
    chosen = typed.answer["follow_up"].value()
    return question.follow_ups.filter(pk=chosen).first() if str(chosen or "").isdecimal() else None
