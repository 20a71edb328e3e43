"""What fills the places of stored HTML (`text.insets`) when a page is written: pictures, and later contact blocks.

Texts are stored with `insets=insets_for(language)` and shown with `filled(html, language)`: what is filled in is
looked up then, in one query a kind, so that a corrected alternative text needs no text to be saved again.
"""

from collections.abc import Callable
from typing import Final

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from articles.figures import picture_html
from articles.models import Picture
from people.languages import prefix_of
from text import insets
from text.template import stored_html

MISSING: Final = {
    "picture": gettext_noop("A picture is missing here: {name}"),
    "contact": gettext_noop("A contact is missing here: {name}"),
}
"""By kind, what readers see in the place of what is no longer there."""

Maker = Callable[[str], str]
"""From the HTML of a caption to the HTML of the whole."""


def insets_for(language: str) -> Callable[[str, str, str], str | None]:
    """The `insets` of `text.markdown.render` for a text that is stored: it leaves places, in whatever language."""
    return insets.mark


def filled(html: str, language: str) -> SafeString:
    """Stored HTML with its places filled for readers of `language`, in one query for each kind that it has.

    What is no longer there leaves the sentence that says so.
    """
    made: dict[str, dict[str, Maker]] = {"picture": _pictures(html, language)}

    def put(kind: str, name: str, caption_html: str) -> str:
        make = made.get(kind, {}).get(name)
        return make(caption_html) if make else _missing(kind, name, caption_html, language)

    return stored_html(insets.fill(html, put))


def missing_pictures(html: str) -> list[int]:
    """The numbers of pictures that stored HTML asks for and the library does not have, for the editors' checklist."""
    asked = _numbers(html)
    found = set(Picture.objects.filter(pk__in=asked).values_list("pk", flat=True))
    return [number for number in asked if number not in found]


def _pictures(html: str, language: str) -> dict[str, Maker]:
    asked = _numbers(html)
    rows = Picture.objects.filter(pk__in=asked) if asked else ()
    return {str(row.pk): _maker(row, language) for row in rows}


def _maker(picture: Picture, language: str) -> Maker:
    return lambda caption_html: picture_html(picture, language, caption_html)


def _missing(kind: str, name: str, caption_html: str, language: str) -> SafeString:
    with override(prefix_of(language.lower())):
        return format_html("<p>{}</p>{}", _(MISSING[kind]).format(name=name), stored_html(caption_html))


def _numbers(html: str) -> list[int]:
    return [int(name) for name in insets.names(html, "picture") if name.isdecimal()]
