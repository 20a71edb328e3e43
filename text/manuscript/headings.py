"""Which short lines of a plain text are headings, and how deep each stands."""

from collections.abc import Sequence
from dataclasses import replace

import regex

from text.fold import fold
from text.manuscript.structure import Block, Heading, Listing, Paragraph

_HAN = regex.compile(r"\p{Han}")
_LONGEST = (110, 32)  # characters, English and Chinese
_WORDS = 16
_ENDS = regex.compile(r"[.。!！;；,，、:：…]$")
_INSIDE = regex.compile(r"。|；|\p{Ll}{3,}[.;] ")
_BEGINS = regex.compile(r"[\p{Lu}\p{Lo}\p{N}\p{Lm}《「（(]|\p{Ll}{1,3}\p{Lu}")  # also iPS, mRNA
_LETTER = regex.compile(r"\p{L}")
_QUESTION = regex.compile(r"[?？]$")
_RUN = 4  # short lines one after another are a poem or an address

FAQ = regex.compile(
    r"(?:\d+[.)]\s*|[一二三四五六七八九十]+、\s*)?(?:faqs?|frequently asked questions(?: \(faqs?\))?|common questions|"
    r"questions (?:and|&) answers|q ?& ?a|常見問題(?:集|與解答)?|常見問答(?:集)?|常见问题|常见问答|問與答|问与答|q&a)"
    r"(?:\s(?:about|on)\s.{1,60})?[:：]?",
    regex.I,
)
REFERENCES = regex.compile(
    r"(?:\d+[.)]\s*|[一二三四五六七八九十]+、\s*)?(?:references?|sources?|bibliography|literature|works cited|"
    r"參考資料|參考文獻|資料來源|参考资料|参考文献)[:：]?",
    regex.I,
)

TOP = 2


def looks_like_heading(text: str) -> bool:
    """Whether a line alone could be a heading: short, begins like one, and no sentence ends in it but a question."""
    is_chinese = _HAN.search(text) is not None
    if len(text) > _LONGEST[is_chinese] or len(text.split()) > _WORDS or "\n" in text:
        return False
    if not _BEGINS.match(text) or not _LETTER.search(text):
        return False
    return not _ENDS.search(text) and not _INSIDE.search(text)


def is_question(text: str) -> bool:
    """Whether a text ends in a question mark."""
    return _QUESTION.search(text) is not None


def with_headings(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with every paragraph that must be a heading turned into one, and all levels set."""
    found = [
        _heading(block) if place + 1 < len(blocks) and _is_section(block) else block
        for place, block in enumerate(blocks)
    ]
    for first, last in _short_runs(found):
        if last - first + 1 < _RUN and _is_followed(found, last + 1):
            found[first : last + 1] = [_heading(block) for block in found[first : last + 1]]
    return _with_levels(found)


def _is_section(block: Block) -> bool:
    """Whether a line is the title of questions and answers or of references."""
    return isinstance(block, Paragraph) and bool(FAQ.fullmatch(fold(block.text)) or REFERENCES.fullmatch(block.text))


def _is_followed(blocks: Sequence[Block], place: int) -> bool:
    """Whether something comes that a heading could head; a small letter goes on with the sentence above it."""
    if place >= len(blocks):
        return False
    block = blocks[place]
    return not (isinstance(block, Paragraph) and block.text[0].islower())


def _heading(block: Block) -> Block:
    return Heading(block.text, block.line) if isinstance(block, Paragraph) else block


def _short_runs(blocks: Sequence[Block]) -> list[tuple[int, int]]:
    """First and last place of every run of paragraphs that look like headings."""
    runs: list[tuple[int, int]] = []
    for place, block in enumerate(blocks):
        if isinstance(block, Paragraph) and looks_like_heading(block.text):
            if runs and runs[-1][1] == place - 1:
                runs[-1] = (runs[-1][0], place)
            else:
                runs.append((place, place))
    return runs


def _with_levels(blocks: list[Block]) -> list[Block]:
    levels = _Levels(blocks)
    return [
        replace(block, level=levels.level(place, block)) if isinstance(block, Heading) else block
        for place, block in enumerate(blocks)
    ]


class _Levels:
    """Gives headings their level in the order of the text.

    Numbers nest by their kind in the order in which the kinds come. Of the others one stands below where nothing
    stands between it and the heading before, or a paragraph that ends in a colon announces it; so do those after it
    that are made like it (a question or not, a list or a paragraph below), unless a higher one was made so before.
    """

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = blocks
        self.marks: list[str] = []
        self.below: tuple[bool, str] | None = None
        self.on_top: set[tuple[bool, str]] = set()

    def level(self, place: int, heading: Heading) -> int:
        """2 for the highest, at most 6."""
        if heading.mark:
            return self._of_mark(heading.mark)
        make = (is_question(heading.text), self._follows(place))
        if self._is_announced(place) or (self.below == make and make not in self.on_top):
            self.below = make
            return TOP + 1
        self.below = None
        self.on_top.add(make)
        return TOP

    def _of_mark(self, mark: str) -> int:
        self.below = None
        if mark in self.marks:
            del self.marks[self.marks.index(mark) + 1 :]
        else:
            self.marks.append(mark)
        return min(TOP + len(self.marks) - 1, 6)

    def _follows(self, place: int) -> str:
        after = self.blocks[place + 1] if place + 1 < len(self.blocks) else None
        return "list" if isinstance(after, Listing) else "heading" if isinstance(after, Heading) else "text"

    def _is_announced(self, place: int) -> bool:
        before = self.blocks[place - 1] if place else None
        if isinstance(before, Heading):
            return not before.mark and self._follows(place) != "heading"
        return isinstance(before, Paragraph) and before.text.endswith((":", "："))
