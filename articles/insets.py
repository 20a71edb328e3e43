"""What fills the places of stored HTML (`text.insets`) when a page is written: pictures and contact blocks.

Texts are stored with `insets=text.insets.mark` and shown with `filled(html, language)`, in templates the filter
`with_insets`: what is filled in is looked up then, in one query a kind, so that a corrected alternative text or
telephone number needs no text to be saved again.
"""

from collections.abc import Callable

from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles.contacts import contact_html
from articles.figures import picture_html
from articles.models import ContactBlock, Picture
from text import blocks, insets
from text.template import stored_html

Maker = Callable[[str], str]
"""From the HTML of a caption to the HTML of the whole."""


def filled(html: str, language: str) -> SafeString:
    """Stored HTML with its places filled for readers of `language`, in one query for each kind that it has.

    What is no longer there leaves the sentence that says so.
    """
    made: dict[str, dict[str, Maker]] = {"picture": _pictures(html, language), "contact": _contacts(html, language)}

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


def _contacts(html: str, language: str) -> dict[str, Maker]:
    asked = insets.names(html, "contact")
    rows = ContactBlock.objects.filter(slug__in=asked) if asked else ()
    return {row.slug: _block_maker(row, language) for row in rows}


def _block_maker(block: ContactBlock, language: str) -> Maker:
    return lambda caption_html: format_html("{}{}", contact_html(block, language), stored_html(caption_html))


def _missing(kind: str, name: str, caption_html: str, language: str) -> SafeString:
    sentence = blocks.missing(kind, name, language)
    return format_html('<p class="missing">{}</p>{}', sentence, stored_html(caption_html))


def _numbers(html: str) -> list[int]:
    return [int(name) for name in insets.names(html, "picture") if name.isdecimal()]
