"""The template library `written`: what pages of other apps show of articles and static pages, a query each."""

from typing import Any, Final

from django import template
from django.db.models import QuerySet

from articles.models import Article, StaticPage
from faq.models import Question
from people.languages import active_prefix, prefix_of
from people.models import Department
from search.models import Concept

register = template.Library()

RELATED: Final = 4
WITH_PAGES_OF_THEIR_OWN: Final = ("contact", "sitemap")
"""Address names whose words stand on another page, which the footer names itself."""


@register.simple_tag
def footer_pages() -> list[StaticPage]:
    """The static pages of the footer in the language of the page."""
    pages = StaticPage.objects.filter(is_public=True, language=active_prefix()).exclude(
        slug__in=WITH_PAGES_OF_THEIR_OWN
    )
    return list(pages.only("slug", "language", "title").order_by("order", "slug"))


@register.inclusion_tag("articles/_related.html")
def related_articles(question: Question) -> dict[str, Any]:
    """Articles that share a tag with a question, in its language."""
    tagged = Article.objects.filter(tagged__tag__tagged_questions__content_object=question)
    return _links(tagged, prefix_of(question.language))


@register.inclusion_tag("articles/_related.html")
def articles_about(concept: Concept) -> dict[str, Any]:
    """Articles that are tagged with a concept, in the language of the page."""
    return _links(Article.objects.filter(tagged__tag=concept), active_prefix())


@register.inclusion_tag("articles/_related.html")
def articles_of(department: Department) -> dict[str, Any]:
    """The newest articles of a department, in the language of the page."""
    return _links(Article.objects.filter(department=department), active_prefix())


def _links(articles: "QuerySet[Article]", prefix: str) -> dict[str, Any]:
    chosen = Article.objects.filter(pk__in=articles.values("pk")).published().under_prefix(prefix)
    rows = chosen.only("language", "title").order_by("-published_at", "-pk")[:RELATED]
    return {"articles": list(rows)}
