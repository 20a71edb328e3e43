"""The template library `written`: what pages of other apps show of articles and static pages, a query each."""

import re
from dataclasses import dataclass
from typing import Any, Final

from django import template
from django.db.models import QuerySet

from articles.models import Article, MenuItem, SiteNotice, StaticPage
from articles.models.page import WITH_PAGES_OF_THEIR_OWN
from faq.models import Question
from people.languages import active_prefix, prefix_of
from people.models import Department
from search.models import Concept

register = template.Library()

RELATED: Final = 4


@dataclass(frozen=True)
class Menus:
    """The entries of the main menu and of the footer."""

    main: list[MenuItem]
    footer: list[MenuItem]


@register.simple_tag
def site_menus() -> Menus:
    """Both menus in the language of the page, with one query."""
    rows = list(MenuItem.objects.shown(active_prefix()))
    main, footer = ([row for row in rows if row.place == place] for place in MenuItem.Place.values)
    return Menus(main, footer)


@register.inclusion_tag("articles/_notices.html")
def site_notices(department: Any = None) -> dict[str, Any]:
    """The notices of now for all pages, and for those of a department (its key, or its address name)."""
    known = department if isinstance(department, int) or is_slug(department) else None
    return {"notices": list(SiteNotice.objects.current().on_pages_of(known))}


@register.simple_tag
def static_pages() -> list[StaticPage]:
    """Every public static page in the language of the page, except those that only lend their words."""
    pages = StaticPage.objects.filter(is_public=True, language=active_prefix()).exclude(
        slug__in=WITH_PAGES_OF_THEIR_OWN
    )
    return list(pages.only("slug", "language", "title").order_by("title"))


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
    rows = chosen.only("language", "edition", "edition__title").order_by("-published_at", "-pk")[:RELATED]
    return {"articles": list(rows)}


def is_slug(typed: Any) -> bool:
    """Say whether something that came from a form can be an address name."""
    return isinstance(typed, str) and re.fullmatch(r"[-a-z0-9_]{1,60}", typed) is not None
