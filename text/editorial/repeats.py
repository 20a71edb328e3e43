"""What a text says twice: near-identical paragraphs and sentences, and a thing that is defined again.

Two are near-identical when seven tenths of their runs of letters are the same (Jaccard index). Candidates are found by
their smallest hashes, so that a text costs its length and not its square.
"""

from collections.abc import Iterable, Iterator
from heapq import nsmallest
from typing import Final
from zlib import crc32

import regex

from text.editorial.passages import Paragraph
from text.editorial.remarks import Remark, remark
from text.editorial.sentences import is_chinese, sentences
from text.fold import fold

_NEAR: Final = 0.7
_KEYS: Final = 6
_RUN: Final = {True: 3, False: 8}  # letters of a run, for Chinese and others
_PARAGRAPH: Final = {True: 20, False: 60}  # letters below which a paragraph is too short to be told apart
_SENTENCE: Final = {True: 14, False: 40}
_OTHER = regex.compile(r"[^\p{L}\p{N}]+")
_DEFINED = (
    regex.compile(
        r"(?:an? |the )?(?P<what>[\p{L}\p{N}][\p{L}\p{N} ()'’-]{0,59}?) (?:is|are) (?:an? |the |defined as )", regex.I
    ),
    regex.compile(
        r"(?:所謂的?)?(?P<what>[^，。、：；,\s]{1,20}?)(?:[（(][^（）()]{1,40}[）)])?(?:是一[種個類項]|是指|指的是|屬於一種|為一種)"
    ),
)


def repeated(paragraphs: Iterable[Paragraph]) -> list[Remark]:
    """Remarks `paragraph_repeated`, `sentence_repeated`, `definition_repeated` at what comes later."""
    seen = _Seen(_PARAGRAPH)
    fresh, remarks = [], []
    for paragraph in paragraphs:
        if seen.has(paragraph.words):
            remarks.append(remark("paragraph_repeated", paragraph.words, paragraph.where))
        else:
            fresh.append(paragraph)
    return remarks + list(_again(fresh))


def _again(paragraphs: Iterable[Paragraph]) -> Iterator[Remark]:
    seen, defined = _Seen(_SENTENCE), set[str]()
    for paragraph in paragraphs:
        for sentence in sentences(paragraph.words):
            what = _defined(sentence)
            if seen.has(sentence):
                yield remark("sentence_repeated", sentence, paragraph.where)
            elif what in defined:
                yield remark("definition_repeated", sentence, paragraph.where)
            defined |= {what} - {""}


def _defined(sentence: str) -> str:
    """What a sentence defines, folded; nothing for one that is no definition."""
    if sentence.endswith(("?", "？")):
        return ""
    match = next((match for pattern in _DEFINED if (match := pattern.match(sentence))), None)
    what = fold(match["what"]) if match else ""
    return "" if what in ("this", "that", "it", "there", "these", "they", "here", "這", "那", "它", "此") else what


class _Seen:
    """The units of a text so far, found again by what is near-identical."""

    def __init__(self, shortest: dict[bool, int]) -> None:
        self._shortest = shortest
        self._runs: list[frozenset[int]] = []
        self._first: dict[int, int] = {}

    def has(self, words: str) -> bool:
        """Whether something near-identical came before; these words come before from now on."""
        letters, chinese = _OTHER.sub("", fold(words)), is_chinese(words)
        if len(letters) < self._shortest[chinese]:
            return False
        length = _RUN[chinese]
        runs = frozenset(crc32(letters[at : at + length].encode()) for at in range(len(letters) - length + 1))
        keys = nsmallest(_KEYS, runs)
        if any(
            _is_near(runs, self._runs[place]) for place in {self._first[key] for key in keys if key in self._first}
        ):
            return True
        for key in keys:
            self._first.setdefault(key, len(self._runs))
        self._runs.append(runs)
        return False


def _is_near(one: frozenset[int], other: frozenset[int]) -> bool:
    common = len(one & other)
    return common >= _NEAR * (len(one) + len(other) - common)
