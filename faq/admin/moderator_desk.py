"""The moderators' desk: what waits for them, one's own next item, one page to decide on it, and many at once."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from faq.admin.moderator_acts import act_on, to_item, undo
from faq.admin.moderator_bulk import BULK, CHOSEN, act_on_many
from faq.admin.moderator_fetch import moderated, question_of, questions_of
from faq.admin.moderator_findings import KINDS
from faq.admin.moderator_merge import moderator_merge
from faq.admin.moderator_queues import NEW, QUEUES, held_item, last_acts, page_of, take_next
from faq.admin.moderator_screen import Screen, sentences_of, show
from faq.models import Finding, Question, Ticket
from faq.paging import tally
from faq.states import InvalidMove
from faq.suggest import FoundConcept, concepts_in, topics_of
from faq.tags import concepts_like
from people.models import Department, User
from search.models import Concept
from text import codes

SITE: Final = "admin_site"
"""The keyword under which the addresses hand their site to the views."""
TAGS_IN_A_ROW: Final = 4
DONE: Final = "done"
ACTS_IN: Final = {
    "new": ("accept", "decline"),
    "answered": ("publish",),
    "archive": ("publish",),
    "follow_ups": (),
    "titles": (),
}
"""What can be done on many rows of a queue at once."""


@dataclass(frozen=True)
class Row:
    """A question in a list, with what was found in it and what is suggested for it."""

    question: Question
    findings: list[str]
    tags: list[FoundConcept]
    department: Department | None


def urls(admin_site: AdminSite) -> list[URLPattern]:
    """Return the desk's addresses, for QuestionAdmin.get_urls."""

    def address(route: str, view: Callable[..., HttpResponseBase], name: str) -> URLPattern:
        return path(f"moderate/{route}", admin_site.admin_view(view), {SITE: admin_site}, name=f"faq_moderator_{name}")

    return [
        address("", moderator_desk, "desk"),
        address("next/", moderator_next, "next"),
        address("find/", moderator_find, "find"),
        address("undo/", moderator_undo, "undo"),
        address("many/", moderator_bulk, "bulk"),
        address("concepts/", moderator_concepts, "concepts"),
        address("<int:pk>/", moderator_question, "question"),
        address("<int:pk>/merge/", moderator_merge, "merge"),
    ]


@require_safe
@moderated
def moderator_desk(request: HttpRequest, user: User, admin_site: AdminSite) -> HttpResponse:
    """Show one of the queues, or what one has done last, with the numbers of all."""
    name = request.GET.get("queue", NEW.name)
    if name != DONE and name not in QUEUES:
        raise Http404
    context = {
        **admin_site.each_context(request),
        "is_nav_sidebar_enabled": False,
        "title": _("Questions to moderate"),
        "tabs": [(queue, tally(queue.ordered())) for queue in QUEUES.values()],
        "open_tab": name,
        "held": held_item(user),
    }
    found = {"last_acts": last_acts(user)} if name == DONE else _queue(request, user, name)
    return render(request, "admin/faq/moderator_desk.html", {**context, **found})


@require_http_methods(["GET", "HEAD", "POST"])
@moderated
def moderator_question(request: HttpRequest, user: User, pk: int, admin_site: AdminSite) -> HttpResponse:
    """Show a question with everything around it; a POST does what its button says."""
    question = question_of(user, pk)
    if request.method == "POST":
        return act_on(request, admin_site, user, pk)
    queue = QUEUES.get(request.GET.get("queue", ""), NEW)
    return show(request, admin_site, Screen(user, question, queue))


@require_POST
@moderated
def moderator_next(request: HttpRequest, user: User, admin_site: AdminSite) -> HttpResponse:
    """Open the question that one holds, or hold the next free one of the queue and open that."""
    queue = QUEUES.get(request.POST.get("queue", ""), NEW)
    question = held_item(user, queue) or take_next(user, queue)
    if question is None:
        return redirect(f"{reverse('admin:faq_moderator_desk')}?queue={queue.name}")
    return to_item(question.pk, queue)


@require_POST
@moderated
def moderator_undo(request: HttpRequest, user: User, admin_site: AdminSite) -> HttpResponse:
    """Take back one's own last act on a question, from the list of what one has done."""
    typed = request.POST.get("pk", "")
    question = question_of(user, int(typed) if typed.isdecimal() and len(typed) <= 18 else 0)
    try:
        undo(question, user)
    except InvalidMove as error:
        for sentence in sentences_of(error, user, question.pk):
            messages.error(request, sentence)
    else:
        messages.success(request, _("The last act on question %d is undone.") % question.pk)
    return to_item(question.pk)


@require_POST
@moderated
def moderator_find(request: HttpRequest, user: User, admin_site: AdminSite) -> HttpResponse:
    """Find a thread by number, old number, nickname, ticket code or words.

    It is a POST so that a ticket's code reaches neither the address bar nor a log.
    """
    typed = request.POST.get("q", "").strip()
    ticket = Ticket.objects.opened_by(typed).first()
    if ticket is not None:
        return to_item(ticket.question_id)
    if typed.isdecimal() and len(typed) <= 18 and questions_of(user).filter(pk=typed).exists():
        return to_item(int(typed))
    words = "" if codes.normalise(typed) else typed
    return redirect(f"{reverse('admin:faq_question_changelist')}?{urlencode({'q': words})}")


@require_POST
@moderated
def moderator_bulk(request: HttpRequest, user: User, admin_site: AdminSite) -> HttpResponse:
    """Act on many questions at once."""
    back = request.POST.get("back", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = reverse("admin:faq_moderator_desk")
    chosen = request.POST.getlist(CHOSEN)
    return act_on_many(request, admin_site, user, name=request.POST.get("act", ""), chosen=chosen, back=back)


@require_safe
@moderated
def moderator_concepts(request: HttpRequest, user: User, admin_site: AdminSite) -> HttpResponse:
    """Suggest concepts for what was typed, in either language, as JSON."""
    found = concepts_like(request.GET.get("q", "")[:100])
    return JsonResponse({"concepts": [_offer(concept) for concept in found]})


def _offer(concept: Concept) -> dict[str, Any]:
    other = {concept.name_en, concept.name_zh_hant} - {concept.label, ""}
    kind = _("proposal") if concept.is_proposal else concept.get_kind_display()
    return {"id": concept.pk, "label": concept.label, "other": "".join(other), "kind": kind}


def _queue(request: HttpRequest, user: User, name: str) -> dict[str, Any]:
    queue = QUEUES[name]
    after = request.GET.get("after", "")
    page = page_of(queue, question_of(user, int(after)) if after.isdecimal() and len(after) <= 18 else None)
    return {
        "queue": queue,
        "rows": _rows(page.rows),
        "more": page.more,
        "bulk": [(act, BULK[act].label) for act in ACTS_IN[name]],
        "chosen": CHOSEN,
    }


def _rows(questions: Iterable[Question]) -> list[Row]:
    """What stands beside each question: three queries for all of them."""
    found, kinds = concepts_in(questions, at_a_glance=True), _kinds_of_findings(questions)
    homes = topics_of({each.concept.pk for row in found.values() for each in row})
    return [
        Row(question, kinds[question.pk], found[question.pk][:TAGS_IN_A_ROW], _home(question, found, homes))
        for question in questions
    ]


def _kinds_of_findings(questions: Iterable[Question]) -> dict[int, list[str]]:
    found = Finding.objects.undecided().filter(question__in=questions).values_list("question_id", "kind")
    kinds: dict[int, list[str]] = defaultdict(list)
    for (pk, kind), number in Counter(found).items():
        kinds[pk].append(f"{KINDS.get(kind, kind)} × {number}" if number > 1 else str(KINDS.get(kind, kind)))
    return kinds


def _home(
    question: Question, found: dict[int, list[FoundConcept]], homes: dict[int, list[Department]]
) -> Department | None:
    """The department in which the most telling concept is at home, where that is another than the question's."""
    for each in found[question.pk]:
        if departments := homes.get(each.concept.pk):
            return None if question.department in departments else departments[0]
    return None
