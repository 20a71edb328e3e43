"""Articles as everyone reads them."""

from typing import Any, Final

from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, TruncDate
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from articles.article_page import article_page
from articles.models import Article
from faq.paging import page_of, tally
from faq.responses import elsewhere, gone, is_at, moved, public_page
from faq.thread_page import other_prefix
from people.languages import active_prefix, prefix_of
from text.slug import slugify

NEAR: Final = 4
"""How many articles the page of one that is gone points to."""


@require_safe
@public_page
def article_list(request: HttpRequest) -> HttpResponse:
    """Every public article of the language, the newest first."""
    prefix = active_prefix()
    published = Article.objects.published()
    rows = published.under_prefix(prefix).select_related("department").annotate(listed_on=TruncDate("published_at"))
    context = {"page": page_of(request, rows), "in_other": tally(published.under_prefix(other_prefix(prefix)))}
    return render(request, "articles/article_list.html", context)


@require_safe
@public_page
def article_detail(request: HttpRequest, pk: int, slug: str = "") -> HttpResponseBase:
    """An article with its contents, references, questions and topics."""
    article = _article_with_twin(pk)
    if article is None:
        return _gone(request, pk)
    address, twin = article.get_absolute_url(), _twin_address(article)
    if active_prefix() != prefix_of(article.language):
        return elsewhere(request, twin or address)
    if not is_at(request, address):
        return moved(request, address)
    context = article_page(article, article.edition, twin)
    return render(request, "articles/article_detail.html", context)


def _gone(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of an article that was public once: why it is not, and what is near."""
    article = Article.objects.filter(pk=pk).select_related("department").first()
    if article is None:
        return gone(request, f"article:{pk}")
    tags = article.tagged.values("tag")
    near = (
        Article.objects.published().under_prefix(prefix_of(article.language)).filter(tagged__tag__in=tags).distinct()
    )
    rows = near.exclude(pk=pk).order_by("-published_at")[:NEAR]
    why = article.withdrawn_note or (_("Its time was over.") if article.expires_at else "")
    lang = article.html_lang if article.withdrawn_note else ""
    return gone(request, article.text_key, department=article.department, why=why, lang=lang, near=rows)


def _article_with_twin(pk: int) -> Any:
    """A public article with key and title of its public twin in the other language; None if it is not public now."""
    root = Coalesce(OuterRef("translation_of_id"), OuterRef("pk"))
    family = Article.objects.published().filter(Q(pk=root) | Q(translation_of_id=root))
    twins = family.exclude(pk=OuterRef("pk")).exclude(language=OuterRef("language")).order_by("pk")
    people = ("author", "reviewed_by", "edition__author_physician", "edition__hero", "translation_of__edition")
    rows = Article.objects.published().defer(None).select_related("department", *people)
    twin = {"twin_pk": Subquery(twins.values("pk")[:1]), "twin_title": Subquery(twins.values("edition__title")[:1])}
    return rows.annotate(**twin).filter(pk=pk).first()


def _twin_address(article: Any) -> str:
    if article.twin_pk is None:
        return ""
    with override(other_prefix(prefix_of(article.language))):
        return reverse(
            "articles:article_detail", args=[article.twin_pk, slugify(article.twin_title, fallback="article")]
        )
