"""Sections that an article keeps apart from its body: questions and answers, and references."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import regex

from text.fold import fold
from text.manuscript.headings import FAQ, REFERENCES, is_question
from text.manuscript.marks import lines_of, marked
from text.manuscript.structure import (
    ADDRESS_LIMIT,
    QUESTION_LIMIT,
    REFERENCE_LIMIT,
    Block,
    Entry,
    Heading,
    LeftOver,
    Listing,
    Notes,
    Paragraph,
    Reference,
    Source,
)
from text.manuscript.typed import blocks as typed_blocks
from text.manuscript.write import write

_ASKS = regex.compile(r"(?:Q|問|问|Question)\s*\d{0,2}\s*[:：.、)]\s*(?P<words>\S.*)", regex.S)
_ANSWERS = regex.compile(r"(?:A|答|Answer)\s*\d{0,2}\s*[:：.、)]\s*(?P<words>\S.*)", regex.S)
_ASKED = regex.compile(r"(?P<question>[^?？]*[?？])\s*(?P<answer>.*)", regex.S)
_ADDRESS = regex.compile(r"https?://[^\s<>()\[\]\"'，。；）」]+")


@dataclass
class _Open:
    """A question that is being read, and what answers it so far."""

    question: str
    answer: list[Block] = field(default_factory=list)


@dataclass
class Taken:
    """What was taken out of the blocks. `rest` is what stays."""

    rest: list[Block]
    left: list[LeftOver] = field(default_factory=list)


class Sections:
    """Takes sections out; `plain` turns inline text into plain words, `is_markdown` says how answers are written."""

    def __init__(self, plain: Callable[[str], str], *, is_markdown: bool) -> None:
        self.plain = plain
        self.is_markdown = is_markdown

    def questions(self, blocks: Sequence[Block]) -> tuple[Taken, list[Entry]]:
        """The FAQ entries: of a section that is headed so, and pairs marked Q and A anywhere."""
        taken = Taken([])
        entries: list[Entry] = []
        place = 0
        while place < len(blocks):
            end = _faq_end(blocks, place)
            intro, found = self._entries(_opened(blocks[place + 1 : end]) if end else [])
            if end and found:
                self._take(taken, blocks[place], intro)
                entries += found
                place = end
            else:
                place = self._pair(blocks, place, taken, entries)
        return taken, entries

    def references(self, blocks: Sequence[Block]) -> tuple[Taken, list[Reference]]:
        """The references of a section that is headed so, where each of its lines is short enough to be one."""
        for place, block in enumerate(blocks):
            if isinstance(block, Heading) and REFERENCES.fullmatch(block.text):
                end = _section_end(blocks, place)
                lines = [line for one in _opened(blocks[place + 1 : end]) for line in _lines(one)]
                found = [self._reference(line) for line in lines]
                if found and all(found):
                    taken = Taken([*blocks[:place], *blocks[end:]], [LeftOver("section", block.text, block.line)])
                    return taken, [reference for reference in found if reference]
        return Taken(list(blocks)), []

    def _reference(self, line: str) -> Reference | None:
        title = self.plain(line)
        addresses = _ADDRESS.findall(line)
        address = addresses[0].rstrip(".,") if addresses else ""
        is_whole = (
            len(addresses) < 2
            and line.count("](") <= len(addresses)
            and len(address) <= ADDRESS_LIMIT
            and 0 < len(title) <= REFERENCE_LIMIT
        )
        return Reference(title, address) if is_whole else None

    def _take(self, taken: Taken, heading: Block, intro: list[Block]) -> None:
        """Keep the heading where words stand before the first question; else it becomes the list of entries itself."""
        if intro:
            taken.rest += [heading, *intro]
        else:
            taken.left.append(LeftOver("section", getattr(heading, "text", ""), heading.line))

    def _entries(self, blocks: Sequence[Block]) -> tuple[list[Block], list[Entry]]:
        """What stands before the first question, and the entries."""
        intro: list[Block] = []
        entries: list[_Open] = []
        for block in blocks:
            asked = self._asked(block, is_open=bool(entries))
            if asked:
                entries += asked
            elif entries:
                entries[-1].answer.append(_without_mark(block))
            else:
                intro.append(block)
        return intro, [self._entry(entry) for entry in entries]

    def _entry(self, entry: _Open) -> Entry:
        return Entry(entry.question, write(entry.answer, is_markdown=self.is_markdown))

    def _asked(self, block: Block, *, is_open: bool) -> list[_Open]:
        """The questions that a block asks; none for one that answers."""
        if isinstance(block, Listing):
            return self._asked_in_items(block)
        if isinstance(block, Heading):
            return self._question(_unnumbered(block.text), block.line, "")
        if not isinstance(block, Paragraph):
            return []
        if match := _ASKS.fullmatch(block.text):
            first, _, more = match["words"].partition("\n")
            return self._question(first, block.line, more)
        plain = self.plain(block.text)
        return self._question(block.text, block.line, "") if is_question(plain) and "\n" not in plain else []

    def _asked_in_items(self, block: Listing) -> list[_Open]:
        asked: list[_Open] = []
        for item in block.items:
            match = _ASKED.fullmatch(f"{item.lead} {item.text}".strip())
            if not match or "\n" in match["question"]:
                return []
            found = self._question(match["question"], item.line, match["answer"])
            if not found:
                return []
            found[0].answer += item.below
            asked += found
        return asked

    def _question(self, words: str, line: int, answer: str) -> list[_Open]:
        question = self.plain(words)
        if not question or len(question) > QUESTION_LIMIT or "](" in words:
            return []
        given = _ANSWERS.fullmatch(answer.strip())
        text = (given["words"] if given else answer).strip()
        return [_Open(question, [Paragraph(text, line)] if text else [])]

    def _pair(self, blocks: Sequence[Block], place: int, taken: Taken, entries: list[Entry]) -> int:
        """Take one question marked Q with its answer marked A, or keep the block; the place behind it."""
        block, after = blocks[place], blocks[place + 1] if place + 1 < len(blocks) else None
        match = _ASKS.fullmatch(block.text) if isinstance(block, Paragraph | Heading) else None
        is_answered = isinstance(after, Paragraph) and _ANSWERS.fullmatch(after.text)
        first, _, more = match["words"].partition("\n") if match else ("", "", "")
        if match and (is_answered or _ANSWERS.fullmatch(more)) and (asked := self._question(first, block.line, more)):
            if is_answered and after:
                asked[0].answer.append(_without_mark(after))
            entries.append(self._entry(asked[0]))
            return place + (2 if is_answered else 1)
        taken.rest.append(block)
        return place + 1


def _faq_end(blocks: Sequence[Block], place: int) -> int:
    """Where the FAQ that begins at a place ends; 0 where none begins."""
    block = blocks[place]
    is_faq = isinstance(block, Heading) and FAQ.fullmatch(fold(block.text))
    return _section_end(blocks, place, through_questions=True) if is_faq else 0


def _section_end(blocks: Sequence[Block], place: int, *, through_questions: bool = False) -> int:
    head = blocks[place]
    level = head.level if isinstance(head, Heading) else 0
    for end in range(place + 1, len(blocks)):
        block = blocks[end]
        if isinstance(block, Heading) and block.level <= level and not (through_questions and is_question(block.text)):
            return end
    return len(blocks)


def _without_mark(block: Block) -> Block:
    if isinstance(block, Paragraph) and (match := _ANSWERS.fullmatch(block.text)):
        return Paragraph(match["words"], block.line)
    return block


def _unnumbered(text: str) -> str:
    """A question without the number or the Q before it."""
    if match := _ASKS.fullmatch(text):
        return str(match["words"])
    mark = marked(lines_of(text)[0]) if text.strip() else None
    return mark.rest if mark else text


def _lines(block: Block) -> list[str]:
    """The lines of a block, each of which could be a reference; an empty one where it is something else."""
    if isinstance(block, Listing):
        return [f"{item.lead} {item.text}".strip() if not item.below else "" for item in block.items]
    return block.text.split("\n") if isinstance(block, Paragraph) else [""]


def _opened(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with lists that were kept as they were typed taken apart."""
    opened: list[Block] = []
    for block in blocks:
        made = typed_blocks(block.text, Notes()) if isinstance(block, Source) else []
        opened += made if made and all(isinstance(one, Listing) for one in made) else [block]
    return opened
