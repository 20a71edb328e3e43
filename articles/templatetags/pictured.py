"""The template library `pictured`: pictures on top of a text, and in its places."""

from django import template
from django.utils.safestring import SafeString

from articles.figures import picture_html
from articles.insets import filled
from articles.models import Picture

register = template.Library()


@register.filter
def with_insets(html: str, language: str) -> SafeString:
    """Stored HTML with its pictures and contacts for readers of that language, in a query for each kind it has."""
    return filled(html, language)


@register.simple_tag
def picture_on_top(picture: Picture | None, language: str) -> SafeString | str:
    """The figure above a text, which is loaded at once; nothing where there is no picture."""
    return picture_html(picture, language, is_lazy=False) if picture else ""
