"""The beginning of a text, cut where a reader would cut it."""

from typing import Final

import regex

# An entity that somebody typed is kept whole like a grapheme, so that escaping later never shows half of one.
_UNITS = regex.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});|\X")
_SURROGATES = regex.compile(r"\p{Cs}")
# Scripts that break between any two characters.
_UNSPACED = regex.compile(
    r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Bopomofo}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
    r"\p{Extended_Pictographic}\p{Regional_Indicator}\u3000-\u303f\uff01-\uffee--[0-9#*©®]]",
    regex.V1,
)
_WORD_ENDS = regex.compile(r"[^\w\s]*(?:\s|\Z)")
LOOSE: Final = " ,;:([{-–—/&，、；：（「『《〈【‧·"
"""What no cut text ends with."""
# Whatever may belong to the character beside it.
_JOINED = regex.compile(r"[^\p{GCB=Other}\p{GCB=Control}]")


def cut(text: str, limit: int, ellipsis: str = "…") -> str:
    """At most `limit` characters of a text, the ellipsis counted, whitespace collapsed; unchanged when it fits.

    The cut falls between words where words are spaced and between graphemes where they are not. A single word longer
    than the limit is cut at a grapheme.
    """
    whole = " ".join(_SURROGATES.sub("", text).split())
    if len(whole) <= limit:
        return whole
    room = limit - len(ellipsis)
    if room < 0:
        return ""
    end = _grapheme_end(whole, room)
    head = whole[: _word_end(whole, end)].rstrip(LOOSE) or whole[:end].rstrip()
    return head + ellipsis


def brief(text: str, limit: int) -> str:
    """A cut that takes about the same room in every script: half as many characters where most are full-width."""
    return cut(text, room_for(text, limit))


def room_for(text: str, limit: int) -> int:
    """How many characters of this text take the room of `limit` narrow ones: half as many of full-width script."""
    beginning = text[:limit]
    is_wide = 2 * len(_UNSPACED.findall(beginning)) > len(beginning)
    return limit // 2 if is_wide else limit


def graphemes(text: str) -> list[int] | None:
    """Where the graphemes of a text begin, its length last; None where each character is one, as mostly."""
    if not _JOINED.search(text):
        return None
    return [match.start() for match in regex.finditer(r"\X", text)] + [len(text)]


def _grapheme_end(text: str, room: int) -> int:
    """Where the last grapheme ends that fits into `room` characters."""
    end = 0
    for unit in _UNITS.finditer(text, 0, room + 64):
        if unit.end() > room:
            break
        end = unit.end()
    return end


def _word_end(text: str, end: int) -> int:
    """The last place up to `end` where a word ends; 0 where the text is one word up to there."""
    starts = [unit.start() for unit in _UNITS.finditer(text, 0, end)] + [end]
    for place in reversed(starts):
        if place and may_break(text, place):
            return place
    return 0


def may_break(text: str, place: int) -> bool:
    """Whether a line may break before that place of a text, which is not its end."""
    before, after = text[place - 1], text[place]
    if before.isspace() or _UNSPACED.match(before) or _UNSPACED.match(after):
        return True
    return _WORD_ENDS.match(text, place) is not None
