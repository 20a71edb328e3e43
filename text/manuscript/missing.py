"""What a manuscript lacks that a reader of the page would look for."""

from collections.abc import Sequence

from text.manuscript.front import Front
from text.manuscript.structure import Entry, Note, Notes, Reference


def note_missing(found: Front, entries: Sequence[Entry], references: Sequence[Reference], notes: Notes) -> None:
    """Say which of title, author, date, source, references and answers are not there."""
    has = {
        "title": found.title,
        "lede": found.lede,
        "author": found.author,
        "date": found.dated_on,
        "source": found.source,
        "references": references,
    }
    unanswered = sum(not entry.answer for entry in entries)
    absent = [Note(code) for code, value in has.items() if not value]
    notes.missing[:0] = absent + ([Note("faq_answers", count=unanswered)] if unanswered else [])
