"""How a careful editor would set the four seeds: written down from reading them, before any parser had.

No sentence of theirs is kept here: a heading is its first two words, a title its number of words and a hash.
"""

import hashlib
from dataclasses import dataclass
from itertools import pairwise

import pytest

from tests.shared_data import shared_seed
from tests.text.manuscript.words import in_order, parts_of, placed, said
from text.clean import clean_text
from text.manuscript import Manuscript, Note, read
from text.manuscript.structure import Block, Heading, Listing, Quote

PARAGRAPH = "p"


@dataclass(frozen=True)
class Expected:
    """The outline of one seed."""

    title: tuple[int, str]
    lede: int
    body: list[str]
    entries: tuple[int, int] = (0, 0)
    left_over: tuple[str, ...] = ()
    missing: tuple[str, ...] = ("author", "date", "source", "references")
    noticed: tuple[str, ...] = ()


EXPECTED = {
    "001": Expected(
        title=(11, "7ec417b7"),
        lede=21,
        body=[
            *("p", "p", "2 What Is", "p", "ul 2 bold", "p"),
            *("2 How Does", "p", "3 Autologous Hematopoietic", "ul 4", "3 Mesenchymal Stem", "ul 4"),
            *("2 What Does", "p", "ul 4", "p"),
            *("2 Benefits and", "3 Potential Benefits", "ul 4", "3 Possible Risks", "ul 4", "p"),
            *("2 Who Is", "p", "ul 4", "p"),
            *("2 Cost and", "p", "p", "p", "p"),
        ],
        left_over=("foreign", "foreign"),
        noticed=("lede_repeated",),
    ),
    "002": Expected(
        title=(0, ""),
        lede=115,
        body=[
            *("2 What is", "p", "p", "p"),
            *("2 What are", "p", "p", "p", "p"),
            *("2 How can", "p", "p", "p"),
            *("2 What are", "p", "p", "ol 3 bold"),
            *("2 How to", "p", "ol 4"),
        ],
        missing=("title", "author", "date", "source", "references"),
        noticed=("definition_repeated", "definition_repeated"),
    ),
    "003": Expected(
        title=(8, "07916989"),
        lede=42,
        body=[
            *("2 Understanding the", "p", "p"),
            *("2 How Does", "p", "ol 2 bold"),
            *("2 What are", "p", "p"),
            *("2 The Future", "p", "p"),
            *("2 Conclusion", "p"),
        ],
        entries=(7, 0),
        left_over=("section", "contact"),
        missing=("author", "date", "source", "references", "faq_answers", "quotation_source"),
    ),
    "004": Expected(
        title=(3, "770ed42b"),
        lede=14,
        body=["p", "p", "p", "quote by", "p", "p", "ul 2 (ul 4)", "p", "p", "quote"],
        left_over=("masthead", "navigation", "copyright"),
        missing=("author", "date", "source", "references", "quotation_source"),
    ),
}


def outline(blocks: tuple[Block, ...]) -> list[str]:
    """One short line a block: p, "2 First words", "ul 3 bold", "ul 2 (ul 4)", "quote by"."""
    return [_line(block) for block in blocks]


def _line(block: Block) -> str:
    match block:
        case Heading():
            return f"{block.level} {' '.join(block.text.split()[:2])}"
        case Listing():
            below = [_line(one) for item in block.items for one in item.below]
            kind = "ul" if block.start is None else "ol"
            bold = " bold" * all(item.lead for item in block.items)
            return f"{kind} {len(block.items)}{bold}" + (f" ({', '.join(below)})" if below else "")
        case Quote():
            return "quote by" if block.by else "quote"
        case _:
            return PARAGRAPH


@pytest.mark.parametrize("number", EXPECTED)
def test_a_seed_is_set_as_an_editor_would(number: str) -> None:
    text, expected = shared_seed(number).read_text(encoding="utf-8"), EXPECTED[number]

    draft = read(text)

    assert (draft.language, draft.author, draft.dated_on, draft.references) == ("en", "", None, ())
    assert outline(draft.blocks) == expected.body
    assert (len(draft.entries), sum(bool(entry.answer) for entry in draft.entries)) == expected.entries
    assert len(draft.lede.split()) == expected.lede
    assert _title(draft) == expected.title
    assert tuple(left.kind for left in draft.left_over) == expected.left_over
    assert tuple(note.code for note in draft.notes.missing) == expected.missing
    assert tuple(note.code for note in draft.notes.noticed) == expected.noticed


def _title(draft: Manuscript) -> tuple[int, str]:
    """Words and hash of a title that the file has; of one that is only proposed, none."""
    if any(note.code == "title_proposed" for note in draft.notes.guessed):
        return 0, ""
    return len(draft.title.split()), hashlib.sha256(draft.title.encode()).hexdigest()[:8]


def test_the_seed_without_a_title_gets_one_proposed_from_what_it_repeats() -> None:
    draft = read(shared_seed("002").read_text(encoding="utf-8"))

    words = draft.title.lower()
    assert (len(words.split()), hashlib.sha256(words.encode()).hexdigest()[:8]) == (5, "bcfea3e8")
    assert draft.notes.guessed[0] == Note("title_proposed", draft.title)


@pytest.mark.parametrize("number", EXPECTED)
def test_no_word_of_a_seed_is_lost_and_none_is_added(number: str) -> None:
    text = shared_seed(number).read_text(encoding="utf-8")

    draft = read(text)

    assert placed(draft) == said(text)


@pytest.mark.parametrize("number", EXPECTED)
def test_every_paragraph_of_a_seed_is_one_part_of_its_draft_or_two_where_a_quotation_was_set_apart(
    number: str,
) -> None:
    text = shared_seed(number).read_text(encoding="utf-8")

    draft = read(text)

    parts = parts_of(draft)
    whole = set(parts) | {first + second for first, second in pairwise(parts)}
    assert [line for line in clean_text(text).split("\n") if line.strip() and in_order(line) not in whole] == []
