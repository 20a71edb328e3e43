"""What the index holds of a document, and how what a reader filters by is packed into one number."""

import datetime as dt
from dataclasses import dataclass
from typing import Final
from zlib import crc32

import tantivy

from search.models import Document
from text.cutting import CUT_VERSION, pairs, words
from text.stop_words import is_stop

SCHEMA_VERSION: Final = f"3.{CUT_VERSION}"
"""Raised with every change of the schema below or of the cutting: the index is then built anew."""
KINDS: Final = ("", "question", "topic", "article", "page", "physician", "department", "concept")
LANGUAGES: Final = ("", "en", "zh-hant", "zh-hans")
CARE_LEVELS: Final = ("", "self_care", "routine", "soon", "urgent", "emergency")


def schema() -> tantivy.Schema:
    """The fields: words and single characters apart from pairs, what was asked apart from what was replied."""
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("doc", indexed=True, fast=True)
    builder.add_unsigned_field("code", fast=True)
    builder.add_integer_field("day", indexed=True, fast=True)
    for field in ("words", "pairs", "reply_words", "reply_pairs"):
        builder.add_text_field(field, tokenizer_name="whitespace", index_option="position")
    # What says something, without places: by it words are weighed, and a text is as long as it says something.
    builder.add_text_field("telling", tokenizer_name="whitespace", index_option="freq")
    # With frequencies: in a union with a list that has none the engine skips nothing and scores every match.
    for field in ("concepts", "title_concepts"):
        builder.add_text_field(field, tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("facets", tokenizer_name="whitespace", index_option="basic")
    return builder.build()


INDEXED: Final = (
    *("kind", "language", "department", "listed_on", "care_level", "is_outdated", "is_tombstone"),
    *("segmented_title", "segmented_body", "segmented_replies", "concepts", "title_concepts"),
)
"""The columns that `entry_of` reads: whoever has many to write reads no others."""


def entry_of(document: Document) -> tantivy.Document:
    """Return a document in the form of the index."""
    asked = asked_in(document)
    asked_words = words(asked)
    facets = Facets.of(document)
    entry = tantivy.Document()
    entry.add_unsigned("doc", document.pk)
    entry.add_unsigned("code", facets.packed())
    entry.add_integer("day", document.listed_on.toordinal() if document.listed_on else 0)
    entry.add_text("words", " ".join(asked_words))
    entry.add_text("telling", " ".join(word for word in asked_words if not is_stop(word)))
    entry.add_text("pairs", " ".join(pairs(asked)))
    entry.add_text("reply_words", " ".join(words(document.segmented_replies)))
    entry.add_text("reply_pairs", " ".join(pairs(document.segmented_replies)))
    entry.add_text("concepts", document.concepts)
    entry.add_text("title_concepts", document.title_concepts)
    entry.add_text("facets", " ".join(facets.terms()))
    return entry


def asked_in(document: Document) -> str:
    """Title and question of a document, segmented. A title that is but the beginning of the question counts once."""
    title, body = document.segmented_title, document.segmented_body
    return body if body.startswith(title) else f"{title} {body}".strip()


@dataclass(frozen=True)
class Facets:
    """What a reader narrows a search by. `department` is the checksum of its address name, 0 for none."""

    kind: str
    language: str
    department: int
    year: int
    care_level: str
    is_outdated: bool

    @classmethod
    def of(cls, document: Document) -> "Facets":
        """The facets of a document."""
        return cls(
            document.kind,
            document.language,
            checksum(document.department),
            document.listed_on.year if document.listed_on else 0,
            document.care_level,
            document.is_outdated,
        )

    @classmethod
    def unpacked(cls, code: int) -> "Facets":
        """The facets of a number in the field `code`."""
        return cls(
            KINDS[code & 15],
            LANGUAGES[code >> 4 & 7],
            code >> 32,
            code >> 12 & 0xFFF,
            CARE_LEVELS[code >> 8 & 7],
            bool(code >> 7 & 1),
        )

    def packed(self) -> int:
        """One number: kind 4 bits, language 3, outdated 1, care level 4, year 12, department 32 from bit 32 on."""
        low = _place(self.kind, KINDS) | _place(self.language, LANGUAGES) << 4 | self.is_outdated << 7
        return low | _place(self.care_level, CARE_LEVELS) << 8 | self.year << 12 | self.department << 32

    def terms(self) -> list[str]:
        """The words of the field `facets`, by which a query is narrowed."""
        found = {"kind": self.kind, "language": self.language, "care": self.care_level}
        numbers = {"department": self.department, "year": self.year}
        outdated = ["outdated"] if self.is_outdated else []
        return [f"{name}:{value}" for name, value in {**found, **numbers}.items() if value] + outdated


def checksum(department: str) -> int:
    """The number that stands for a department's address name in an index; 0 for none."""
    return crc32(department.encode()) if department else 0


def day_of(ordinal: int) -> dt.date | None:
    """The date of a number in the field `day`."""
    return dt.date.fromordinal(ordinal) if ordinal else None


def _place(value: str, values: tuple[str, ...]) -> int:
    """The place of a value; a foreign one counts as none and the document is still found."""
    return values.index(value) if value in values else 0
