"""One answer for several questions: find the other, read both side by side, merge, list the title, and part again."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from faq import neighbours
from faq.admin.moderator_fetch import moderated, question_of, questions_of
from faq.models import Answer, Finding, Question
from faq.states import MERGEABLE, PUBLIC, InvalidMove
from faq.suggest import suggestions_for
from people.languages import PREFIX
from people.models import User
from search.changes import changing
from search.finding import checked, find
from search.models import Concept, Document
from text.clean import clean_line
from text.diff import Piece, diff
from text.fold import fold

FOUND: Final = 20
"""How many questions a search offers."""
LISTED: Final = 200
"""How many merged questions the page of their survivor lists."""
WORDS: Final = 12
TYPED: Final = 200


@dataclass(frozen=True)
class Candidate:
    """A question that may be the same one, and why it is offered."""

    question: Question
    why: str


@dataclass(frozen=True)
class Side:
    """One of two questions as everyone reads it, or will."""

    question: Question
    concepts: list[Concept]
    answers: list[Answer]
    undecided: int
    variants: int


@dataclass(frozen=True)
class Difference:
    """One text of both, and what differs from the first to the second."""

    label: str
    pieces: list[Piece]


@require_http_methods(["GET", "HEAD", "POST"])
@moderated
def moderator_merge(request: HttpRequest, user: User, pk: int, admin_site: AdminSite) -> HttpResponse:
    """Offer questions to merge this one into, or show it beside the chosen one; a POST does what its button says."""
    question = question_of(user, pk)
    if request.method == "POST":
        return _act_on(request, user, question)
    chosen = _number(request.GET.get("into", ""))
    context = {
        **admin_site.each_context(request),
        "is_nav_sidebar_enabled": False,
        "title": _("Merge question %d") % pk,
        "question": question,
        "can_merge": question.status in MERGEABLE,
    }
    if chosen is None:
        return render(request, "admin/faq/moderator_merge.html", {**context, **_offers(request, user, question)})
    other = questions_of(user).exclude(pk=pk).filter(pk=chosen).first()
    if other is None:
        messages.error(request, _("There is no other question with this number."))
        return redirect("admin:faq_moderator_merge", pk)
    shown = {"sides": [_side(question), _side(other)], "other": other, "differences": differences(question, other)}
    return render(request, "admin/faq/moderator_merge.html", {**context, **shown})


def merged_into(question: Question) -> dict[str, Any]:
    """What the page of a question says about merging: what was merged into it, and where it was merged itself."""
    rows = question.variants.select_related("merged_through").order_by("-pk")[: LISTED + 1]
    return {
        "survivor": question.merged_into,
        "merged_here": list(rows)[:LISTED],
        "can_merge": question.status in MERGEABLE,
    }


def differences(question: Question, other: Question) -> list[Difference]:
    """How the public texts of the second differ from those of the first."""
    texts = [(_("Title"), question.title, other.title), (_("Question"), question.body, other.body)]
    return [Difference(label, diff(mine, theirs)) for label, mine, theirs in texts]


def _merge(request: HttpRequest, question: Question, user: User) -> None:
    other = question_of(user, _number(request.POST.get("into", "")) or 0)
    question.merge(into=other, by=user, as_variant=request.POST.get("as_variant") == "yes")
    neighbours.renew.enqueue(question.pk)


def _unmerge(_request: HttpRequest, question: Question, user: User) -> None:
    question.unmerge(by=user)
    neighbours.renew.enqueue(question.pk)


VERBS: Final[dict[str, Callable[[HttpRequest, Question, User], object]]] = {
    "merge": _merge,
    "unmerge": _unmerge,
    "list": lambda _request, question, user: question.list_variant(by=user),
    "unlist": lambda _request, question, user: question.unlist_variant(by=user),
}
"""What the buttons are called. All act on the question of the address but those with a number ("unmerge:12")."""

DONE: Final = {
    "merge": gettext_lazy("Question %d is merged. “Part again” below takes it back."),
    "unmerge": gettext_lazy("Question %d stands by itself again."),
    "list": gettext_lazy("The title of question %d is listed."),
    "unlist": gettext_lazy("The title of question %d is no longer listed."),
}


def _act_on(request: HttpRequest, user: User, question: Question) -> HttpResponse:
    name, _colon, number = request.POST.get("act", "").partition(":")
    if name not in VERBS:
        raise Http404
    subject = question_of(user, _number(number) or 0) if number else question
    try:
        with changing():
            VERBS[name](request, subject, user)
    except InvalidMove as error:
        for sentence in error.conditions or [_("This is not possible any more: somebody was faster.")]:
            messages.error(request, sentence)
        if name == "merge":
            return redirect(f"{reverse('admin:faq_moderator_merge', args=[question.pk])}?into={_into(request)}")
    else:
        messages.success(request, DONE[name] % subject.pk)
    return redirect(f"{reverse('admin:faq_moderator_question', args=[question.pk])}#merging")


def _offers(request: HttpRequest, user: User, question: Question) -> dict[str, Any]:
    typed = clean_line(request.GET.get("q", ""))[:TYPED]
    return {"typed": typed, "candidates": _found(user, question, typed) if typed else _like(question)}


def _like(question: Question) -> list[Candidate]:
    """Public questions that share concepts, which its tags and its words name."""
    suggested = suggestions_for(question, list(question.concepts.all())).questions
    alike = [like for like in suggested if like.question.prefix == question.prefix]
    return [Candidate(like.question, like.reasons) for like in alike]


def _found(user: User, question: Question, typed: str) -> list[Candidate]:
    """By number, else by words: those that still wait by their titles, then public ones, the best match first."""
    others = questions_of(user).exclude(pk=question.pk).filter(prefix=question.prefix, status__in=MERGEABLE)
    number = _number(typed.removeprefix("#").strip())
    if number is not None and (same := others.filter(pk=number).first()):
        return [Candidate(same, "")]
    public = _public(typed, question.prefix)
    waiting = others.exclude(status__in=PUBLIC)
    for word in typed.split()[:WORDS]:
        waiting = waiting.filter(title__icontains=word)
    known = others.in_bulk(public)
    rows = [*waiting.order_by("-pk")[:FOUND], *(known[pk] for pk in public if pk in known)]
    return [Candidate(row, "") for row in rows][:FOUND]


def _public(typed: str, prefix: str) -> list[int]:
    """The numbers of public questions that readers would find by these words; without an index by their titles."""
    languages = [f"language:{language}" for language, served in PREFIX.items() if served == prefix]
    hits = find(typed, limit=FOUND + 1, facets=[["kind:question"], languages])
    if hits is not None:
        return [_row_of(document) for document in checked(hits)]
    questions = Document.objects.live().filter(kind="question")
    titled = questions.titled_with(fold(typed).split()[:WORDS])
    return [_row_of(document) for document in titled.only("key").order_by("-listed_on", "-pk")[: FOUND + 1]]


def _row_of(document: Document) -> int:
    return int(document.key.partition(":")[2])


def _side(question: Question) -> Side:
    findings = Finding.objects.undecided().filter(question=question)
    return Side(
        question,
        list(question.concepts.all()),
        list(question.answers.select_related("physician", "department")),
        findings.count(),
        question.variants.count(),
    )


def _into(request: HttpRequest) -> str:
    return str(_number(request.POST.get("into", "")) or "")


def _number(typed: str) -> int | None:
    """The number that was typed; None for what is none, or none that a row can have."""
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) <= 18 else None
