"""A title for a text that has none: words of the text itself, never more than a proposal."""

from collections import Counter, defaultdict
from collections.abc import Sequence

import regex

from text.manuscript.structure import TITLE_LIMIT, Block, Heading, Paragraph
from text.teaser import cut

_SAMPLE = 40_000  # characters
_WORD = regex.compile(r"[\p{L}\p{N}’'-]+")
_SENTENCES = regex.compile(r"[^\p{L}\p{N}\p{M}\s’'-]+|\n")
_CLAUSE = regex.compile(r"[，。；：！？、,.;:!?]")
_HAN = regex.compile(r"\p{Han}")
_SHORT = (70, 30)  # characters, English and Chinese
_LENGTHS = range(6, 2, -1)  # words
_OFTEN = 3
_SMALL = frozenset(
    [
        "a",
        "an",
        "the",
        "and",
        "or",
        "but",
        "of",
        "for",
        "to",
        "in",
        "on",
        "at",
        "by",
        "with",
        "from",
        "as",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "it",
        "its",
        "this",
        "that",
        "these",
        "those",
        "there",
        "if",
        "you",
        "your",
        "we",
        "our",
        "they",
        "their",
        "he",
        "she",
        "his",
        "her",
        "not",
        "no",
        "can",
        "may",
        "will",
        "would",
        "could",
        "should",
        "has",
        "have",
        "had",
        "do",
        "does",
        "did",
        "than",
        "then",
        "so",
        "such",
        "how",
        "what",
        "when",
        "where",
        "which",
        "who",
        "why",
        "one",
        "two",
        "some",
        "many",
        "any",
        "all",
        "more",
        "most",
        "other",
        "also",
        "into",
        "about",
    ]
)
_JOINING = frozenset(["of", "for", "in", "and", "with", "the", "to", "on", "from", "by", "at", "after", "during"])


def proposed(blocks: Sequence[Block]) -> str:
    """The phrase that an English text repeats most; else its first heading, else how it begins."""
    paragraphs = [block.text for block in blocks if isinstance(block, Paragraph)]
    headings = [block.text for block in blocks if isinstance(block, Heading)]
    begins = paragraphs[0] if paragraphs else ""
    return _phrase("\n".join(paragraphs)[:_SAMPLE]) or _cut(headings[0] if headings else _first_clause(begins))


def _phrase(text: str) -> str:
    """The weightiest phrase of three to six words, no small word at its ends, that comes at least three times.

    Words count more than times: "stem cell treatment" is always more frequent than a phrase that says for what.
    """
    runs = [_WORD.findall(part) for part in _SENTENCES.split(text)]
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for size in _LENGTHS:
        for run in runs:
            for phrase in (run[at : at + size] for at in range(len(run) - size + 1)):
                if _may_stand(phrase):
                    counted[" ".join(phrase).lower()][" ".join(phrase)] += 1
    often = {phrase: forms for phrase, forms in counted.items() if forms.total() >= _OFTEN}
    best = max(often, key=lambda phrase: often[phrase].total() * phrase.count(" ") ** 2, default="")
    words = often[best].most_common(1)[0][0] if best else ""
    return words[:1].upper() + words[1:] if len(words) <= TITLE_LIMIT else ""


def _may_stand(phrase: Sequence[str]) -> bool:
    ends = {phrase[0].lower(), phrase[-1].lower()}
    inside = {word.lower() for word in phrase[1:-1]} & _SMALL
    # "considering …" is what a sentence does with the phrase that is sought.
    if phrase[0].lower().endswith("ing"):
        return False
    return not ends & _SMALL and inside <= _JOINING and not any(_HAN.search(word) for word in phrase)


def _first_clause(text: str) -> str:
    return _CLAUSE.split(text, 1)[0] if _HAN.search(text) else text


def _cut(text: str) -> str:
    words = " ".join(text.split())
    return cut(words, _SHORT[_HAN.search(words) is not None])
