"""Everything that the checks of a text find."""

from collections.abc import Iterable, Iterator
from typing import Final

import regex

from text.editorial.linking import linking
from text.editorial.passages import Heading, Opened, Paragraph, Passages, Quotation, read
from text.editorial.remarks import Remark, remark
from text.editorial.repeats import repeated
from text.editorial.sentences import is_chinese
from text.fences import INSETS, closes, looks_opening

CODES: Final = (
    *(
        "text_too_long",
        "heading_skipped",
        "heading_empty",
        "link_vague",
        "link_keyword",
        "links_many",
        "anchor_unknown",
    ),
    *("paragraph_repeated", "sentence_repeated", "definition_repeated", "paragraph_long"),
    *("quotation_unsigned", "quotation_unsourced", "block_empty", "block_nameless", "block_unclosed", "block_unknown"),
)
"""Every code that a remark can have."""

LONG_WORDS: Final = 120
"""Words of a paragraph from which it is very long: about eight lines on a screen, a whole screen of a telephone."""
LONG_CHARACTERS: Final = 250
"""The same for Chinese, in characters."""

MOST: Final = 200
"""Remarks that are given at most: nobody reads more, and a text can be made to have thousands."""

_WORD = regex.compile(r"[\p{L}\p{N}'’-]+")
_SPOKEN = regex.compile(r"“[^“”]{60,600}”|「[^「」]{25,400}」")


def check(source: str) -> list[Remark]:
    """What editors should look at, in the order of the text, the first MOST of it. Never raises.

    A text that costs too much to read has one remark that says so.
    """
    found = read(source)
    if found is None:
        return [remark("text_too_long", source[:200], 1)]
    return sorted(_all(found), key=lambda said: said.where)[:MOST]


def _all(found: Passages) -> Iterator[Remark]:
    yield from _headings(found.headings)
    yield from linking(found.links, found.headings)
    yield from repeated(paragraph for paragraph in found.paragraphs if paragraph.is_running)
    yield from _quotations(found.quotations)
    yield from _blocks(found.blocks)
    for paragraph in found.paragraphs:
        yield from _paragraph(paragraph)


def _headings(headings: Iterable[Heading]) -> Iterator[Remark]:
    above = 6
    for heading in headings:
        if heading.level > above + 1:
            yield remark("heading_skipped", heading.words, heading.where)
        if not heading.words.strip():
            yield remark("heading_empty", "", heading.where)
        above = heading.level


def _quotations(quotations: Iterable[Quotation]) -> Iterator[Remark]:
    for quotation in quotations:
        if not quotation.is_signed:
            yield remark("quotation_unsigned", quotation.words, quotation.where)
        elif not quotation.has_source:
            yield remark("quotation_unsourced", quotation.words, quotation.where)


def _blocks(blocks: Iterable[Opened]) -> Iterator[Remark]:
    for opened in blocks:
        kind = opened.block.kind
        if not opened.is_closed:
            yield remark("block_unclosed", opened.block.title or kind, opened.where)
        if kind in INSETS and not opened.block.name:
            yield remark("block_nameless", kind, opened.where)
        elif kind not in INSETS and opened.is_empty:
            yield remark("block_empty", opened.block.title or kind, opened.where)


def _paragraph(paragraph: Paragraph) -> Iterator[Remark]:
    for place, line in enumerate(paragraph.typed.split("\n")):
        if looks_opening(line) or closes(line):
            yield remark("block_unknown", line, paragraph.where + place)
    if paragraph.is_running and _is_long(paragraph.words):
        yield remark("paragraph_long", paragraph.words, paragraph.where)
    spoken = None if paragraph.is_quoted or paragraph.has_link else _SPOKEN.search(paragraph.words)
    if spoken and "《" not in paragraph.words:
        yield remark("quotation_unsourced", spoken[0], paragraph.where)


def _is_long(words: str) -> bool:
    return len(words) > LONG_CHARACTERS if is_chinese(words) else len(_WORD.findall(words)) > LONG_WORDS
