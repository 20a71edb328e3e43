"""Everything that was saved of an article and everything that happened to it: two revisions side by side, and the way
back to an old one."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern
from django.utils.decorators import method_decorator
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from articles.admin.article_part import ArticlePart, revision_of
from articles.admin.article_state import state_of
from articles.models import Article, ArticleEvent, ArticleRevision
from people.admin_base import account_of
from text.diff import Row, side_by_side

SHOWN: Final = 100
"""Revisions, and events, on a page."""


@dataclass(frozen=True)
class Change:
    """One part of a text that differs between two revisions, in rows to read beside each other."""

    label: str | Promise
    rows: list[Row | None]
    """None: lines that are alike and left out."""


class HistoryPart(ArticlePart):
    """The history of an article, in the place of Django's log of who pressed "save"."""

    def get_urls(self) -> list[URLPattern]:
        return [
            self.address("<int:pk>/compare/", self.compare_view, "compare"),
            self.address("<int:pk>/revisions/<int:number>/restore/", self.restore_view, "restore"),
            *super().get_urls(),
        ]

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """List the revisions, and what happened."""
        if not object_id.isdecimal():
            raise Http404
        article = self.fetch(request, int(object_id))
        before = _number(request.GET.get("before")) or 2**31 - 1
        rows = article.revisions.filter(number__lt=before).select_related("saved_by", "reviewed_by", "restored_from")
        revisions = list(rows.defer("body", "body_html", "entries", "sources")[: SHOWN + 1])
        events = ArticleEvent.objects.filter(article=article).select_related("actor").order_by("-pk")
        context = self._context(request, article, _("History")) | {
            "revisions": revisions[:SHOWN],
            "older": revisions[SHOWN - 1].number if len(revisions) > SHOWN else None,
            "events": events[:SHOWN],
            "state": state_of(article),
            "may_change": self.has_change_permission(request, article),
        }
        return render(request, "admin/articles/article/history.html", context)

    @method_decorator(require_safe)
    def compare_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what differs between two revisions, the older one on the left."""
        article = self.fetch(request, pk)
        asked = [_number(request.GET.get(name)) for name in ("from", "to")]
        if None in asked:
            self.message_user(request, _("Choose two revisions."), messages.WARNING)
            return redirect("admin:articles_article_history", article.pk)
        older, newer = sorted((revision_of(article, number or 0) for number in asked), key=lambda row: row.number)
        context = self._context(request, article, _("Two revisions side by side")) | {
            "older": older,
            "newer": newer,
            "changes": changes_between(older, newer, whole="all" in request.GET),
            "is_whole": "all" in request.GET,
        }
        return render(request, "admin/articles/article/compare.html", context)

    @method_decorator(require_POST)
    def restore_view(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        """Make an old revision the working text again. What is there now is a revision already, and stays one."""
        article = self.fetch(request, pk, to_change=True)
        revision = revision_of(article, number)
        newest = article.restore(revision, by=account_of(request))
        words = {"old": number, "new": newest.number}
        self.log_change(request, article, _("Revision %(old)d restored.") % words)
        sentence = _("Revision %(old)d is the working text again, as revision %(new)d. Readers see no difference yet.")
        self.message_user(request, sentence % words, messages.SUCCESS)
        return redirect("admin:articles_article_change", article.pk)

    def _context(self, request: HttpRequest, article: Article, title: str) -> dict[str, Any]:
        return {**self.admin_site.each_context(request), "opts": self.opts, "title": title, "article": article}


def changes_between(older: ArticleRevision, newer: ArticleRevision, *, whole: bool = False) -> list[Change]:
    """What differs between two revisions, part by part: the lines that changed with those beside them, or all."""
    parts = zip(parts_of(older), parts_of(newer), strict=True)
    differing = [(label, side_by_side(before, after)) for (label, before), (_label, after) in parts if before != after]
    return [Change(label, list(rows) if whole else list(_near(rows))) for label, rows in differing]


def _near(rows: list[Row]) -> Iterator[Row | None]:
    """The rows that changed and the one before and after each; None where others are left out."""
    is_left_out = False
    for place, row in enumerate(rows):
        if all(other.is_same for other in rows[max(0, place - 1) : place + 2]):
            is_left_out = True
            continue
        if is_left_out:
            yield None
        is_left_out = False
        yield row
    if is_left_out:
        yield None


def parts_of(revision: ArticleRevision) -> list[tuple[str | Promise, str]]:
    """The parts of a revision as text, each with its name."""
    return [
        (gettext_lazy("title"), revision.title),
        (gettext_lazy("lede"), revision.lede),
        (gettext_lazy("body"), revision.body),
        (gettext_lazy("FAQ entries"), "\n\n".join(f"{row['question']}\n{row['answer']}" for row in revision.entries)),
        (gettext_lazy("references"), "\n".join(" · ".join(_reference(row)) for row in revision.sources)),
        (gettext_lazy("description"), revision.description),
        (gettext_lazy("author"), str(revision.author_physician or revision.author_name)),
        (gettext_lazy("picture"), str(revision.hero or "")),
    ]


def _reference(source: dict[str, Any]) -> list[str]:
    return [words for words in (source["title"], source["citation"], source.get("checked_on") or "") if words]


def _number(typed: str | None) -> int | None:
    is_number = typed is not None and typed.isascii() and typed.isdecimal() and len(typed) < 10
    return int(typed) if typed and is_number else None
