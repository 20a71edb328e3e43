"""The list of articles, and what waits for medical review."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from articles.admin.article_part import ArticlePart
from articles.admin.article_state import state_word
from articles.admin.article_verbs import REVIEWS
from articles.models import Article, ArticleRevision
from articles.states import PUBLIC, Status

WAITING = 200
"""Rows of the reviewers' list."""


class StateFilter(admin.SimpleListFilter):
    """By state; what is over by the clock is expired, whether or not the worker has come by."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(Status.choices)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value, over = self.value(), {"status__in": PUBLIC, "expires_at__lte": timezone.now()}
        if value not in Status.values:
            return queryset
        if value == Status.EXPIRED:
            return queryset.filter(status=value) | queryset.filter(**over)
        rows = queryset.filter(status=value)
        return rows.exclude(**over) if value in PUBLIC else rows


class WorkFilter(admin.SimpleListFilter):
    """By what is to be done."""

    title = _("what is to be done")
    parameter_name = "todo"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("review", _("waits for review")),
            ("changes", _("changes that readers do not see")),
            ("overdue", _("review overdue")),
            ("soon", _("review due in 30 days")),
            ("outdated", _("marked as outdated")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        rows: Any = queryset
        words = {
            "review": rows.awaiting_review,
            "changes": rows.with_changes,
            "overdue": rows.overdue,
            "soon": rows.due_soon,
            "outdated": rows.outdated,
        }
        return words[value]() if (value := self.value()) in words else queryset


class ListPart(ArticlePart):
    """Two lists: all articles, and what was handed in."""

    def get_urls(self) -> list[URLPattern]:
        return [self.address("review/", self.review_view, "review"), *super().get_urls()]

    @admin.display(description=_("state"), ordering="status")
    def state(self, article: Article) -> str:
        """The state in a word, and whether there is a newer text than readers see."""
        has_more = article.is_public and article.has_changes
        return translate("%s, with changes") % state_word(article) if has_more else state_word(article)

    @method_decorator(require_safe)
    def review_view(self, request: HttpRequest) -> HttpResponse:
        """List what was handed in for the departments of this account, what has waited longest first."""
        if not request.user.has_perm(REVIEWS):
            raise PermissionDenied
        saved = ArticleRevision.objects.filter(article=OuterRef("pk"), saved_by=request.user.pk)
        waiting: Any = self.get_queryset(request)
        rows = waiting.awaiting_review().annotate(wrote=Exists(saved)).order_by("review_asked_at", "pk")
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": translate("Texts that wait for review"),
            "articles": rows.select_related("draft__saved_by")[:WAITING],
            "user": request.user,
        }
        return render(request, "admin/articles/article/review.html", context)
