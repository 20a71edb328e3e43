"""A text as editors see it: its headings, paragraphs, links, quotations and blocks, each with its line."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from markdown_it.token import Token

from text.clean import clean_text
from text.fences import INSETS, Block
from text.markdown import parse


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as it was typed: 1 for `#`, with the name that its writer gave or an empty one."""

    level: int
    words: str
    name: str
    where: int


@dataclass(frozen=True, slots=True)
class Link:
    """A link: where it leads, its words, its line, and whether it is the source under a quotation."""

    href: str
    words: str
    where: int
    is_source: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, an item of a list, a cell or the title of a block: its words, and its lines as they were typed."""

    words: str
    typed: str
    where: int
    is_running: bool = True  # a paragraph or an item, so neither a cell nor a title nor an attribution
    is_quoted: bool = False
    has_link: bool = False


@dataclass(slots=True)
class Quotation:
    """A quotation: its first words, whether it says whose it is, and whether it names a source."""

    where: int
    words: str = ""
    is_signed: bool = False
    has_source: bool = False


@dataclass(slots=True)
class Opened:
    """A block: what it is, whether anything stands in it, and whether a line closes it."""

    block: Block
    where: int
    is_closed: bool
    is_empty: bool = True


@dataclass(slots=True)
class Passages:
    """Everything of one text, in its order."""

    headings: list[Heading] = field(default_factory=list)
    paragraphs: list[Paragraph] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    quotations: list[Quotation] = field(default_factory=list)
    blocks: list[Opened] = field(default_factory=list)


def read(source: str) -> Passages | None:
    """The passages of a text; None for one that `text.markdown` shows as plain text, as it costs too much."""
    tokens = parse(clean_text(source))
    return None if tokens is None else _Reader().read(tokens)


class _Reader:
    """Walks once over the tokens of a text, knowing what stands open."""

    def __init__(self) -> None:
        self._found = Passages()
        self._quotations: list[Quotation] = []
        self._blocks: list[Opened] = []
        self._opening: Token | None = None  # what the next words belong to
        self._line = 1

    def read(self, tokens: list[Token]) -> Passages:
        for token in tokens:
            self._line = token.map[0] + 1 if token.map else self._line
            if token.type == "inline":
                self._words(token)
            elif token.nesting == 1:
                self._enter(token)
            elif token.nesting == -1:
                self._leave(token)
            else:
                self._fill()
        return self._found

    def _enter(self, token: Token) -> None:
        self._opening = token
        if token.type == "blockquote_open":
            self._quotations.append(Quotation(self._line))
            self._found.quotations.append(self._quotations[-1])
        elif token.type == "block_open":
            self._fill()
            self._blocks.append(Opened(token.meta["block"], self._line, token.meta["is_closed"]))
            self._found.blocks.append(self._blocks[-1])

    def _leave(self, token: Token) -> None:
        if token.type == "blockquote_close":
            self._quotations.pop()
        elif token.type == "block_close":
            self._blocks.pop()

    def _fill(self) -> None:
        for opened in self._blocks:
            opened.is_empty = False

    def _words(self, inline: Token) -> None:
        kind = self._opening.type if self._opening else ""
        words, links = _plain(inline), list(_links(inline, self._line, is_source=kind == "footer_open"))
        self._found.links += links
        if kind != "title_open" and words:
            self._fill()
        if kind == "heading_open" and self._opening is not None:
            name = str(self._opening.attrs.get("id", ""))
            self._found.headings.append(Heading(int(self._opening.tag[1]), words, name, self._line))
            return
        if self._quotations:
            self._quoted(kind, words, inline)
        running = kind in ("paragraph_open", "")
        quoted = bool(self._quotations)
        self._found.paragraphs.append(Paragraph(words, inline.content, self._line, running, quoted, bool(links)))

    def _quoted(self, kind: str, words: str, inline: Token) -> None:
        quotation = self._quotations[-1]
        if kind == "footer_open":
            quotation.is_signed = True
            quotation.has_source = any(
                child.type == "cite_open" or child.tag == "cite" for child in inline.children or ()
            )
        else:
            quotation.words = quotation.words or words


def _plain(inline: Token) -> str:
    breaks = ("softbreak", "hardbreak")
    return "".join("\n" if child.type in breaks else child.content for child in inline.children or ())


def _links(inline: Token, line: int, *, is_source: bool) -> Iterator[Link]:
    href, words = None, ""
    for child in inline.children or ():
        if child.type == "link_open":
            href, words = str(child.attrGet("href") or ""), ""
        elif child.type == "link_close" and href is not None:
            yield Link(href, " ".join(words.split()), line, is_source)
            href = None
        elif child.type in ("softbreak", "hardbreak"):
            line, words = line + 1, words + " "
        else:
            words += child.content


def pictures(source: str) -> list[str]:
    """The names of the pictures that a text uses, each once, in their order."""
    return _insets(source, INSETS[0])


def contacts(source: str) -> list[str]:
    """The names of the contacts that a text uses, each once, in their order."""
    return _insets(source, INSETS[1])


def inside_links(source: str) -> list[Link]:
    """The links of a text to pages of this site: those whose address begins with one slash."""
    found = read(source)
    return [link for link in found.links if link.href[:1] == "/" and link.href[:2] != "//"] if found else []


def _insets(source: str, kind: str) -> list[str]:
    found = read(source)
    names = (opened.block.name for opened in found.blocks if opened.block.kind == kind) if found else ()
    return list(dict.fromkeys(filter(None, names)))
