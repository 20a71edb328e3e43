"""Markdown to blocks: headings and paragraphs by themselves, everything else as it was typed."""

from collections.abc import Iterator

import regex
from markdown_it import MarkdownIt
from markdown_it.token import Token

from text.manuscript.structure import Block, Field, Heading, Paragraph, Source

_SIGNS = regex.compile(
    r"^(?:#{1,6} +\S|```|~~~|:::|>\s+(?!\d)\S|\|?\s*:?-{3,}:?\s*\|[\s:|-]*$)"
    r"|\]\(|\*\*[^*\s][^*\n]*\*\*|\n(?:={3,}|-{3,})\n",
    regex.M,
)
_FRONT = regex.compile(r"---\n(?P<lines>(?:[\p{L}_ -]{1,40}:[^\n]*\n){1,40})---(?:\n|\Z)")
_BULLETS = regex.compile(r"^\s*[•‧●◦▪]\s*(?=\S)", regex.M)
_FENCE = regex.compile(r"\s*[:：﹕︰]{3,}")  # what opens or closes a block of ours
_parser = MarkdownIt("js-default").disable(["inline", "linkify"])


def is_markdown(text: str) -> bool:
    """Whether a text bears marks that only Markdown has; lists alone are read as plain text."""
    return _SIGNS.search(text) is not None


def blocks(text: str) -> list[Block]:
    """The blocks of a clean Markdown text. Fields before it ("title: …" between two ---) are fields."""
    fields = _FRONT.match(text)
    found: list[Block] = []
    lines = text.split("\n")
    first = 0
    if fields:
        named = fields["lines"].rstrip("\n").split("\n")
        found += [Field(_unquoted(line), number) for number, line in enumerate(named, start=2)]
        first = len(named) + 2
    body = "\n" * first + "\n".join(lines[first:])
    found += _sections(_parser.parse(body), body.split("\n"))
    return found


def _unquoted(line: str) -> str:
    name, _, value = line.partition(":")
    return f"{name}: {value.strip().strip(chr(34))}".strip()


def _sections(tokens: list[Token], lines: list[str]) -> Iterator[Block]:
    """Every line that says something is in one block, also where the parser made nothing of it."""
    done = 0
    for place, token in enumerate(tokens):
        if token.level == 0 and token.map and token.nesting >= 0:
            start, end = max(token.map[0], done), max(token.map[1], done)
            yield from _source(lines, done, start)
            yield from _block(token, tokens[place + 1].content if token.nesting else "", lines, start, end)
            done = end
    yield from _source(lines, done, len(lines))


def _block(token: Token, words: str, lines: list[str], start: int, end: int) -> Iterator[Block]:
    text = "\n".join(lines[start:end]).rstrip()
    if token.type == "heading_open" and words:
        yield Heading(" ".join(words.split("\n")), start + 1, int(token.tag[1]))
    elif token.type == "paragraph_open":
        yield _paragraph(text, start + 1)
    elif text.strip():
        yield Source(text, start + 1)


def _paragraph(text: str, line: int) -> Block:
    rows = text.split("\n")
    if all(map(_BULLETS.match, rows)):
        return Source(_BULLETS.sub("- ", text), line)
    if any(map(_FENCE.match, rows)):
        return Source(text, line)
    return Paragraph("\n".join(map(str.strip, rows)), line)


def _source(lines: list[str], start: int, end: int) -> Iterator[Block]:
    """What lies between two blocks: the targets of links, which print nothing themselves."""
    text = "\n".join(lines[start:end]).strip("\n")
    if text.strip():
        yield Source(text, start + 1)
