"""The report of ageing texts, with its two verbs, and the log of every review."""

from http import HTTPStatus
from typing import Any

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

from articles.ageing import (
    COUNTED,
    KINDS,
    LISTED,
    STATES,
    Aged,
    counted,
    kinds_of,
    listed,
    overdue_by_department,
    text_of,
)
from articles.forms.ageing import OutdatedForm
from faq.admin.plain import ReadOnlyAdmin
from faq.models import ReviewEvent
from faq.models.reviewing import Ageing, NotTheReviewer
from faq.states import InvalidMove
from people.admin_base import account_of
from people.models import Department


@admin.register(ReviewEvent)
class ReviewEventAdmin(ReadOnlyAdmin):
    """Who approved, kept, outdated or corrected what; and the report from which that is done."""

    list_display = ("created_at", "text_named", "act", "who", "note")
    list_filter = ("act",)
    list_select_related = ("actor",)
    search_fields = ("=key",)
    search_help_text = _("Kind and number of a text, such as article:12.")
    ordering = ("-pk",)
    fields = ("created_at", "text_named", "act", "who", "note")

    @admin.display(description=_("document"), ordering="key")
    def text_named(self, row: ReviewEvent) -> str:
        """Kind and number of the text."""
        return row.key

    @admin.display(description=_("who"), ordering="actor")
    def who(self, row: ReviewEvent) -> str:
        """The account that acted."""
        return str(row.actor)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("report/", view(self.report_view), name="ageing_report"),
            path("report/<slug:kind>/<int:pk>/", view(self.act_view), name="ageing_act"),
            *super().get_urls(),
        ]

    def report_view(self, request: HttpRequest) -> HttpResponse:
        """What is overdue in each department; of one department, kind and state the texts themselves."""
        kinds = kinds_of(request.user)
        if not kinds:
            raise Http404
        kind = KINDS.get(request.GET.get("kind", ""), kinds[0])
        state, department = request.GET.get("state", "overdue"), self._department(request)
        if kind not in kinds or state not in STATES:
            raise Http404
        user: Any = request.user
        context = {
            **self.admin_site.each_context(request),
            "title": translate("Ageing texts"),
            "kinds": kinds,
            "departments": overdue_by_department(kinds, user),
            "choices": Department.objects.covered_by(user),
            "department": department,
            "kind": kind,
            "state": state,
            "states": [
                (name, label, [(each, counted(each, user, name, department)) for each in kinds])
                for name, label in STATES.items()
            ],
            "rows": listed(kind, user, state, department),
            "listed": LISTED,
            "counted": COUNTED,
            "here": request.get_full_path(),
        }
        return TemplateResponse(request, "admin/articles/ageing_report.html", context)

    def act_view(self, request: HttpRequest, kind: str, pk: int) -> HttpResponse:
        """Say of a text that it is still valid, with one click; or that it is outdated, and why."""
        text = text_of(KINDS[kind], account_of(request), pk) if kind in KINDS else None
        if text is None:
            raise Http404
        if request.method == "POST" and request.POST.get("act") == "still_valid":
            return self._keep_valid(request, text)
        if request.method not in ("GET", "HEAD", "POST"):
            return HttpResponseNotAllowed(["GET", "POST"])
        initial = {"note": text.outdated_note, "see": text.outdated_see}
        form = OutdatedForm(request.POST if request.method == "POST" else None, initial=initial)
        if form.is_valid():
            return self._outdate(request, text, form)
        context = {
            **self.admin_site.each_context(request),
            "title": translate("Mark as outdated"),
            "form": form,
            "row": Aged.of(KINDS[kind], text),
            "back": self._back(request),
        }
        status = HTTPStatus.BAD_REQUEST if form.is_bound else HTTPStatus.OK
        return TemplateResponse(request, "admin/articles/ageing_outdate.html", context, status=status)

    def _keep_valid(self, request: HttpRequest, text: Ageing) -> HttpResponse:
        account = account_of(request)
        return self._said(request, lambda: text.keep_valid(by=account), translate("Still valid, for a year."))

    def _outdate(self, request: HttpRequest, text: Ageing, form: OutdatedForm) -> HttpResponse:
        said = translate("Marked as outdated. Readers see why.")
        return self._said(request, lambda: text.outdate(by=account_of(request), **form.cleaned_data), said)

    def _said(self, request: HttpRequest, verb: Any, done: str) -> HttpResponse:
        """Do it, say what came of it, and go back to the list."""
        try:
            verb()
        except NotTheReviewer as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
        except InvalidMove as refusal:
            self.message_user(request, " ".join(map(str, refusal.conditions)), messages.ERROR)
        else:
            self.message_user(request, done, messages.SUCCESS)
        return redirect(self._back(request))

    def _back(self, request: HttpRequest) -> str:
        """The report as it was left; never another place."""
        report = reverse("admin:ageing_report")
        came_from = request.POST.get("back") or request.GET.get("back", "")
        return came_from if came_from == report or came_from.startswith(f"{report}?") else report

    def _department(self, request: HttpRequest) -> Department | None:
        slug = request.GET.get("department", "")
        if not slug:
            return None
        found = Department.objects.covered_by(account_of(request)).filter(slug=slug).first()
        if found is None:
            raise Http404
        return found
