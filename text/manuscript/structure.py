"""What a manuscript is made of, as the reader of it found."""

import datetime
from dataclasses import dataclass, field

from text.teaser import cut

EXCERPT = 60  # characters
TITLE_LIMIT = 200
QUESTION_LIMIT = 300
REFERENCE_LIMIT = 300
ADDRESS_LIMIT = 500
AUTHOR_LIMIT = 80


@dataclass(frozen=True)
class Paragraph:
    """Words that follow each other; a line break in them is the author's."""

    text: str
    line: int


@dataclass(frozen=True)
class Heading:
    """The title of a section. `level` is 2 for the highest, 0 as long as nobody knows; `mark` its kind of number."""

    text: str
    line: int
    level: int = 0
    mark: str = ""


@dataclass(frozen=True)
class Item:
    """One item of a list: a lead-in that stands before it ("Infection:"), its words, the lists below it."""

    text: str
    line: int
    lead: str = ""
    below: tuple["Listing", ...] = ()


@dataclass(frozen=True)
class Listing:
    """A list. A numbered one begins at `start`; `start` is None for bullets."""

    items: tuple[Item, ...]
    start: int | None = None

    @property
    def line(self) -> int:
        """The line of the file on which it begins."""
        return self.items[0].line


@dataclass(frozen=True)
class Quote:
    """Words set apart: somebody's (`by` says whose, as the file has it), or a definition."""

    text: str
    line: int
    by: str = ""


@dataclass(frozen=True)
class Source:
    """Markdown that stays as it was typed: a list, a table, code. Also what only links to it."""

    text: str
    line: int


@dataclass(frozen=True)
class Field:
    """A line such as "author: …" between two --- before a Markdown text."""

    text: str
    line: int


Block = Field | Paragraph | Heading | Listing | Quote | Source


@dataclass(frozen=True)
class Entry:
    """A question of the file's FAQ in plain words, and its answer in Markdown, which may be missing."""

    question: str
    answer: str = ""


@dataclass(frozen=True)
class Reference:
    """A source that the file names: its words, and the address in them, if any."""

    title: str
    address: str = ""


@dataclass(frozen=True)
class LeftOver:
    """Words of the file that are not in the text: why (`kind`), and for a contact block what it holds."""

    kind: str
    text: str
    line: int
    holds: tuple[str, ...] = ()


@dataclass(frozen=True)
class Note:
    """Something that an editor should know, as a code; a few words of the file show where."""

    code: str
    excerpt: str = ""
    count: int = 0


@dataclass
class Notes:
    """What was guessed, what is missing, and what struck the eye."""

    guessed: list[Note] = field(default_factory=list)
    missing: list[Note] = field(default_factory=list)
    noticed: list[Note] = field(default_factory=list)


@dataclass(frozen=True)
class Manuscript:
    """A file as a draft. `body` and the answers are Markdown, the other texts are plain."""

    language: str
    title: str
    lede: str
    blocks: tuple[Block, ...]
    body: str
    entries: tuple[Entry, ...]
    references: tuple[Reference, ...]
    author: str
    dated_on: datetime.date | None
    left_over: tuple[LeftOver, ...]
    notes: Notes


def excerpt(text: str) -> str:
    """The first words of a text, enough to find the place."""
    return cut(text, EXCERPT)
