"""What an import said about a draft, in sentences for the editor who opens it."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

Sentence = str | Promise

SENTENCES: Final[dict[str, Any]] = {
    # What was guessed.
    "title_proposed": _("The file has no title. “%(excerpt)s” is proposed from its words: choose one yourself."),
    "title_first_line": _("The first line was taken as the title."),
    "lede": _("The first paragraph was taken as the lede."),
    "language": _("The language is uncertain: the characters alone do not tell it."),
    "headings": ngettext_lazy(
        "%(count)d short line was taken as a heading. Check its level.",
        "%(count)d short lines were taken as headings. Check their levels.",
        "count",
    ),
    "nested": ngettext_lazy(
        "%(count)d item of a list was set below the item before it.",
        "%(count)d items of a list were set below the item before them.",
        "count",
    ),
    "unwrapped": ngettext_lazy(
        "%(count)d line that a program had broken was joined to the line before it.",
        "%(count)d lines that a program had broken were joined to the lines before them.",
        "count",
    ),
    "lead_ins": ngettext_lazy(
        "The words before the colon were set in bold in %(count)d item of a list.",
        "The words before the colon were set in bold in %(count)d items of a list.",
        "count",
    ),
    "quotation": _("A quotation was set apart, with these words beneath it: “%(excerpt)s”."),
    "set_apart": _("A sentence that the text announces as a definition was set apart: “%(excerpt)s”."),
    "faq": ngettext_lazy(
        "%(count)d question was moved to the FAQ entries.",
        "%(count)d questions were moved to the FAQ entries.",
        "count",
    ),
    "contact": _("Contact details were kept out of the text. A contact block, shown by its name, can hold them."),
    # What is missing.
    "title": _("The file has no title."),
    "author": _("The file names no author."),
    "date": _("The file bears no date."),
    "source": _("The file does not say where the text comes from."),
    "references": _("The file has no references."),
    "faq_answers": ngettext_lazy(
        "%(count)d FAQ entry has no answer.", "%(count)d FAQ entries have no answer.", "count"
    ),
    "quotation_source": _("A quotation has no source: “%(excerpt)s”."),
    # What struck the eye.
    "lede_repeated": _("The body begins with the words of the lede again: “%(excerpt)s”."),
    "paragraph_repeated": _("A paragraph says again what an earlier one says: “%(excerpt)s”."),
    "definition_repeated": _("“%(excerpt)s” is defined %(count)d times."),
    "contact_in_text": _("A paragraph of the text holds contact details: “%(excerpt)s”."),
    "too_long": _("The body is longer than %(count)d characters and is shown without headings and lists."),
}
NO_LEDE: Final = _("No paragraph stands before the first heading, so there is no lede.")

KINDS: Final[dict[str, Sentence]] = {
    "masthead": _("Name of the site"),
    "counts": _("Figures of the page"),
    "foreign": _("Line in another language"),
    "navigation": _("Menu of the page"),
    "copyright": _("Copyright line"),
    "tags": _("Tags of the page"),
    "label": _("Line about the text"),
    "section": _("Heading of entries that have their own fields"),
    "repeated": _("Lede, printed again"),
    "contact": _("Contact details"),
}
HOLDS: Final[dict[str, Sentence]] = {
    "email": _("an e-mail address"),
    "hidden_email": _("an e-mail address that the page had hidden"),
    "phone": _("a telephone number"),
    "address": _("a postal address"),
    "hours": _("opening hours"),
    "web": _("a web address"),
}


@dataclass(frozen=True)
class Left:
    """Words of the file that are not in the text: what they were taken for, what they hold, and where they stood."""

    kind: Sentence
    text: str
    line: int
    holds: Sequence[Sentence]


@dataclass(frozen=True)
class Report:
    """What to tell the editor of an imported draft."""

    file: str
    dated_on: dt.date | None
    guessed: list[str]
    missing: list[str]
    noticed: list[str]
    left_over: list[Left]


def report(notes: Mapping[str, Any]) -> Report | None:
    """The notes of an import (`Article.import_notes`) in sentences of the active language; None without notes."""
    if not notes:
        return None
    return Report(
        notes.get("file", ""),
        dt.date.fromisoformat(day) if (day := notes.get("dated_on")) else None,
        [_sentence(note) for note in notes.get("guessed", ())],
        [str(NO_LEDE) if note["code"] == "lede" else _sentence(note) for note in notes.get("missing", ())],
        [_sentence(note) for note in notes.get("noticed", ())],
        [_left(left) for left in notes.get("left_over", ())],
    )


def _sentence(note: Mapping[str, Any]) -> str:
    """A note of a code that has no sentence any more shows the code."""
    if note["code"] not in SENTENCES:
        return str(note["code"])
    return str(SENTENCES[note["code"]] % {"excerpt": note.get("excerpt", ""), "count": note.get("count", 0)})


def _left(left: Mapping[str, Any]) -> Left:
    holds = [HOLDS.get(one, one) for one in left.get("holds", ())]
    return Left(KINDS.get(left["kind"], left["kind"]), left["text"], left["line"], holds)
