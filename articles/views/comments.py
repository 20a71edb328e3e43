"""Comments of readers: all of an article's, writing one, reporting one. An article's own page has no form."""

from http import HTTPStatus
from typing import Any

from django.db.models.functions import TruncDate
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from articles.forms.comment import CommentForm, CommentReportForm
from articles.models import Article, Comment
from faq.paging import page_of
from faq.responses import elsewhere, public_page
from people.languages import active_prefix, prefix_of
from people.limits import COMMENT, REPORT, Limit
from people.visitors import VisitorForm, held_up, is_from_elsewhere


@require_safe
@public_page
def comment_list(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Every approved comment of a public article, the newest first."""
    article = get_object_or_404(Article.objects.published(), pk=pk)
    if active_prefix() != prefix_of(article.language):
        return elsewhere(request, _address(article, "comment_list"))
    comments = article.comments.approved().annotate(listed_on=TruncDate("created_at"))
    return render(request, "articles/comment_list.html", {"article": article, "page": page_of(request, comments)})


@csrf_exempt  # nobody is signed in here, nothing is allowed by a cookie: see people.visitors
@require_http_methods(["GET", "HEAD", "POST"])
def comment_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a comment, which a moderator reads first. Where comments have closed meanwhile, the words come back."""
    article = get_object_or_404(Article.objects.published(), pk=pk)
    if request.method != "POST":
        return _add_page(request, CommentForm(article=article))
    form = CommentForm(request.POST, article=article, from_elsewhere=is_from_elsewhere(request))
    if form.is_valid() and not article.are_comments_open and not form.was_sent(form.key):
        form.add_error(None, _("Comments on this article have been closed. Your words are below, to take them along."))
    if (response := _refused(request, form, COMMENT, _add_page)) is not None:
        return response
    if form.differs_from(form.save()):
        form.spend_key()
        form.add_error(None, _("Your first version has reached us. Press the button to send this one as well."))
        return _add_page(request, form, HTTPStatus.CONFLICT)
    return HttpResponseRedirect(f"{request.path}?sent=1", status=HTTPStatus.SEE_OTHER)


@csrf_exempt  # nobody is signed in here, nothing is allowed by a cookie: see people.visitors
@require_http_methods(["GET", "HEAD", "POST"])
def comment_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell the moderators that a comment should not stand there."""
    comment = get_object_or_404(
        Comment.objects.approved().filter(article__in=Article.objects.published()).select_related("article__edition"),
        pk=pk,
    )
    if request.method != "POST":
        return _report_page(request, CommentReportForm(comment=comment))
    form = CommentReportForm(request.POST, comment=comment, from_elsewhere=is_from_elsewhere(request))
    if (response := _refused(request, form, REPORT, _report_page)) is not None:
        return response
    form.save()
    return HttpResponseRedirect(f"{request.path}?sent=1", status=HTTPStatus.SEE_OTHER)


def _refused(request: HttpRequest, form: VisitorForm, limits: tuple[Limit, ...], page: Any) -> HttpResponse | None:
    """The form again with what is wrong, or None for one that can be taken."""
    if not form.is_valid():
        response: HttpResponse = page(request, form, HTTPStatus.BAD_REQUEST)
        return response
    if form.was_sent(form.key) or not (seconds := held_up(request, limits)):
        return None
    form.hold_up(seconds)
    response = page(request, form, HTTPStatus.TOO_MANY_REQUESTS)
    response["Retry-After"] = str(seconds)
    return response


def _add_page(request: HttpRequest, form: CommentForm, status: int = HTTPStatus.OK) -> HttpResponse:
    return _page(request, "articles/comment_add.html", form, {"article": form.article}, status)


def _report_page(request: HttpRequest, form: CommentReportForm, status: int = HTTPStatus.OK) -> HttpResponse:
    context = {"comment": form.comment, "article": form.comment.article}
    return _page(request, "articles/comment_report.html", form, context, status)


def _page(
    request: HttpRequest, template: str, form: VisitorForm, context: dict[str, Any], status: int
) -> HttpResponse:
    page = {**context, "form": form, "problems": form.problems(), "was_sent": "sent" in request.GET}
    response = render(request, template, page, status=status)
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response


def _address(article: Article, name: str) -> str:
    return reverse(f"articles:{name}", args=[article.pk]).replace(
        f"/{active_prefix()}/", f"/{prefix_of(article.language)}/", 1
    )
