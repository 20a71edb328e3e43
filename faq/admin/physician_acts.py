"""What a physician can do with a question on the screen: each act answers a POST and leads on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from faq.admin.physician_fetch import Seat
from faq.admin.physician_lists import next_waiting
from faq.admin.physician_screen import Screen, can_be_answered, sentences_of, show
from faq.admin.physician_typed import Typed
from faq.admin.physician_writing import claim_first, draft_of, open_draft, renewed, save, send
from faq.forms.answer import AnswerForm, DraftForm, canned_texts
from faq.models import Answer, Question
from faq.states import InvalidMove, Who
from people.models import Department
from search.changes import changing

DESK: Final = "admin:faq_physician_desk"
SCREEN: Final = "admin:faq_physician_question"


@dataclass(frozen=True)
class Act:
    """One POST from the screen of a question: by whom, on what, with which words."""

    request: HttpRequest
    site: AdminSite
    seat: Seat
    question: Question

    @property
    def sent(self) -> QueryDict:
        """What the browser sent."""
        return self.request.POST

    def to_desk(self, sentence: str = "", **query: str) -> HttpResponse:
        """Lead to the desk, with a sentence about what was done."""
        if sentence:
            messages.success(self.request, sentence)
        return redirect(address_of(DESK, query, department=self.sent.get("from", "")))

    def to_screen(self, question: Question, **query: str) -> HttpResponse:
        """Lead to the screen of a question."""
        return redirect(address_of(SCREEN, query, question.pk, department=self.sent.get("from", "")))

    def again(self, sent: Mapping[str, str], checked: str = "", status: int = 200, **said: Any) -> HttpResponse:
        """Show the screen again with everything that was typed."""
        typed = Typed(self.question, draft_of(self.seat, self.question), sent, checked=checked)
        return show(self.request, self.site, Screen(self.seat, self.question, typed, **said), status)

    def refused(self, error: InvalidMove, checked: str = "") -> HttpResponse:
        """Show the screen again with the reason why nothing was done, and the draft that stands in the way."""
        sentences = sentences_of(error, self.seat, self.question)
        data, other = renewed(self.sent, self.seat, self.question) if "body" in self.sent else (self.sent, None)
        return self.again(data, checked, status=409, sentences=sentences, other_draft=other)

    def keep_draft(self) -> None:
        """Save the answer that was typed beside another act, so that nothing is lost with it."""
        form = DraftForm(self.sent, question=self.question)
        if form.is_savable() and form.cleaned_data["body"].strip():
            save(self.seat, self.question, form)


def address_of(name: str, query: Mapping[str, str], *args: int, department: str) -> str:
    """Return an address of the desk, narrowed to the department (its slug) that one came from."""
    given = {**query, "department": department}
    words = urlencode({key: value for key, value in given.items() if value})
    return reverse(name, args=args) + (f"?{words}" if words else "")


def claim(act: Act) -> HttpResponse:
    """Take the question, and open its screen with an empty draft."""
    try:
        if not can_be_answered(act.question):
            raise InvalidMove("answer")
        act.question.claim(by=act.seat.user)
    except InvalidMove as error:
        return act.refused(error)
    open_draft(act.seat, act.question)
    return act.to_screen(act.question)


def release(act: Act) -> HttpResponse:
    """Give the question back; what was written stays as a draft."""
    try:
        act.keep_draft()
    except InvalidMove as error:
        return act.refused(error)
    act.question.release(by=act.seat.user)
    return act.to_desk(_("Question %d is back on the desk.") % act.question.pk)


def keep(act: Act) -> HttpResponse:
    """Save the draft and go on writing."""
    form = DraftForm(act.sent, question=act.question)
    if not form.is_savable():
        return act.again(act.sent, "answer")
    try:
        draft = save(act.seat, act.question, form)
    except InvalidMove as error:
        return act.refused(error)
    data = act.sent.copy()
    data["key"], data["version"] = str(draft.key), str(draft.version)
    saved = time_format(timezone.localtime(draft.saved_at), "H:i")
    return act.again(data, saved=_("Draft saved at %s.") % saved)


def preview(act: Act) -> HttpResponse:
    """Show the answer as readers would see it, above the form."""
    return act.again(act.sent, preview=act.sent.get("body", ""))


def insert(act: Act) -> HttpResponse:
    """Put a text of the department at the end of the answer."""
    chosen = act.sent.get("canned", "")
    if not chosen:
        return act.again(act.sent)
    text = get_object_or_404(canned_texts(act.question), pk=chosen if chosen.isdecimal() else 0)
    data = act.sent.copy()
    data["body"] = "\n\n".join(filter(None, [data.get("body", "").rstrip(), text.body]))
    data["canned"] = ""
    return act.again(data)


def point(act: Act) -> HttpResponse:
    """Point to the answer of a neighbour, which stands in the button."""
    data = act.sent.copy()
    data["points_to"] = act.sent.get("point", "")
    return act.again(data)


def send_answer(act: Act) -> HttpResponse:
    """Send the answer, and go back to the desk."""
    return _sent(act, lambda answer: act.to_desk(_sent_sentence(answer), sent=str(answer.key)))


def send_and_next(act: Act) -> HttpResponse:
    """Send the answer, and claim the next question that waits."""
    return _sent(act, lambda answer: _next(act, answer))


def ask(act: Act) -> HttpResponse:
    """Ask the patient for more."""
    form = _forms(act, "ask").ask
    if not form.is_valid():
        return act.again(act.sent, "ask")
    note = form.cleaned_data["note"]
    return _done(
        act,
        "ask",
        lambda: act.question.ask_asker(by=act.seat.user, note=note),
        _("The asker of question %d sees what you want to know.") % act.question.pk,
    )


def hand_over(act: Act) -> HttpResponse:
    """Give the question to another department."""
    form = _forms(act, "hand_over").hand_over
    if not form.is_valid():
        return act.again(act.sent, "hand_over")
    to, note = form.cleaned_data["department"], form.cleaned_data["note"]
    return _done(
        act,
        "hand_over",
        lambda: act.question.hand_over(to=to, note=note, by=act.seat.user),
        _("Question %(number)d now waits in %(department)s.") % {"number": act.question.pk, "department": to.name},
    )


def decline(act: Act) -> HttpResponse:
    """Decline the question with a reason that the asker reads."""
    form = _forms(act, "decline").decline
    if not form.is_valid():
        return act.again(act.sent, "decline")
    return _done(
        act,
        "decline",
        lambda: act.question.decline(by=act.seat.user, who=Who.PHYSICIAN, **form.cleaned_data),
        _("Question %d was declined.") % act.question.pk,
    )


def confirm(act: Act) -> HttpResponse:
    """Confirm a colleague's answer."""
    answer = _answer(act)
    try:
        act.question.confirm(answer, by=act.seat.user)
    except InvalidMove as error:
        return act.refused(error)
    return act.to_desk(_("The answer to question %d is confirmed.") % act.question.pk)


def correct(act: Act) -> HttpResponse:
    """Correct an answer of one's own."""
    answer = _answer(act)
    if answer.physician_id != act.seat.physician.pk:
        raise Http404
    checked = f"correct-{answer.pk}"
    form = Typed(act.question, None, act.sent, checked=checked).correction(answer, 0)
    if not form.is_valid():
        return act.again(act.sent, checked)
    try:
        with changing():
            Answer.objects.select_for_update().get(pk=answer.pk)
            if answer.corrections.count() != form.cleaned_data["seen"]:
                raise InvalidMove("correct", [_("The answer was corrected in another window. Read it first.")])
            words = {name: form.cleaned_data[name] for name in ("body", "notice")}
            act.question.correct(answer, by=act.seat.user, **words)
    except InvalidMove as error:
        data = act.sent.copy()
        data[f"{checked}-seen"] = str(answer.corrections.count())
        return act.again(data, status=409, sentences=sentences_of(error, act.seat, act.question))
    messages.success(act.request, _("The correction is saved; the old wording is kept."))
    return act.to_screen(act.question)


ACTS: Final[dict[str, Callable[[Act], HttpResponse]]] = {
    "claim": claim,
    "release": release,
    "draft": keep,
    "insert": insert,
    "point": point,
    "send": send_answer,
    "send_next": send_and_next,
    "ask": ask,
    "hand_over": hand_over,
    "decline": decline,
    "confirm": confirm,
    "correct": correct,
}
"""What the buttons of the screen are called, and what they do."""


def _forms(act: Act, checked: str) -> Typed:
    return Typed(act.question, None, act.sent, checked=checked)


def _sent(act: Act, onward: Callable[[Answer], HttpResponse]) -> HttpResponse:
    form = AnswerForm(act.sent, question=act.question)
    if {"key", "version", "seen", "follow_up"} & set(form.errors):
        raise BadRequest("the form's own fields")
    if not form.is_valid():
        return act.again(act.sent, "answer")
    try:
        answer = send(act.seat, act.question, form)
    except InvalidMove as error:
        return act.refused(error)
    return onward(answer)


def _next(act: Act, answer: Answer) -> HttpResponse:
    department = Department.objects.filter(slug=act.sent.get("from", "")).first()
    question = claim_first(act.seat, next_waiting(act.seat, department, besides=act.question))
    messages.success(act.request, _sent_sentence(answer))
    if question:
        return act.to_screen(question, sent=str(answer.key))
    return act.to_desk(_("No further question is waiting."), sent=str(answer.key))


def _done(act: Act, checked: str, verb: Callable[[], object], sentence: str) -> HttpResponse:
    """Do one of the acts that end the work on a question; nobody does it over the head of who holds it."""
    try:
        with changing():
            act.keep_draft()
            act.question.claim(by=act.seat.user)
            verb()
    except InvalidMove as error:
        return act.refused(error, checked)
    return act.to_desk(sentence)


def _answer(act: Act) -> Answer:
    typed = act.sent.get("answer", "")
    found: Answer = get_object_or_404(act.question.answers, pk=typed if typed.isdecimal() else 0)
    return found


def _sent_sentence(answer: Answer) -> str:
    return _("Your answer to question %d was sent.") % answer.question_id
