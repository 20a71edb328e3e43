"""Plain text as it was typed, to blocks: paragraphs, lists, and lines that look like headings."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import regex

from text.manuscript.headings import looks_like_heading
from text.manuscript.lists import listings
from text.manuscript.marks import HAN_STYLES, Line, Marked, lines_of, marked
from text.manuscript.structure import Block, Heading, Note, Notes, Paragraph

_WIDE = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\u3000-\u303f\uff01-\uff60]")
_ENDS = regex.compile(r"[.?!:;。？！：；…][\"'”’」』)）]*$")
_HYPHENED = regex.compile(r"\p{L}-$")
_WRAPPED_AT = (40, 120)  # columns within which programs break lines
_FULL = 0.7  # of the widest line: the next word did not fit
_ENOUGH = 3  # lines that speak for wrapping


def blocks(text: str, notes: Notes) -> list[Block]:
    """Paragraphs, lists and numbered headings of a clean plain text; other headings are still paragraphs."""
    lines = _unwrapped(lines_of(text), notes)
    marks = [marked(line) for line in lines]
    titles = _numbered_headings(lines, marks)
    found: list[Block] = []
    nested = 0
    for group in _groups(lines, marks, titles):
        if isinstance(group, list):
            made, guessed = listings(group)
            nested += guessed
            found += made
        else:
            found.append(group)
    if nested:
        notes.guessed.append(Note("nested", count=nested))
    return found


def _groups(
    lines: list[Line], marks: list[Marked | None], titles: set[int]
) -> Iterator[Heading | Paragraph | list[Marked]]:
    """Headings, paragraphs, and runs of marked lines with what continues them."""
    run: list[Marked] = []
    for place, (line, mark) in enumerate(zip(lines, marks, strict=True)):
        if mark and place not in titles:
            run.append(mark)
        elif run and not mark and _is_continuation(run[-1].line, line):
            run[-1].more.append(line.text)
        else:
            if run:
                yield run
            run = []
            yield _heading(mark) if mark else Paragraph(line.text, line.number)
    if run:
        yield run


def _is_continuation(item: Line, line: Line) -> bool:
    return not line.after_gap and not line.opens and line.indent > item.indent


def _heading(mark: Marked) -> Heading:
    text = mark.rest if mark.is_heading_sign else mark.line.text
    return Heading(text, mark.line.number, mark=mark.style)


def _numbered_headings(lines: list[Line], marks: list[Marked | None]) -> set[int]:
    """The places of marked lines that are headings: each of a series is short and has a text of its own below it."""
    found: set[int] = set()
    for chain in _chains(marks):
        first = marks[chain[0]]
        is_enough = len(chain) > 1 or (first and (first.style in HAN_STYLES or first.is_heading_sign))
        if is_enough and all(_may_head(lines, marks, place) for place in chain):
            found.update(chain)
    return found


def _chains(marks: list[Marked | None]) -> list[list[int]]:
    """The places of marks of one kind whose numbers follow each other; signs that also stand before headings."""
    chains: list[list[int]] = []
    open_chains: dict[str, tuple[list[int], int | None]] = {}
    for place, mark in enumerate(marks):
        if mark is None or (mark.number is None and not mark.is_heading_sign):
            continue
        chain, last = open_chains.get(mark.style, ([], None))
        if not chain or (mark.number is not None and last is not None and mark.number != last + 1):
            chain = []
            chains.append(chain)
        chain.append(place)
        open_chains[mark.style] = (chain, mark.number)
    return chains


def _may_head(lines: list[Line], marks: list[Marked | None], place: int) -> bool:
    mark, after = marks[place], place + 1
    if mark is None or after >= len(lines) or not looks_like_heading(mark.rest):
        return False
    below = marks[after]
    if below is None:
        return not _is_continuation(mark.line, lines[after])
    return below.style != mark.style


def _unwrapped(lines: list[Line], notes: Notes) -> list[Line]:
    """Lines that a program broke, joined again; lines that are paragraphs, as they are."""
    widths = [_width(line.text) + line.indent for line in lines]
    widest = max(widths, default=0)
    if not _is_wrapped(lines, widths, widest):
        return lines
    groups: list[list[Line]] = []
    full = False
    for line, width in zip(lines, widths, strict=True):
        if full and not line.after_gap and not line.opens and marked(line) is None:
            groups[-1].append(line)
        else:
            groups.append([line])
        full = width >= _FULL * widest
    if len(groups) < len(lines):
        notes.guessed.append(Note("unwrapped", count=len(lines) - len(groups)))
    return [replace(group[0], text=_joined(group)) for group in groups]


def _is_wrapped(lines: list[Line], widths: list[int], widest: int) -> bool:
    """Whether most lines that another follows at once end near the same column and in the middle of a sentence."""
    if not _WRAPPED_AT[0] <= widest <= _WRAPPED_AT[1]:
        return False
    followed = [
        place
        for place, line in enumerate(lines[1:])
        if not line.after_gap and marked(line) is None and marked(lines[place]) is None
    ]
    broken = [p for p in followed if widths[p] >= _FULL * widest and not _ENDS.search(lines[p].text)]
    return len(broken) >= _ENOUGH and 2 * len(broken) >= len(followed)


def _width(text: str) -> int:
    """Columns on a screen, on which a Chinese character takes two."""
    return len(text) + len(_WIDE.findall(text))


def _joined(group: list[Line]) -> str:
    parts = [group[0].text]
    for before, after in pairwise(line.text for line in group):
        is_tight = _HYPHENED.search(before) or (_WIDE.match(before[-1]) and _WIDE.match(after[0]))
        parts += ["" if is_tight else " ", after]
    return "".join(parts)
