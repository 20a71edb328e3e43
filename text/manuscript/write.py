"""Blocks as Markdown. What was typed as plain text comes out as the same words: marks in it are escaped."""

from collections.abc import Sequence

import regex

from text.manuscript.structure import Block, Heading, Item, Listing, Quote, Source

_MARKS = regex.compile(r"[\\`*\[]|~~|<(?=[\p{L}/!?])|&(?=#?\w{1,32};)|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])")
_AT_START = regex.compile(
    r"#{1,6}(?=\s|$)|>|[+-](?=\s|$)|[|:=-](?=[-:|= ]*$)|~~~|:::|(?P<number>\d{1,9})(?=[.)](?:\s|$))"
)
_TARGET = regex.compile(r"^\[(?=[^\n]*\]:)", regex.M)  # at the start of a paragraph of its own it would vanish
_CLOSING = regex.compile(r"#+$")


def write(blocks: Sequence[Block], *, is_markdown: bool) -> str:
    """The Markdown of blocks, a blank line between them. `is_markdown` says that their texts are Markdown already."""
    parts: list[str] = []
    style = 0
    for place, block in enumerate(blocks):
        # Another kind of mark begins a new list; between two lists of one kind nothing would.
        style = 1 - style if place and _is_alike(blocks[place - 1], block) else 0
        parts.append(_block(block, style, is_markdown=is_markdown))
    return "\n\n".join(parts)


def escape(text: str) -> str:
    """Plain words as Markdown that shows them, line for line."""
    return "\n".join(_at_start(_MARKS.sub(r"\\\g<0>", line)) for line in text.split("\n"))


def _at_start(line: str) -> str:
    if not (match := _AT_START.match(line)):
        return line
    if number := match["number"]:
        return f"{number}\\{line[len(number) :]}"
    return "\\" + line


def _is_alike(before: Block, block: Block) -> bool:
    both = isinstance(before, Listing) and isinstance(block, Listing)
    return both and (getattr(before, "start", None) is None) == (getattr(block, "start", None) is None)


def _block(block: Block, style: int, *, is_markdown: bool) -> str:
    if isinstance(block, Listing):
        return "\n".join(_list(block, style, is_markdown=is_markdown))
    if isinstance(block, Heading):
        return f"{'#' * block.level} {block.text if is_markdown else _heading(block.text)}"
    if isinstance(block, Source):
        return block.text
    words = _TARGET.sub(r"\\\g<0>", block.text) if is_markdown else escape(block.text)
    if isinstance(block, Quote):
        return _quote(words, block.by if is_markdown else escape(block.by))
    return words


def _heading(words: str) -> str:
    """Words of a heading, whose own # at the end stay words; what is a mark at the start of a line is none here."""
    return _CLOSING.sub(r"\\\g<0>", _MARKS.sub(r"\\\g<0>", words))


def _quote(words: str, by: str) -> str:
    lines = [*words.split("\n"), *(["", f"— {by}"] if by else [])]
    return "\n".join(f"> {line}".rstrip() for line in lines)


def _list(block: Listing, style: int, *, is_markdown: bool, indent: str = "") -> list[str]:
    lines = []
    for place, item in enumerate(block.items):
        mark = f"{'-*'[style]} " if block.start is None else f"{block.start + place}{'.)'[style]} "
        first, *more = _item(item, is_markdown=is_markdown).split("\n")
        inner = indent + " " * len(mark)
        lines += [indent + mark + first, *(inner + line for line in more)]
        lines += _below(item.below, is_markdown=is_markdown, indent=inner)
    return lines


def _below(below: Sequence[Listing], *, is_markdown: bool, indent: str) -> list[str]:
    lines: list[str] = []
    style = 0
    for place, block in enumerate(below):
        style = 1 - style if place and _is_alike(below[place - 1], block) else 0
        # Only a list that begins at 1 may follow words without a blank line.
        gap = [""] if block.start not in (None, 1) else []
        lines += gap + _list(block, style, is_markdown=is_markdown, indent=indent)
    return lines


def _item(item: Item, *, is_markdown: bool) -> str:
    if is_markdown:
        return f"{item.lead} {item.text}".strip()
    gap = "" if item.lead.endswith("：") else " "
    return f"**{escape(item.lead)}**{gap}{escape(item.text)}" if item.lead else escape(item.text)
