"""The template library `written`: what pages of other apps show of articles and static pages."""

from django import template

from articles.models import StaticPage
from people.languages import active_prefix

register = template.Library()


@register.simple_tag
def footer_pages() -> list[StaticPage]:
    """The static pages of the footer in the language of the page: one query."""
    pages = StaticPage.objects.filter(is_public=True, language=active_prefix())
    return list(pages.only("slug", "language", "title").order_by("order", "slug"))
