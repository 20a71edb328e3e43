"""Saving and sending what a physician wrote: once, and never over something they have not read."""

import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import BadRequest
from django.utils.translation import gettext as _

from faq.admin.physician_fetch import Seat
from faq.forms.answer import AnswerForm, DraftForm, line_feeds
from faq.models import Answer, AnswerDraft, Question
from faq.states import InvalidMove
from search.changes import changing


def draft_of(seat: Seat, question: Question) -> AnswerDraft | None:
    """Return what this physician has written on the question so far."""
    return AnswerDraft.objects.filter(question=question, author=seat.user).first()


def open_draft(seat: Seat, question: Question) -> AnswerDraft:
    """Return the physician's draft, an empty one if there is none yet: its key makes an answer sent twice one."""
    draft, _new = AnswerDraft.objects.get_or_create(question=question, author=seat.user)
    return draft


def claim_first(seat: Seat, questions: Iterable[Question]) -> Question | None:
    """Claim the first question that no colleague takes in this very moment, with an empty draft; None for none."""
    for question in questions:
        try:
            question.claim(by=seat.user)
        except InvalidMove:
            continue  # a colleague was quicker: the one after it
        open_draft(seat, question)
        return question
    return None


def save(seat: Seat, question: Question, form: DraftForm) -> AnswerDraft:
    """Keep what was typed. Raises InvalidMove when a newer draft, or an answer, came from another window."""
    with _locked(question) as locked:
        if _sent_with(form, seat, locked):
            raise InvalidMove("save_draft", [_("An answer of yours was sent from another window.")])
        draft = draft_of(seat, locked)
        if draft is not None and _is_same(draft, form):
            return draft
        return locked.save_draft(by=seat.user, version=form.cleaned_data["version"], **form.written())


def send(seat: Seat, question: Question, form: AnswerForm) -> Answer:
    """Send an answer; the same form sent again returns the answer it made.

    Raises InvalidMove when the page was stale: a newer draft in another window, an answer that it did not show, or
    another physician who holds the question.
    """
    with _locked(question) as locked:
        sent = _sent_with(form, seat, locked)
        if sent is not None and sent.body == form.cleaned_data["body"]:
            return sent
        if sent is not None:
            raise InvalidMove("answer", [_("An answer of yours with other words was sent from another window.")])
        if locked.answers.count() > form.cleaned_data["seen"]:
            raise InvalidMove("answer", [_("Another answer has come in since you opened this page. Read it first.")])
        draft = draft_of(seat, locked)
        if draft is None or not _is_same(draft, form):
            locked.save_draft(by=seat.user, version=form.cleaned_data["version"], **form.written())
        return locked.answer(
            by=seat.user,
            key=form.cleaned_data["key"],
            follow_up=form.cleaned_data["follow_up"],
            **form.written(),
        )


@contextmanager
def _locked(question: Question) -> Iterator[Question]:
    """Hold the question's row to the commit, so that a double click and a second window come one after the other."""
    with changing():
        yield Question.objects.select_for_update().get(pk=question.pk)


def _sent_with(form: AnswerForm, seat: Seat, question: Question) -> Answer | None:
    """Return the answer that this form has made already; raises BadRequest for the key of somebody else's."""
    sent = Answer.objects.filter(key=form.cleaned_data["key"]).first()
    if sent is not None and (sent.question_id, sent.physician_id) != (question.pk, seat.physician.pk):
        raise BadRequest("the key of another answer")
    return sent


def _is_same(draft: AnswerDraft, form: AnswerForm) -> bool:
    return all(getattr(draft, name) == value for name, value in form.written().items())


def renewed(typed: Any, seat: Seat, question: Question) -> tuple[Any, AnswerDraft | None]:
    """Return what was typed as the next try sends it, and the draft of another window that it would write over.

    The person has been told, so the next try knows of every answer and draft that there is now.
    """
    draft = draft_of(seat, question)
    other = draft if draft and draft.body and typed.get("version") != str(draft.version) else None
    data = typed.copy()
    data["seen"] = str(question.answers.count())
    data["version"] = str(draft.version if draft else 0)
    key = _uuid(typed.get("key"))
    if key and Answer.objects.filter(key=key).exists():
        data["key"] = str(draft.key if draft else uuid.uuid4())
    return data, other if other and other.body.strip() != line_feeds(typed.get("body", "")).strip() else None


def _uuid(typed: str | None) -> uuid.UUID | None:
    try:
        return uuid.UUID(typed or "")
    except ValueError:
        return None
