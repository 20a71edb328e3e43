"""Questions in the admin: found, read with their log, acted on many at once; never edited but by their verbs."""

import re
from collections.abc import Callable
from typing import Any, Final

from django.contrib import admin
from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.timesince import timesince
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

from faq.admin import moderator_desk, physician_desk
from faq.admin.moderator_bulk import BULK, MOST, act_on_many
from faq.admin.moderator_fetch import moderator
from faq.admin.moderator_screen import logs_of
from faq.admin.vocabulary_filters import TagFilter
from faq.models import Finding, Question, Ticket
from faq.states import MOVES
from people.admin_base import HouseAdmin
from text import codes
from text.clean import clean_line
from text.fold import fold

NUMBER: Final = re.compile(r"#?(\d{1,18})", re.ASCII)
MOST_WORDS: Final = 8
WAITING: Final = MOVES["accept"].sources | MOVES["answer"].sources
"""Where a question waits for somebody of the house."""


def _on_many(name: str) -> Callable[[Any, HttpRequest, QuerySet[Any]], HttpResponse | None]:
    """One of the acts on many, as an action of the list."""

    @admin.action(description=BULK[name].ask, permissions=["moderate"])
    def action(model_admin: "QuestionAdmin", request: HttpRequest, rows: QuerySet[Any]) -> HttpResponse | None:
        chosen = [str(pk) for pk in rows.values_list("pk", flat=True)[: MOST + 1]]
        back = f"{reverse('admin:faq_question_changelist')}?{request.GET.urlencode()}"
        return act_on_many(request, model_admin.admin_site, moderator(request), name=name, chosen=chosen, back=back)

    action.__name__ = f"{name}_questions"
    return action


@admin.register(Question)
class QuestionAdmin(HouseAdmin):
    """Threads, and the desks at which they are worked on."""

    list_display = (
        "number",
        "title_as_shown",
        "department",
        "status",
        "asked_on",
        "waiting",
        "open_findings",
        "language",
    )
    list_display_links = ("number", "title_as_shown")
    list_filter = ("status", "department", "language", TagFilter)
    list_select_related = ("department",)
    ordering = ("-pk",)
    sortable_by = ()
    search_fields = ("pk", "external_id", "nickname", "title", "editorial_title")
    search_help_text = _("Number, old number, nickname, ticket code, or words of the title.")
    actions = [_on_many(name) for name in BULK]
    fieldsets = (
        (None, {"fields": (("number", "status", "department", "language"), "title", "editorial_title", "body")}),
        (_("Asker"), {"fields": (("nickname", "age_band", "sex", "for_whom"), ("asked_on", "wants_public"))}),
        (
            _("Where it is"),
            {
                "fields": (
                    ("urgency", "waiting", "publish_after"),
                    ("created_at", "answered_at", "published_at"),
                    ("tags_as_shown", "views", "helpful", "unhelpful"),
                    ("source", "external_id", "translation_of", "merged_into"),
                )
            },
        ),
    )

    def get_urls(self) -> list[Any]:
        """Return the desks' addresses before those of the admin."""
        desks = [*physician_desk.urls(self.admin_site), *moderator_desk.urls(self.admin_site)]
        return [*desks, *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Return what the account sees, with the number of findings that nobody has decided on."""
        found = Finding.objects.undecided().filter(question=OuterRef("pk")).order_by().values("question")
        counted = Subquery(found.annotate(number=Count("pk")).values("number"), output_field=IntegerField())
        rows: QuerySet[Any] = super().get_queryset(request).annotate(findings_open=Coalesce(counted, 0))
        return rows

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Find by number, old number, nickname, the whole ticket code in any spelling, or every word of the title."""
        words = clean_line(search_term)
        if not words:
            return queryset, False
        if codes.normalise(words):
            return queryset.filter(pk__in=Ticket.objects.opened_by(words).values("question")), False
        number = NUMBER.fullmatch(words)
        named = Q(external_id=words) | Q(nickname__istartswith=words)
        return queryset.filter(named | (Q(pk=int(number[1])) if number else _titled(words))), False

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show a question with its log; the openings of its sealed text are for moderators."""
        question = self.get_object(request, object_id)
        if question is None:
            raise Http404
        context = {
            **logs_of(question),
            "answers": question.answers.select_related("physician"),
            **_titles(question),
        }
        if not self.has_moderate_permission(request):
            context["accesses"] = None
        return super().change_view(request, object_id, form_url, {**context, **(extra_context or {})})

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Lead to the log under the question, which is its history."""
        question = self.get_object(request, object_id)
        if question is None:
            raise Http404
        return redirect(f"{reverse('admin:faq_question_change', args=[question.pk])}#events")

    def has_moderate_permission(self, request: HttpRequest) -> bool:
        """Say whether the account acts as a moderator."""
        return request.user.has_perm("faq.moderate_question")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody: questions come in through the form or the archive."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Question | None = None) -> bool:
        """Nobody: questions change by their verbs, at the desks."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Question | None = None) -> bool:
        """Nobody: what is withdrawn leaves an empty row with its log."""
        return False

    @admin.display(description=_("no."))
    def number(self, question: Question) -> int:
        """The number that everyone knows it by."""
        return question.pk

    @admin.display(description=_("title"))
    def title_as_shown(self, question: Question) -> str:
        """The shown title, with its language where that is not the page's."""
        return format_html('<span lang="{}">{}</span>', question.html_lang, question.shown_title or "-")

    @admin.display(description=_("waiting"), empty_value="")
    def waiting(self, question: Question) -> str:
        """How long somebody has waited for the house."""
        return timesince(question.waiting_since, depth=1) if question.status in WAITING else ""

    @admin.display(description=_("findings"))
    def open_findings(self, question: Any) -> str:
        """How many findings nobody has decided on."""
        return str(question.findings_open or "")

    @admin.display(description=_("tags"))
    def tags_as_shown(self, question: Question) -> str:
        """The tags as people write them."""
        return ", ".join(tagged.tag.label for tagged in question.tagged.select_related("tag"))


def _titles(question: Question) -> dict[str, str]:
    return {"title": translate("Question %d") % question.pk, "subtitle": question.shown_title}


def _titled(words: str) -> Q:
    """Every word in the title or in the editorial title."""
    condition = Q()
    for word in fold(words).split()[:MOST_WORDS]:
        condition &= Q(title__icontains=word) | Q(editorial_title__icontains=word)
    return condition if condition else Q(pk__in=[])
