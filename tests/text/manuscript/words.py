"""Counting words: what a file says, and where a manuscript has put it."""

from collections import Counter

import regex

from text.clean import clean_text
from text.manuscript import GETA, Manuscript
from text.manuscript.marked_up import is_markdown
from text.manuscript.structure import Block, Listing, Quote
from text.markdown import to_plain

_WORD = regex.compile(r"\p{Han}|[\p{L}\p{N}\p{M}]+")
_MARK = regex.compile(
    r"^\s*(?:[(（]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[)）.．、]|[①-⑳]|(?:Q|A|問|答|问|Question|Answer)\s*\d{0,2}\s*[:：.、)])",
    regex.M,
)


def said(text: str) -> Counter[str]:
    """The words of a file as a reader sees them; the marks before items, questions and answers are none."""
    seen = clean_text(text, private_use=GETA)
    return _words(_MARK.sub("", to_plain(seen) if is_markdown(seen) else seen))


def placed(manuscript: Manuscript) -> Counter[str]:
    """The words that readers or editors find in a draft, shown as pages show them."""
    title = "" if any(note.code == "title_proposed" for note in manuscript.notes.guessed) else manuscript.title
    parts = [title, manuscript.lede, to_plain(manuscript.body)]
    parts += [f"{entry.question}\n{to_plain(entry.answer)}" for entry in manuscript.entries]
    parts += [reference.title for reference in manuscript.references]
    left = "\n\n".join(one.text for one in manuscript.left_over)
    return _words("\n".join(parts)) + (_words(left) | _words(to_plain(left)))


def _words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(text))


def in_order(text: str) -> tuple[str, ...]:
    """The words of one line in their order."""
    return tuple(_WORD.findall(_MARK.sub("", clean_text(text))))


def parts_of(manuscript: Manuscript) -> list[tuple[str, ...]]:
    """The words of each part of a draft: title, lede, blocks, items, questions, what is left over."""
    texts = [manuscript.title, manuscript.lede, *(text for block in manuscript.blocks for text in _texts(block))]
    texts += [entry.question for entry in manuscript.entries]
    return [in_order(text) for text in [*texts, *(one.text for one in manuscript.left_over)]]


def _texts(block: Block) -> list[str]:
    if isinstance(block, Listing):
        below = [text for item in block.items for one in item.below for text in _texts(one)]
        return [*(f"{item.lead} {item.text}" for item in block.items), *below]
    return [f"{block.text} {block.by}" if isinstance(block, Quote) else block.text]


def shown_words(*sources: str) -> Counter[str]:
    """The words of Markdown as pages show it."""
    return _words("\n".join(map(to_plain, sources)))
