"""What changed between two texts, for people: by words where a script has them, else by characters."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby, starmap, takewhile, zip_longest
from typing import Final, Literal

import regex

Kind = Literal["same", "removed", "added"]

_TOKENS = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Bopomofo}\p{Thai}]|\w+|\s|.", regex.DOTALL)
_WORD = regex.compile(r"[\p{L}\p{N}]")
_LINES = regex.compile(r"[^\n]*\n|[^\n]+")

COMPARED: Final = 1_000_000
"""How many pairs of words are compared at most (a tenth of a second); longer stretches count as wholly different."""
PAIRED: Final = 10_000_000
"""How many words are looked up at most to find which lines became which (half a second); more are paired in order."""


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


@dataclass(frozen=True, slots=True)
class Row:
    """A line of one text beside the line of the other that it became; an empty side where one has no such line."""

    before: tuple[Piece, ...]
    after: tuple[Piece, ...]

    @property
    def is_same(self) -> bool:
        """Whether nothing changed in this line."""
        return self.before == self.after


def side_by_side(before: str, after: str) -> list[Row]:
    """Both texts in rows, to read the one beside the other: lines that belong together stand in one row.

    The left sides have every line of `before` (same and removed pieces), the right ones every line of `after` (same
    and added pieces); a paragraph of Markdown is a line. Blank lines are left out, so two texts that differ in nothing
    else look the same. Lines belong together when a third of the words of the shorter one are in both.
    """
    return list(_rows(*([line for line in text.split("\n") if line.strip()] for text in (before, after))))


def _rows(before: list[str], after: list[str]) -> Iterator[Row]:
    for kind, start, end, other_start, other_end in _opcodes(before, after):
        if kind == "equal":
            yield from (_row(line, line) for line in before[start:end])
        else:
            yield from starmap(_row, _paired(before[start:end], after[other_start:other_end]))


def _row(before: str, after: str) -> Row:
    pieces = diff(before, after) if before and after else list(_changed(before, after))
    return Row(_side(pieces, without="added"), _side(pieces, without="removed"))


def _side(pieces: Iterable[Piece], *, without: Kind) -> tuple[Piece, ...]:
    kinds = groupby((piece for piece in pieces if piece.kind != without), key=lambda piece: piece.kind)
    return tuple(Piece(kind, "".join(piece.text for piece in run)) for kind, run in kinds)


def _paired(before: list[str], after: list[str]) -> Iterator[tuple[str, str]]:
    """Lines of two stretches that have no line in common, in their order, each with its like or with nothing.

    The pairs that have most words in common altogether, found as the longest common subsequence is.
    """
    if min(len(before) * sum(map(len, after)), len(after) * sum(map(len, before))) > PAIRED:
        yield from zip_longest(before, after, fillvalue="")
        return
    best = _best(before, after)
    old = new = 0
    while old < len(before) and new < len(after):
        if best[old][new] == best[old + 1][new]:
            yield before[old], ""
            old += 1
        elif best[old][new] == best[old][new + 1]:
            yield "", after[new]
            new += 1
        else:
            yield before[old], after[new]
            old, new = old + 1, new + 1
    yield from ((line, "") for line in before[old:])
    yield from (("", line) for line in after[new:])


def _best(before: list[str], after: list[str]) -> list[list[int]]:
    """For every two places, how many words the pairs from there on can have in common."""
    best = [[0] * (len(after) + 1) for _line in range(len(before) + 1)]
    olds, news = (
        [frozenset(filter(_WORD.match, _TOKENS.findall(line))) for line in lines] for lines in (before, after)
    )
    for old in reversed(range(len(before))):
        for new in reversed(range(len(after))):
            pair = best[old + 1][new + 1] + _likeness(olds[old], news[new])
            best[old][new] = max(pair, best[old + 1][new], best[old][new + 1])
    return best


def _likeness(one: frozenset[str], other: frozenset[str]) -> int:
    """The words in common, none where they are too few for one line to be the other."""
    common = len(one & other)
    return common if 3 * common >= min(len(one), len(other)) else 0
