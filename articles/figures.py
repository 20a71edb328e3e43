"""A picture of the library as the HTML of a figure."""

from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, override

from articles.models import Picture
from people.languages import prefix_of
from text.template import stored_html

SIZES: Final = "(min-width: 48rem) 46rem, 100vw"
"""How wide a picture stands in a text, for the browser that chooses among its files."""


def picture_html(
    picture: Picture, language: str, caption_html: str = "", *, sizes: str = SIZES, is_lazy: bool = True
) -> SafeString:
    """`<figure>` with the picture in every width, its text in `language`, and caption and credit below.

    `caption_html` is clean HTML of ours. One that is on top of a page is not lazy.
    """
    width, height, address = picture.fallback
    image = format_html(
        '<img src="{}" alt="{}" width="{}" height="{}" loading="{}" decoding="async">',
        address, picture.alt(language), width, height, "lazy" if is_lazy else "eager",
    )  # fmt: skip
    return format_html(
        '<figure class="picture"><picture><source type="image/webp" srcset="{}" sizes="{}">{}</picture>{}</figure>',
        ", ".join(f"{source} {width}w" for width, source in picture.sources),
        sizes,
        image,
        _below(picture, language, caption_html),
    )


def _below(picture: Picture, language: str, caption_html: str) -> SafeString:
    parts = [stored_html(caption_html)] if caption_html else []
    if picture.credit:
        with override(prefix_of(language.lower())):
            parts.append(format_html('<p class="picture__credit">{}</p>', _credit(picture)))
    lines = format_html_join("", "{}", ((part,) for part in parts))
    return format_html("<figcaption>{}</figcaption>", lines) if parts else lines


def _credit(picture: Picture) -> SafeString:
    return format_html(gettext("Picture: {credit}"), credit=format_html("<bdi>{}</bdi>", picture.credit))
