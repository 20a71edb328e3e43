"""The template library `text`: how stored and typed text reaches a page."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from text import plain

register = template.Library()


@register.filter
def stored_html(html: str) -> SafeString:
    """HTML that one of our verbs rendered with `text.render` and stored. The only mark_safe of the project."""
    return mark_safe(html)  # nosec B308 B703


@register.filter
def plain_html(source: str) -> SafeString:
    """Plain text as escaped HTML with its paragraphs and line breaks, as `text.plain.to_html` gives it."""
    return format_html_join("\n", "<p>{}{}</p>", ((part[0], _further(part[1:])) for part in plain.paragraphs(source)))


def _further(lines: list[str]) -> SafeString:
    return format_html_join("", "<br>{}", ((line,) for line in lines)) if lines else format_html("{}", "")
