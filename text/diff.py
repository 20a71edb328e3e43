"""What changed between two texts, for people: by words where a script has them, else by characters."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import takewhile, zip_longest
from typing import Final, Literal

import regex

Kind = Literal["same", "removed", "added"]

_TOKENS = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Bopomofo}\p{Thai}]|\w+|\s|.", regex.DOTALL)
_LINES = regex.compile(r"[^\n]*\n|[^\n]+")

COMPARED: Final = 1_000_000
"""How many pairs of words are compared at most (a tenth of a second); longer stretches count as wholly different."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that stands in both texts, or in one of them only."""

    kind: Kind
    text: str


def diff(before: str, after: str) -> list[Piece]:
    """The pieces of both texts in order: same and removed ones make `before`, same and added ones make `after`.

    Changes that only a blank parts are told as one, what was removed before what was added.
    """
    return list(_gathered(list(_pieces(_LINES.findall(before), _LINES.findall(after), deeper=True))))


def _gathered(pieces: list[Piece]) -> Iterator[Piece]:
    same, removed, added = "", "", ""
    for piece, following in zip_longest(pieces, pieces[1:]):
        is_gap = piece.text.isspace() and following is not None and following.kind != "same"
        if piece.kind == "same" and not ((removed or added) and is_gap):
            yield from _changed(removed, added)
            same, removed, added = same + piece.text, "", ""
            continue
        if same:
            yield Piece("same", same)
            same = ""
        removed += piece.text if piece.kind != "added" else ""
        added += piece.text if piece.kind != "removed" else ""
    yield from _changed(removed, added)
    yield from (Piece("same", same),) if same else ()


def _changed(removed: str, added: str) -> Iterator[Piece]:
    yield from (Piece("removed", removed),) if removed else ()
    yield from (Piece("added", added),) if added else ()


def _pieces(before: list[str], after: list[str], *, deeper: bool = False) -> Iterator[Piece]:
    for kind, start, end, other_start, other_end in _opcodes(before, after):
        old, new = "".join(before[start:end]), "".join(after[other_start:other_end])
        if kind == "replace" and deeper:
            yield from _pieces(_TOKENS.findall(old), _TOKENS.findall(new))
        elif kind == "equal":
            yield from (Piece("same", old),) if old else ()
        else:
            yield from (Piece("removed", old),) if old else ()
            yield from (Piece("added", new),) if new else ()


def _opcodes(before: list[str], after: list[str]) -> Iterator[tuple[str, int, int, int, int]]:
    """difflib's codes of the part that differs; what both begin and end with is cut off first, as it costs nothing."""
    head = _alike(before, after)
    tail = _alike(before[head:][::-1], after[head:][::-1])
    old, new = before[head : len(before) - tail], after[head : len(after) - tail]
    yield "equal", 0, head, 0, head
    if len(old) * len(new) > COMPARED:
        yield "replace", head, head + len(old), head, head + len(new)
    else:
        for kind, *places in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            start, end, other_start, other_end = (place + head for place in places)
            yield kind, start, end, other_start, other_end
    yield "equal", len(before) - tail, len(before), len(after) - tail, len(after)


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    return sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
