"""What the parts of the articles' admin have in common: how an article is fetched, and what may be framed."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path

from articles.models import Article, ArticleRevision
from people.admin_shared import SharedAdmin

NAME = "articles_article_{}"


class ArticlePart(SharedAdmin):
    """The admin of articles, or a part of it."""

    def fetch(self, request: HttpRequest, pk: int, *, to_change: bool = False) -> Article:
        """Return an article that the account may see, or may change. Raises Http404 where there is none."""
        article: Article | None = self.get_queryset(request).filter(pk=pk).first()
        may = self.has_change_permission if to_change else self.has_view_permission
        if article is None or not may(request, article):
            raise Http404
        return article

    def address(self, route: str, view: Any, name: str) -> URLPattern:
        """Return an address of this admin, behind the staff's door."""
        pattern: URLPattern = path(route, self.admin_site.admin_view(view), name=NAME.format(name))
        return pattern


def revision_of(article: Article, number: int) -> ArticleRevision:
    """Return one revision by its number. Raises Http404."""
    rows = article.revisions.select_related("saved_by", "author_physician", "hero", "reviewed_by")
    found: ArticleRevision | None = rows.filter(number=number).first()
    if found is None:
        raise Http404
    return found


def may_frame(response: HttpResponse) -> HttpResponse:
    """Let a page of the desk show pages of this site in a frame; nothing else of the policy changes."""
    response._csp_config = {**settings.SECURE_CSP, "frame-src": ["'self'"]}  # type: ignore[attr-defined]
    return response


def may_be_framed(response: HttpResponse) -> HttpResponse:
    """Let pages of this site show an answer in a frame; search engines and caches leave it alone."""
    response._csp_config = {**settings.SECURE_CSP, "frame-ancestors": ["'self'"]}  # type: ignore[attr-defined]
    response["X-Frame-Options"] = "SAMEORIGIN"
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "no-store"
    return response
