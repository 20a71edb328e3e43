"""The template library `text`: how stored and typed text reaches a page."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from text import linked_data, plain

register = template.Library()


@register.filter
def stored_html(html: str) -> SafeString:
    """HTML that one of our verbs rendered with `text.render` and stored."""
    return mark_safe(html)  # nosec B308 B703


@register.filter
def data_block(things: Sequence[Mapping[str, Any]]) -> SafeString:
    """Structured data for machines in a script element, which no browser runs; nothing for no things.

    This and `stored_html` are the only mark_safe of the project.
    """
    if not things:
        return SafeString()
    data = mark_safe(linked_data.to_json(things))  # nosec B308 B703
    return format_html('<script type="application/ld+json">{}</script>\n', data)


@register.filter
def plain_html(source: str) -> SafeString:
    """Plain text as escaped HTML with its paragraphs and line breaks, as `text.plain.to_html` gives it."""
    return format_html_join("\n", "<p>{}{}</p>", ((part[0], _further(part[1:])) for part in plain.paragraphs(source)))


def _further(lines: list[str]) -> SafeString:
    return format_html_join("", "<br>{}", ((line,) for line in lines)) if lines else format_html("{}", "")
