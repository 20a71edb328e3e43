"""A text as a guard reads it: every disguise of a character undone, every place in the original still known."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import regex

_GONE = "\x00"
_DROPPED = regex.compile(r"[\p{Default_Ignorable_Code_Point}\p{Mn}\p{Me}\p{Cf}\p{Cs}\p{Co}]|(?!\s)\p{Cc}")
_DASHES = regex.compile(r"[\p{Pd}\u2212\u2043\u30fc\uff70]")
_DOTS = "·•・‧∙⋅"
_CACHED = 50_000  # characters; what people write has far fewer, an attack has a million


class _Table(dict[int, str]):
    """One character for each character, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        plain = _plain(chr(code))
        if len(self) < _CACHED:
            self[code] = plain
        return plain


@dataclass(frozen=True, slots=True)
class Shadow:
    """The undisguised text, and where its characters stand in the original (None: at the same places)."""

    text: str
    places: Sequence[int] | None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The part of the original behind a part of the shadow, which must not be empty."""
        return (start, end) if self.places is None else (self.places[start], self.places[end - 1] + 1)


def shadow(source: str) -> Shadow:
    """ASCII for full-width letters and digits of any script, one kind of dash and space, invisible characters gone."""
    if source.isascii() and source.isprintable():
        return Shadow(source, None)
    text = source.translate(_TABLE)
    if _GONE not in text:
        return Shadow(text, None)
    return Shadow(text.replace(_GONE, ""), [place for place, each in enumerate(text) if each != _GONE])


def _plain(character: str) -> str:
    if _DROPPED.match(character):
        return _GONE
    if character.isspace():
        return "\n" if character in "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029" else " "
    if (digit := unicodedata.decimal(character, None)) is not None:
        return str(digit)
    if character in _DOTS:
        return "."
    return "-" if _DASHES.match(character) else _compatible(character)


def _compatible(character: str) -> str:
    """The ASCII character meant, if there is one. A circled or raised figure is a list number, not a digit."""
    if unicodedata.category(character) == "No":
        return character
    compatible = unicodedata.normalize("NFKC", character)
    return compatible if len(compatible) == 1 and compatible.isascii() else character


_TABLE = _Table()
