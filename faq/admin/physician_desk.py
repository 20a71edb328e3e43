"""The physicians' desk: what waits in the own departments, and one screen to read, write and send on."""

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from faq.admin.physician_acts import ACTS, DESK, SCREEN, Act, address_of, preview
from faq.admin.physician_fetch import Seat, seat_of, seated, staff
from faq.admin.physician_lists import KINDS, lists_of, next_waiting, one_list
from faq.admin.physician_screen import Screen, show
from faq.admin.physician_writing import claim_first, draft_of, save
from faq.forms.answer import DraftForm
from faq.models import Question
from faq.states import InvalidMove
from people.models import Department
from text.render import to_html

SITE: Final = "admin_site"
"""The keyword under which the addresses hand their site to the views."""


def urls(admin_site: AdminSite) -> list[URLPattern]:
    """Return the desk's addresses, for QuestionAdmin.get_urls."""

    def address(route: str, view: Callable[..., HttpResponseBase], name: str) -> URLPattern:
        return path(f"desk/{route}", admin_site.admin_view(view), {SITE: admin_site}, name=name)

    return [
        address("", physician_desk, "faq_physician_desk"),
        address("next/", physician_next, "faq_physician_next"),
        address("<int:pk>/", physician_question, "faq_physician_question"),
        address("<int:pk>/act/", physician_act, "faq_physician_act"),
        address("<int:pk>/preview/", physician_preview, "faq_physician_preview"),
        address("<int:pk>/draft/", physician_draft, "faq_physician_draft"),
    ]


@require_safe
def physician_desk(request: HttpRequest, admin_site: AdminSite) -> HttpResponse:
    """Show what waits, or why there is no desk yet; `?list=` shows one of the lists, page by page."""
    seat = seat_of(staff(request))
    found = _desk(request, seat) if seat else {"physician": None}
    return render(request, "admin/faq/physician_desk.html", {**admin_site.each_context(request), **found})


@require_POST
@seated
def physician_next(request: HttpRequest, seat: Seat, admin_site: AdminSite) -> HttpResponse:
    """Go on with the question that one holds, or claim the most pressing free one and open it to write."""
    department = _department(request.POST, seat.departments())
    slug = department.slug if department else ""
    held = seat.questions().waiting_for_physician().claimed(seat.user).order_by("pk").first()
    question = held or claim_first(seat, next_waiting(seat, department))
    if question is None:
        messages.info(request, _("No question is waiting. Thank you."))
        return redirect(address_of(DESK, {}, department=slug))
    return redirect(address_of(SCREEN, {}, question.pk, department=slug))


@require_safe
@seated
def physician_question(request: HttpRequest, seat: Seat, pk: int, admin_site: AdminSite) -> HttpResponse:
    """Show a question with everything around it, and, to who holds it, the form."""
    return show(request, admin_site, Screen(seat, seat.question(pk)))


@require_http_methods(["GET", "HEAD", "POST"])
@seated
def physician_act(request: HttpRequest, seat: Seat, pk: int, admin_site: AdminSite) -> HttpResponse:
    """Do what the button says. A GET comes from a sign-in on the way and leads to the screen."""
    question = _question_or_own_words(request, seat, pk, admin_site)
    if isinstance(question, HttpResponse):
        return question
    if request.method != "POST":
        return redirect(SCREEN, pk)
    name = "point" if "point" in request.POST else request.POST.get("act", "")
    if name not in ACTS:
        raise Http404
    return ACTS[name](Act(request, admin_site, seat, question))


@require_POST
@seated
def physician_preview(request: HttpRequest, seat: Seat, pk: int, admin_site: AdminSite) -> HttpResponse:
    """Render what was typed: a fragment for the script, the whole screen for a browser without it."""
    question = seat.question(pk)
    if request.headers.get("X-Requested-With") == "fetch":
        html = to_html(request.POST.get("body", ""), "markdown")
        return render(request, "admin/faq/_physician_preview.html", {"preview_html": html})
    return preview(Act(request, admin_site, seat, question))


@require_http_methods(["GET", "POST"])
@seated
def physician_draft(request: HttpRequest, seat: Seat, pk: int, admin_site: AdminSite) -> JsonResponse:
    """Save what was typed while it is typed. A GET gives the saved draft, and a token for who has signed in again."""
    question = seat.question(pk)
    if request.method == "GET":
        return JsonResponse({**_draft_state(seat, question), "token": get_token(request)})
    form = DraftForm(request.POST, question=question)
    if not form.is_savable():
        sentences = [sentence for name in ("body", "key", "version") for sentence in form.errors.get(name, [])]
        return JsonResponse({"sentence": sentences[0]}, status=400)
    try:
        save(seat, question, form)
    except InvalidMove as error:
        return JsonResponse({**_draft_state(seat, question), "sentence": error.conditions[0]}, status=409)
    return JsonResponse(_draft_state(seat, question))


def _desk(request: HttpRequest, seat: Seat) -> dict[str, Any]:
    departments = seat.departments()
    department = _department(request.GET, departments)
    name, after = request.GET.get("list", ""), request.GET.get("after", "")
    if name and name not in KINDS:
        raise Http404
    cursor = int(after) if after.isdecimal() and len(after) < 19 else None
    lists = [one_list(name, seat, department, cursor)] if name else lists_of(seat, department)
    return {
        "physician": seat.physician,
        "departments": departments,
        "department": department,
        "lists": lists,
        "is_one_list": bool(name),
        "user_pk": seat.user.pk,
    }


def _department(sent: QueryDict, own: list[Department]) -> Department | None:
    slug = sent.get("department", "")
    found = next((department for department in own if department.slug == slug), None)
    if slug and found is None:
        raise Http404
    return found


def _draft_state(seat: Seat, question: Question) -> dict[str, Any]:
    draft = draft_of(seat, question)
    if draft is None:
        return {"version": 0, "body": ""}
    at = time_format(timezone.localtime(draft.saved_at), "H:i")
    return {"version": draft.version, "key": str(draft.key), "body": draft.body, "saved_at": at}


def _question_or_own_words(request: HttpRequest, seat: Seat, pk: int, site: AdminSite) -> Question | HttpResponse:
    """Return the question; where it has left the desk under somebody's hands, a 404 that gives them their words back.

    Nothing of the question is on that page: it may belong to another department now, or be withdrawn.
    """
    try:
        return seat.question(pk)
    except Http404:
        held = Question.objects.filter(pk=pk, events__act="claim", events__actor=seat.user)
        if request.method != "POST" or not held.exists():
            raise
    context = {**site.each_context(request), "words": request.POST.get("body", "")}
    return render(request, "admin/faq/physician_gone.html", context, status=404)
