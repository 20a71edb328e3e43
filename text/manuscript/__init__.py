"""A manuscript as it came (plain text or Markdown) to the parts of an article.

Nothing is invented and nothing is lost: every word of the file is in the title, the lede, the body, the FAQ entries,
the references or what is left over, and what was guessed or is missing is said.
"""

from collections.abc import Sequence
from dataclasses import replace

from text.clean import clean_line, clean_text
from text.fold import fold
from text.manuscript import marked_up, typed
from text.manuscript.chrome import without_chrome
from text.manuscript.contact import without_contact
from text.manuscript.front import Front, front
from text.manuscript.headings import TOP, with_headings
from text.manuscript.language import detect
from text.manuscript.missing import note_missing
from text.manuscript.quotes import with_quotes
from text.manuscript.repeats import note_repeats
from text.manuscript.sections import Sections
from text.manuscript.structure import (
    Block,
    Entry,
    Heading,
    LeftOver,
    Listing,
    Manuscript,
    Note,
    Notes,
    Paragraph,
    Reference,
    excerpt,
)
from text.manuscript.title import proposed
from text.manuscript.write import write
from text.markdown import LIMIT, to_plain

__all__ = [
    "Heading",
    "LeftOver",
    "Listing",
    "Manuscript",
    "Note",
    "Notes",
    "read",
]

_LEDE = (400, 900)  # characters of a lede; of one that is all there is before the first heading
_LEDE_CHINESE = (160, 400)
GETA = "〓"


def read(source: str) -> Manuscript:
    """The parts of a text. Every text has some; none raises."""
    text = clean_text(source, private_use=GETA)
    return _Reader(text).manuscript()


class _Reader:
    """Takes one text apart, step by step; what each step takes out goes to `left`."""

    def __init__(self, text: str) -> None:
        self.notes = Notes()
        self.left: list[LeftOver] = []
        self.is_markdown = marked_up.is_markdown(text)
        self.language, is_sure = detect(text)
        self.blocks = marked_up.blocks(text) if self.is_markdown else typed.blocks(text, self.notes)
        if not is_sure:
            self.notes.guessed.append(Note("language", self.language))

    def manuscript(self) -> Manuscript:
        """Run the steps in the one order that works: what is not text goes first, the lede needs the headings."""
        found = self._front()
        self._structure()
        sections = Sections(self._plain, is_markdown=self.is_markdown)
        taken, entries = sections.questions(self.blocks)
        self.left += taken.left
        taken, references = sections.references(taken.rest)
        self.left += taken.left
        self.blocks = taken.rest
        found.lede = found.lede or self._lede()
        return self._made(found, entries, references)

    def _front(self) -> Front:
        self.blocks, chrome = without_chrome(self.blocks)
        self.blocks, contact, elsewhere = without_contact(self.blocks)
        found = front(self.blocks, chrome, self.notes, self._plain)
        self.blocks = found.rest
        self.left += [*found.left, *chrome, *contact]
        self.notes.noticed += [Note("contact_in_text", excerpt(words)) for words in elsewhere]
        return found

    def _structure(self) -> None:
        """Quotations, headings and their levels."""
        self.blocks = with_quotes(self.blocks, self.notes)
        levels = [block.level for block in self.blocks if isinstance(block, Heading) and block.level]
        self.has_own_levels = bool(levels)
        self.blocks = _shifted(self.blocks, TOP - min(levels)) if levels else with_headings(self.blocks)

    def _lede(self) -> str:
        """Take the first paragraph as the lede where it is short enough, bears no link and is not all there is."""
        if len(self.blocks) < 2 or not isinstance(first := self.blocks[0], Paragraph):
            return ""
        is_alone = isinstance(self.blocks[1], Heading)
        limits = _LEDE if self.language == "en" else _LEDE_CHINESE
        words = self._plain(first.text)
        if not words or len(words) > limits[is_alone] or words.endswith((":", "：")) or "](" in first.text:
            return ""
        self.notes.guessed.append(Note("lede", excerpt(words)))
        del self.blocks[0]
        self._drop_second(words)
        return words

    def _drop_second(self, lede: str) -> None:
        """Leave a second printing of the lede over; point to one that goes on."""
        again = self.blocks[0]
        if not isinstance(again, Paragraph):
            return
        if fold(self._plain(again.text)) == fold(lede):
            self.left.append(LeftOver("repeated", again.text, again.line))
            del self.blocks[0]
        elif fold(again.text).startswith(fold(lede)):
            self.notes.noticed.append(Note("lede_repeated", excerpt(again.text)))

    def _made(self, found: Front, entries: Sequence[Entry], references: list[Reference]) -> Manuscript:
        if found.source:
            references.append(Reference(found.source))
        note_missing(found, entries, references, self.notes)
        if not found.title and (title := proposed([Paragraph(found.lede, 0), *self.blocks])):
            found.title = title
            self.notes.guessed.insert(0, Note("title_proposed", excerpt(title)))
        self._note_body(found.lede, entries)
        body = write(self.blocks, is_markdown=self.is_markdown)
        if len(body) > LIMIT:
            self.notes.noticed.append(Note("too_long", count=LIMIT))
        return Manuscript(
            self.language, found.title, found.lede, tuple(self.blocks), body, tuple(entries), tuple(references),
            found.author, found.dated_on, tuple(sorted(self.left, key=lambda one: one.line)), self.notes,
        )  # fmt: skip

    def _note_body(self, lede: str, entries: Sequence[Entry]) -> None:
        note_repeats(self.blocks, lede, self.notes)
        counts = {
            "headings": 0 if self.has_own_levels else sum(isinstance(block, Heading) for block in self.blocks),
            "lead_ins": sum(bool(item.lead) for one in self.blocks if isinstance(one, Listing) for item in one.items),
            "faq": len(entries),
            "contact": sum(one.kind == "contact" for one in self.left),
        }
        self.notes.guessed += [Note(code, count=count) for code, count in counts.items() if count]

    def _plain(self, text: str) -> str:
        return clean_line(to_plain(text) if self.is_markdown else text)


def _shifted(blocks: Sequence[Block], by: int) -> list[Block]:
    return [
        replace(block, level=min(block.level + by, 6)) if isinstance(block, Heading) and block.level else block
        for block in blocks
    ]
