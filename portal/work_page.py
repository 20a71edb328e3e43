"""The page of long work in the admin: what runs, how far it is, what came of it; and the buttons that start some."""

from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from people.admin_base import account_of
from portal.long_work import STARTS, label_of, sentence_of, start
from search.models import Work

SEEN_BY: Final = "search.view_work"
STARTED_BY: Final = "search.start_work"
SHOWN: Final = 50
EVERY: Final = 10
"""Seconds after which the page comes again by itself, for who asks for that; without script, nothing else would."""


@dataclass(frozen=True)
class Row:
    """One piece of work with its words."""

    work: Work
    label: str
    sentence: str

    @property
    def percent(self) -> int | None:
        """How much of it is done; None while nobody knows how much there is."""
        work = self.work
        return min(100, work.done * 100 // work.total) if work.total else None


def urls(admin_site: AdminSite) -> list[URLPattern]:
    """The addresses of the page."""

    @require_safe
    def work_list(request: HttpRequest) -> HttpResponse:
        return _shown(request, admin_site)

    return [
        path("work/", admin_site.admin_view(work_list), name="work_list"),
        path("work/start/", admin_site.admin_view(require_POST(work_start)), name="work_start"),
    ]


def rows(*, unfinished: bool = False) -> list[Row]:
    """The newest work, or only what has no end yet: one query."""
    found = Work.objects.select_related("by")
    found = found.under_way() if unfinished else found.all()
    return [Row(work, label_of(work), sentence_of(work)) for work in found[:SHOWN]]


def work_start(request: HttpRequest) -> HttpResponse:
    """Start what the button says, once."""
    kind = request.POST.get("kind", "")
    if not request.user.has_perm(STARTED_BY) or kind not in STARTS:
        raise Http404
    if start(kind, by=account_of(request)):
        messages.success(request, _("It is asked for. The worker begins as soon as it is free."))
    else:
        messages.warning(request, _("This waits or runs already."))
    return redirect("admin:work_list")


def _shown(request: HttpRequest, admin_site: AdminSite) -> HttpResponse:
    if not request.user.has_perm(SEEN_BY):
        raise Http404
    shown = rows()
    comes_again = request.GET.get("every") == str(EVERY)
    context: dict[str, Any] = {
        **admin_site.each_context(request),
        "title": _("Long work"),
        "rows": shown,
        "runs": any(not (row.work.is_over or row.work.is_silent) for row in shown),
        "starts": STARTS if request.user.has_perm(STARTED_BY) else {},
        "every": EVERY,
        "comes_again": comes_again,
    }
    answer = render(request, "admin/work_list.html", context)
    if comes_again:
        answer.headers["Refresh"] = str(EVERY)
    return answer
