"""Whether each text of a page stands under the `lang` in which it is written, by the rules of `text.tongues`."""

from collections.abc import Iterator
from typing import Final

from tests.reading import Part
from text.tongues import tongue_of

SPOKEN: Final = ("aria-label", "alt", "title", "placeholder")
UNSPOKEN: Final = ("script", "style", "svg", "template", "kbd", "code")
ADDRESS: Final = ("http://", "https://")


def strangers(page: Part) -> list[str]:
    """The texts of a page that stand under the wrong language, as "lang: text". An address is in no language."""
    return [f"{lang}: {text[:80]}" for lang, text in _texts(page, "") if tongue_of(text) not in ("", lang[:2])]


def _texts(part: Part, lang: str) -> Iterator[tuple[str, str]]:
    lang = part["lang"] or lang
    for name in SPOKEN:
        if part[name]:
            yield lang, part[name]
    if part.tag in UNSPOKEN:
        return
    for inside in part.inside:
        if isinstance(inside, Part):
            yield from _texts(inside, lang)
        elif not inside.strip().startswith(ADDRESS):
            yield lang, " ".join(inside.split())
