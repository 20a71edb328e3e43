"""What the buttons of a question's page do: first what was typed is saved, then the act is tried, then one goes on."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faq import neighbours
from faq.admin.moderator_feature import feature, unfeature
from faq.admin.moderator_fetch import question_of
from faq.admin.moderator_queues import NEW, QUEUES, Queue, take_next
from faq.admin.moderator_screen import Screen, acts_of, sentences_of, show
from faq.admin.moderator_similar import block, leave, pin
from faq.forms.moderation import TEXTS, ModerationForm
from faq.models import Finding, FollowUp, Question
from faq.states import InvalidMove
from faq.tags import propose
from people.models import User
from search.changes import changing

DESK: Final = "admin:faq_moderator_desk"
ITEM: Final = "admin:faq_moderator_question"
TYPED: Final = ("reason", "note", "why", "phrases", "open_reason")
"""What stays in the page when an act was refused after the rest was saved."""


@dataclass(frozen=True)
class Act:
    """One button: `name` what it does, `number` on which row of the question (0: the question itself)."""

    user: User
    question: Question
    form: ModerationForm
    name: str
    number: int

    def subject(self) -> Question:
        """The question that is meant: the one before, when the button undoes what was done there."""
        return question_of(self.user, self.number) if self.name == "undo" and self.number else self.question

    @property
    def words(self) -> dict[str, Any]:
        """What was typed, cleaned."""
        return self.form.cleaned_data


def _decline(act: Act) -> None:
    act.question.decline(by=act.user, reason=act.words["reason"], note=act.words["note"])


def _publish(act: Act) -> None:
    act.question.publish(by=act.user)
    neighbours.renew.enqueue(act.question.pk)


def _unpublish(act: Act) -> None:
    act.question.unpublish(by=act.user, reason=act.words["why"])
    neighbours.renew.enqueue(act.question.pk)


def undo(question: Question, user: User) -> None:
    """Take back one's own last act on a question. Raises InvalidMove when that is not possible any more."""
    with changing():
        question.undo(by=user)
        neighbours.renew.enqueue(question.pk)


def _hide(act: Act) -> None:
    act.question.decide(_finding(act), show=False, by=act.user)


def _show(act: Act) -> None:
    act.question.decide(_finding(act), show=True, by=act.user)


def _mark(act: Act) -> None:
    missed = act.question.mark(act.words["phrases"], by=act.user)
    if missed:
        raise InvalidMove("mark", [_("These words do not occur: %s") % ", ".join(missed)])


def _pass_on(act: Act) -> None:
    act.question.show_follow_up(get_object_or_404(FollowUp, question=act.question, pk=act.number), by=act.user)


def _finding(act: Act) -> Finding:
    """The finding of the button; one that a revision has overtaken is settled already and found again anew."""
    found = Finding.objects.exclude(decision=Finding.Decision.SUPERSEDED).filter(question=act.question, pk=act.number)
    finding = found.first()
    if finding is None:
        raise InvalidMove("decide", [_("The text has changed: decide on what was found in it now.")])
    return finding


VERBS: Final[dict[str, Callable[[Act], object]]] = {
    "save": lambda act: None,
    "skip": lambda act: act.question.let_go(by=act.user),
    "open": lambda act: None,
    "accept": lambda act: act.question.accept(by=act.user),
    "decline": _decline,
    "restore": lambda act: act.question.restore(by=act.user),
    "send_back": lambda act: act.question.send_back(by=act.user, reason=act.words["why"]),
    "publish": _publish,
    "unpublish": _unpublish,
    "close": lambda act: act.question.close(by=act.user),
    "reopen": lambda act: act.question.reopen(by=act.user),
    "undo": lambda act: undo(act.subject(), act.user),
    "hide": _hide,
    "show": _show,
    "mark": _mark,
    "pass_on": _pass_on,
    "feature": lambda act: feature(act.question, act.number, by=act.user),
    "unfeature": lambda act: unfeature(act.question, act.number, by=act.user),
    "pin": lambda act: pin(act.question, act.number, by=act.user),
    "block": lambda act: block(act.question, act.number, by=act.user),
    "leave": lambda act: leave(act.question, act.number, by=act.user),
}
"""What the buttons are called, and what they do once everything typed is saved."""

DONE: Final = {
    "save": gettext_lazy("Question %d is saved."),
    "skip": gettext_lazy("Question %d was left for later."),
    "accept": gettext_lazy("Question %d waits for a physician now."),
    "decline": gettext_lazy("Question %d is declined."),
    "restore": gettext_lazy("Question %d is just in again."),
    "send_back": gettext_lazy("Question %d is back with the physicians."),
    "publish": gettext_lazy("Question %d is public."),
    "unpublish": gettext_lazy("Question %d is not public any more."),
    "close": gettext_lazy("Question %d is closed."),
    "reopen": gettext_lazy("Question %d is open again."),
    "undo": gettext_lazy("The last act on question %d is undone."),
    "hide": gettext_lazy("The words are hidden in question %d."),
    "show": gettext_lazy("The words may be shown in question %d."),
    "mark": gettext_lazy("The words are hidden in question %d."),
    "pass_on": gettext_lazy("The follow-up of question %d is passed on."),
    "feature": gettext_lazy("Question %d is featured on the topic."),
    "unfeature": gettext_lazy("Question %d is no longer featured on the topic."),
    "pin": gettext_lazy("The similar question is pinned on question %d."),
    "block": gettext_lazy("The similar question is blocked on question %d."),
    "leave": gettext_lazy("The similar question is left to the computation on question %d."),
}
LEADS_ON: Final = "_next"
"""Ends the name of a button that goes on to the next question of the queue."""


def act_on(request: HttpRequest, site: AdminSite, user: User, pk: int) -> HttpResponse:
    """Do what the button says. Raises Http404 for a button that there is not."""
    name, _colon, number = request.POST.get("act", "save").partition(":")
    verb = name.removesuffix(LEADS_ON)
    if verb not in VERBS or not (number or "0").isdecimal():
        raise Http404
    queue = QUEUES.get(request.POST.get("queue", ""), NEW)
    form, error = _saved(request, user, pk, verb)
    if error or not form.is_valid():
        form.renew()
        sentences = sentences_of(error, user, pk) if error else []
        return show(request, site, Screen(user, question_of(user, pk), queue, form, sentences=sentences))
    act = Act(user, question_of(user, pk), form, verb, int((number or "0")[:18]))
    if verb == "open":
        return _again(request, site, act, queue, reason=form.cleaned_data["open_reason"])
    try:
        with changing():
            VERBS[verb](act)
    except InvalidMove as error:
        return _again(request, site, act, queue, sentences=sentences_of(error, user, act.subject().pk))
    messages.success(request, DONE[verb] % act.subject().pk)
    return _onward(request, act, queue, leads_on=name.endswith(LEADS_ON) or verb == "skip")


def _saved(request: HttpRequest, user: User, pk: int, verb: str) -> tuple[ModerationForm, InvalidMove | None]:
    """Write what the person changed, under the row's lock; nothing where the form or a verb refuses."""
    error = None
    with suppress(_Refused), changing():
        question = Question.objects.visible_to(user).select_for_update().get(pk=pk)
        form = ModerationForm(request.POST, question=question, act=verb)
        try:
            if form.is_valid() and "edit" in acts_of(question):
                _write(form, user)
        except InvalidMove as refused:
            error = refused
            raise _Refused from refused
    return form, error


class _Refused(Exception):
    """Rolls the transaction back; the form outlives it."""


def _write(form: ModerationForm, user: User) -> None:
    question, changes = form.question, form.changes
    if texts := {name: changes[name] for name in TEXTS if name in changes}:
        question.revise(by=user, **texts)
    if "editorial_title" in changes:
        question.retitle(changes["editorial_title"], by=user)
    if "department" in changes:
        question.assign(changes["department"], by=user)
    if "urgency" in changes:
        question.triage(changes["urgency"], by=user)
    if "publish_after" in changes:
        question.schedule(changes["publish_after"], by=user)
    if form.changes_tags:
        question.retag([*form.wanted.values(), *map(propose, form.proposals)], by=user)
    if question.is_public and (texts or form.changes_tags):
        neighbours.renew.enqueue(question.pk)


def _again(request: HttpRequest, site: AdminSite, act: Act, queue: Queue, **said: Any) -> HttpResponse:
    """Show the page after the rest was saved, with what was typed for the act."""
    question = question_of(act.user, act.question.pk)
    typed = {name: request.POST.get(name, "") for name in TYPED}
    saved = bool(act.form.changes) or act.form.changes_tags
    form = ModerationForm(question=question, typed=typed)
    return show(request, site, Screen(act.user, question, queue, form, is_saved=saved, **said))


def _onward(request: HttpRequest, act: Act, queue: Queue, *, leads_on: bool) -> HttpResponse:
    if not leads_on:
        return to_item(act.subject().pk, queue)
    following = take_next(act.user, queue, after=act.question)
    if following is None:
        messages.info(request, _("No other question waits here."))
        return redirect(f"{reverse(DESK)}?queue={queue.name}")
    return to_item(following.pk, queue)


def to_item(pk: int, queue: Queue = NEW) -> HttpResponse:
    """Lead to the page of a question, in the queue from which it is worked off."""
    address = reverse(ITEM, args=[pk])
    return redirect(address if queue is NEW else f"{address}?queue={queue.name}")
