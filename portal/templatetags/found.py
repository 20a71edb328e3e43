"""The template library `found`: what the head of a page tells search engines, and those to whom it is sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any, Final
from urllib.parse import urlencode

from django import template
from django.http import HttpRequest
from django.utils.encoding import escape_uri_path
from django.utils.html import format_html
from django.utils.safestring import SafeString

from faq.paging import Page
from people.languages import HTML_LANG, active_prefix
from people.models import Department
from portal.cards import card_of
from portal.templatetags.site import absolute, twin_address
from text.linked_data import Thing
from text.template import data_block

register = template.Library()

LOCALES: Final = {"en": "en_US", "zh-hant": "zh_TW"}
CURSORS: Final = ("before", "after")
BY_QUERY: Final = {"faq:topic_list": ("department",)}
"""Views of which part of the query makes it another page."""
ABOUT_A_TEXT: Final = ("question", "article", "topic")
"""Names under which a page passes the text that it is about."""


@dataclass(frozen=True)
class Alternate:
    """The page in a language, or for everyone else ("x-default")."""

    language: str
    address: str


@register.simple_block_tag
def captured(content: str) -> str:
    """What the block says, for `as`: a title stands in more places than one."""
    return content.strip()


@register.inclusion_tag("_found.html", takes_context=True)
def found_by_others(context: template.Context, title: str, description: str) -> dict[str, Any]:
    """Canonical address, languages and the card of a page that search engines may list; nothing without a request."""
    own = canonical_address(context)
    twin = "" if _cursor(context) else twin_address(context)
    prefix = active_prefix()
    return {
        "own": own,
        "alternates": alternates(own, twin, prefix, is_home=_view(context) == "home") if twin else [],
        "title": title,
        "description": description,
        "locale": LOCALES[prefix],
        "other_locale": LOCALES["en" if prefix == "zh-hant" else "zh-hant"] if twin else "",
        "kind": "article" if any(context.get(name) for name in ABOUT_A_TEXT) else "website",
        "card": card_of(_department(context)),
    }


@register.simple_tag(takes_context=True)
def canonical_address(context: template.Context) -> str:
    """The one address of a page: its path, and of the query only what makes it another page; empty without a request.

    A later page of a list is a page of its own, never the first one again.
    """
    request = context.get("request")
    if not isinstance(request, HttpRequest):
        return ""
    kept = {name: request.GET[name] for name in BY_QUERY.get(_view(context), ()) if request.GET.get(name)}
    kept |= _cursor(context)
    return escape_uri_path(request.path) + (f"?{urlencode(kept)}" if kept else "")


def alternates(own: str, twin: str, prefix: str, *, is_home: bool = False) -> list[Alternate]:
    """A page in both languages. Whoever reads neither is led to English; at the front door the browser chooses."""
    other = "en" if prefix == "zh-hant" else "zh-hant"
    default = "/" if is_home else (own if prefix == "en" else twin)
    found = [(HTML_LANG[prefix], own), (HTML_LANG[other], twin), ("x-default", default)]
    return [Alternate(language, address) for language, address in found]


@register.simple_block_tag(takes_context=True)
def breadcrumb(context: template.Context, content: str) -> SafeString:
    """The way to a page for people, and the same way as data; pages that nobody may list have no data."""
    steps = steps_of(content)
    is_listed = not context.get("page_robots") and len(steps) > 1
    return format_html("{}{}", content, data_block([_way(steps)]) if is_listed else "")


def steps_of(trail: str) -> list[tuple[str, str]]:
    """The words and the address of each item of a list in HTML; no address for the page itself."""
    reader = _Steps()
    reader.feed(trail)
    reader.close()
    return [("".join(words).strip(), address) for words, address in reader.steps]


class _Steps(HTMLParser):
    """Reads the list items of our own breadcrumb."""

    def __init__(self) -> None:
        super().__init__()
        self.steps: list[tuple[list[str], str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "li":
            self.steps.append(([], ""))
        elif tag == "a" and self.steps:
            self.steps[-1] = (self.steps[-1][0], dict(attrs).get("href") or "")

    def handle_data(self, data: str) -> None:
        if self.steps:
            self.steps[-1][0].append(data)


def _way(steps: list[tuple[str, str]]) -> Thing:
    items = [
        {"@type": "ListItem", "position": place, "name": name, "item": absolute(address) if address else ""}
        for place, (name, address) in enumerate(steps, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _cursor(context: template.Context) -> Mapping[str, str]:
    request = context.get("request")
    if not isinstance(request, HttpRequest) or not isinstance(context.get("page"), Page):
        return {}
    return {name: request.GET[name] for name in CURSORS if request.GET.get(name)}


def _view(context: template.Context) -> str:
    match = getattr(context.get("request"), "resolver_match", None)
    return match.view_name if match else ""


def _department(context: template.Context) -> Department | None:
    rows: list[Any] = [context.get(name) for name in ABOUT_A_TEXT]
    found = next((row.department for row in rows if row), None) or context.get("department")
    return found if isinstance(found, Department) else None
