"""Many questions at once: the same act on each, and for each what came of it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from faq import neighbours
from faq.admin.moderator_fetch import questions_of
from faq.admin.moderator_screen import sentences_of
from faq.forms.moderation import BulkDeclineForm, BulkWhyForm
from faq.models import Question
from faq.states import InvalidMove
from people.models import User
from search.changes import changing
from search.working import working

MOST: Final = 200
CHUNK: Final = 20
"""So many are done in one transaction: it is short enough for others to write between, and takes one change number."""
CHOSEN: Final = ACTION_CHECKBOX_NAME

Verb = Callable[[Question, User, dict[str, Any]], object]


@dataclass(frozen=True)
class Bulk:
    """An act that can be done on many: its words, the form that it needs, its verb."""

    label: Any
    ask: Any
    verb: Verb
    form: type[forms.Form] | None = None


@dataclass(frozen=True)
class Outcome:
    """What came of one question; no sentence means that it was done."""

    question: Question
    sentences: list[str]


def _accept(question: Question, user: User, words: dict[str, Any]) -> None:
    question.accept(by=user)


def _decline(question: Question, user: User, words: dict[str, Any]) -> None:
    question.decline(by=user, reason=words["reason"], note=words["note"])


def _publish(question: Question, user: User, words: dict[str, Any]) -> None:
    question.publish(by=user)
    neighbours.renew.enqueue(question.pk)


def _unpublish(question: Question, user: User, words: dict[str, Any]) -> None:
    question.unpublish(by=user, reason=words["why"])
    neighbours.renew.enqueue(question.pk)


BULK: Final = {
    "accept": Bulk(gettext_lazy("Accept"), gettext_lazy("Accept these questions"), _accept),
    "decline": Bulk(gettext_lazy("Decline"), gettext_lazy("Decline these questions"), _decline, BulkDeclineForm),
    "publish": Bulk(gettext_lazy("Publish"), gettext_lazy("Publish these questions"), _publish),
    "unpublish": Bulk(
        gettext_lazy("Take out of the public"),
        gettext_lazy("Take these questions out of the public"),
        _unpublish,
        BulkWhyForm,
    ),
}
"""What can be done on many at once."""


def act_on_many(
    request: HttpRequest, site: AdminSite, user: User, *, name: str, chosen: Iterable[str], back: str
) -> HttpResponse:
    """Do the act `name` on the chosen numbers; asks for a reason first where one is needed.

    `back` is the address of the list they were chosen from. Raises Http404 for an act that there is not, and for a
    question that this account does not see.
    """
    if name not in BULK:
        raise Http404
    chosen = set(chosen)
    if not chosen or len(chosen) > MOST:
        messages.warning(request, _no_or_too_many(bool(chosen)))
        return redirect(back)
    questions = _questions(user, chosen)
    bulk = BULK[name]
    form = bulk.form(request.POST if "is_answered" in request.POST else None) if bulk.form else None
    context = {**site.each_context(request), "is_nav_sidebar_enabled": False, "title": bulk.ask, "back": back}
    if form is not None and not form.is_valid():
        asked = {"name": name, "bulk": bulk, "form": form, "questions": questions, "chosen": CHOSEN}
        return render(request, "admin/faq/moderator_bulk.html", {**context, **asked})
    outcomes = _all(bulk, questions, user, form.cleaned_data if form else {})
    done = sum(not outcome.sentences for outcome in outcomes)
    return render(
        request, "admin/faq/moderator_bulk_done.html", {**context, "bulk": bulk, "outcomes": outcomes, "done": done}
    )


def _no_or_too_many(any_chosen: bool) -> str:
    if not any_chosen:
        return _("Choose questions first.")
    return ngettext("Choose at most %d question.", "Choose at most %d questions.", MOST) % MOST


def _questions(user: User, chosen: set[str]) -> list[Question]:
    if not all(pk.isdecimal() and len(pk) <= 18 for pk in chosen):
        raise Http404
    questions = list(questions_of(user).filter(pk__in=chosen).order_by("pk"))
    if len(questions) != len(chosen):
        raise Http404
    return questions


def _all(bulk: Bulk, questions: list[Question], user: User, words: dict[str, Any]) -> list[Outcome]:
    """Do it on all; where it takes a while, others can see how far it is."""
    if len(questions) <= CHUNK:
        return list(_each(bulk.verb, questions, user, words))
    with working("bulk", subject=str(bulk.ask), total=len(questions), by=user) as work:
        outcomes = list(_each(bulk.verb, questions, user, words, work.advance))
        refused = sum(bool(outcome.sentences) for outcome in outcomes)
        work.told(done=len(outcomes) - refused, refused=refused)
    return outcomes


def _each(
    verb: Verb,
    questions: list[Question],
    user: User,
    words: dict[str, Any],
    progress: Callable[[int], object] = lambda _count: None,
) -> Iterator[Outcome]:
    for start in range(0, len(questions), CHUNK):
        with changing():
            outcomes = [_tried(verb, question, user, words) for question in questions[start : start + CHUNK]]
        progress(len(outcomes))
        yield from outcomes


def _tried(verb: Verb, question: Question, user: User, words: dict[str, Any]) -> Outcome:
    try:
        with changing():
            verb(question, user, words)
    except InvalidMove as error:
        return Outcome(question, sentences_of(error, user, question.pk))
    return Outcome(question, [])
