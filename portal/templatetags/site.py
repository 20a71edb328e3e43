"""The template library `site`: addresses of the page itself, and how days are written."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, Final
from urllib.parse import urlencode

from django import template
from django.http import HttpRequest
from django.utils import timezone
from django.utils.encoding import escape_uri_path
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from people.languages import HTML_LANG, active_prefix
from people.linked_data import whole
from search.models import Document
from text.snippets import Piece
from text.tongues import runs, tongue_of

register = template.Library()

OWN_QUERY: Final = ("department", "before", "after", "q")
TWIN_QUERY: Final = ("department", "q")
"""What of the query makes it another page, for the page itself and for its twin: a cursor is of one language."""
KINDS: Final = {
    "question": _("Question"),
    "topic": _("FAQ topic"),
    "article": _("Article"),
    "page": _("Page"),
    "physician": _("Physician"),
    "department": _("Department"),
    "concept": _("Term"),
}


@register.simple_tag(takes_context=True)
def own_address(context: template.Context) -> str:
    """The page's own address without scheme and host: path, and what of the query makes it another page."""
    return _address(context, _path(context), OWN_QUERY)


@register.simple_tag(takes_context=True)
def twin_address(context: template.Context) -> str:
    """The address of the same page in the other language; empty where there is none.

    Pages about a row pass it as `twin_address` (possibly empty); every other page has its twin under the other prefix.
    """
    given: Any = context.get("twin_address")
    if given is not None:
        return str(given)
    path = _path(context)
    for here, there in (("/en/", "/zh-hant/"), ("/zh-hant/", "/en/")):
        if path.startswith(here):
            return _address(context, there + path[len(here) :], TWIN_QUERY)
    return ""


@register.filter
def absolute(address: str) -> str:
    """An address with the scheme and host of SITE_URL."""
    return whole(address)


@register.filter
def day(moment: dt.date | None) -> SafeString:
    """A day as people of both languages read it, 2011/05/01, of a date or of a moment (Taipei); nothing for None."""
    if not moment:
        return SafeString()
    date = timezone.localdate(moment) if isinstance(moment, dt.datetime) else moment
    return format_html('<time datetime="{}">{}</time>', date.isoformat(), f"{date:%Y/%m/%d}")


@register.filter
def grouped(number: int) -> str:
    """A number with a comma after each three digits, as both languages write it in Taiwan: 193,985."""
    return f"{number:,}"


@register.filter
def marked(pieces: Iterable[Piece], language: str) -> SafeString:
    """The pieces of a text in a language, escaped, what is marked in `<mark>`; Chinese names in English say so."""
    return format_html_join("", "{}", ((_marked(piece, language),) for piece in pieces))


def _marked(piece: Piece, language: str) -> str:
    text = (
        piece.text if language != "en" else format_html_join("", "{}", ((_named(*run),) for run in runs(piece.text)))
    )
    return format_html("<mark>{}</mark>", text) if piece.is_marked else text


def _named(text: str, is_chinese: bool) -> str:
    return format_html('<span lang="zh-Hant">{}</span>', text) if is_chinese else text


@register.filter
def other_lang(text: str) -> str:
    """The `lang` of a text that is plainly not in the language of the page: "zh-Hant", "en", else nothing."""
    tongue = tongue_of(text)
    return {"zh": "zh-Hant"}.get(tongue, tongue) if not active_prefix().startswith(tongue) else ""


def _path(context: template.Context) -> str:
    request = context.get("request")
    return request.path if isinstance(request, HttpRequest) else ""


def _address(context: template.Context, path: str, names: tuple[str, ...]) -> str:
    request = context.get("request")
    query = request.GET if isinstance(request, HttpRequest) else {}
    kept = urlencode({name: query[name] for name in names if query.get(name)})
    return escape_uri_path(path) + (f"?{kept}" if kept else "")


@register.filter
def kind_of(document: Document) -> str:
    """What a document is, in a word of the page's language."""
    return str(KINDS.get(document.kind, ""))


@register.filter
def html_lang(language: str) -> str:
    """The `lang` attribute for a text in one of our languages ("zh-hant")."""
    return HTML_LANG.get(language, language)
