"""The page of an article as readers would get it: as it is typed, or as it was saved once. Nothing is stored."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import override
from django.views.decorators.http import require_POST, require_safe

from articles.admin.article_form import WORDS
from articles.admin.article_part import ArticlePart, may_be_framed, revision_of
from articles.article_page import article_page
from articles.models import Article, ArticleRevision
from people.languages import Language, prefix_of


class PreviewPart(ArticlePart):
    """Two previews: of the form, by POST, and of a revision."""

    def get_urls(self) -> list[URLPattern]:
        return [
            self.address("add/preview/", self.preview_new_view, "preview_new"),
            self.address("<int:pk>/preview/", self.preview_view, "preview"),
            self.address("<int:pk>/revisions/<int:number>/", self.revision_view, "revision"),
            *super().get_urls(),
        ]

    @method_decorator(require_POST)
    def preview_new_view(self, request: HttpRequest) -> HttpResponse:
        """Show a text that has not been saved yet."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        return self._typed(request, Article(language=Language.EN), change=False)

    @method_decorator(require_POST)
    def preview_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the text as it is typed in the form."""
        return self._typed(request, self.fetch(request, pk, to_change=True), change=True)

    @method_decorator(require_safe)
    def revision_view(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        """Show a revision as readers would see it, with its own review."""
        article = self.fetch(request, pk)
        revision = revision_of(article, number)
        return shown(request, article, revision, revision)

    def _typed(self, request: HttpRequest, stored: Article, *, change: bool) -> HttpResponse:
        form = self.get_form(request, stored if change else None, change=change)(request.POST, instance=stored)
        form.is_valid()
        article = with_words(form, request)
        rows = {
            inline.model._meta.model_name: rows_of(request, formset, inline, article, is_new=not change)
            for formset, inline in self.get_formsets_with_inlines(request, article if change else None)
        }
        text = article.preview(rows["articlefaqentry"], rows["articlereference"])
        draft = article.draft
        review = draft if draft is not None and text.says_the_same(draft) else None
        chosen = {name: form.cleaned_data[name] for name in ("topics", "questions") if name in form.cleaned_data}
        return shown(request, article, text, review, chosen)


def with_words(form: Any, request: HttpRequest) -> Article:
    """The unsaved article with what was typed, even where the form refuses it: a title too long is shown."""
    article: Article = form.instance
    for name in WORDS:
        setattr(article, name, request.POST.get(name, "").replace("\r\n", "\n"))
    if article.language not in Language.values:
        article.language = Language.EN
    if article.pk is None:
        article.pk = 0  # so that its relations can be asked, and are empty
    return article


def rows_of(request: HttpRequest, formset: Any, inline: Any, article: Article, *, is_new: bool) -> list[Any]:
    """The references or FAQ entries as typed."""
    parent = Article() if is_new else article
    rows: list[Any] = formset(request.POST, instance=parent, queryset=inline.get_queryset(request)).typed()
    return rows


def shown(
    request: HttpRequest, article: Article, text: ArticleRevision, review: ArticleRevision | None, chosen: Any = None
) -> HttpResponse:
    """Answer with the page of an article, in its own language, showing that text under that review."""
    article.reviewed_by = review.reviewed_by if review else None
    article.reviewed_on = review.reviewed_on if review else None
    article.published_at = article.published_at or timezone.now()
    with override(prefix_of(article.language)):
        context = article_page(article, text) | {name: rows.published() for name, rows in (chosen or {}).items()}
        return may_be_framed(render(request, "admin/articles/article/preview.html", context))
