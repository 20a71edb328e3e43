"""How hard a text reads, by counting only."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

import regex

from text.blocks import script
from text.editorial.passages import read
from text.editorial.sentences import sentences

HARD_GRADE: Final = 9.0
"""English above this school grade (pupils of 14 to 15) is hard; agencies of public health ask for 6 to 8."""
HARD_SENTENCE: Final = 45.0
"""Chinese whose sentences are longer than this on average, in characters, is hard. Our own figure, not validated."""
HARD_RARE: Final = 0.02
"""Chinese with a larger share of rare characters than this is hard. Our own figure, not validated."""

_WORD = regex.compile(r"[\p{L}\p{N}]++(?:['’.-][\p{L}\p{N}]++)*+")
_LETTER = regex.compile(r"[\p{L}\p{N}]")
_HAN = regex.compile(r"\p{Han}")


@dataclass(frozen=True, slots=True)
class ReadingLevel:
    """The measures of one text.

    `language` is "en" or "zh"; `length` the mean length of a sentence in words or Chinese characters; `grade` an
    American school grade, for English only; `rare` the share of rare characters from 0 to 1, for Chinese only.
    """

    language: str
    sentences: int
    length: float
    grade: float | None = None
    rare: float | None = None

    @property
    def is_hard(self) -> bool:
        """Whether the text is harder than most readers of health texts can be asked to read."""
        if self.language == "en":
            return (self.grade or 0) > HARD_GRADE
        return self.length > HARD_SENTENCE or (self.rare or 0) > HARD_RARE


def reading_level(source: str, language: str = "") -> ReadingLevel | None:
    """The reading level of a Markdown text's paragraphs and lists; None where nothing can be counted.

    English: the Automated Readability Index, 4.71 × letters a word + 0.5 × words a sentence − 21.43 (R. J. Senter and
    E. A. Smith, Automated Readability Index, AMRL-TR-66-220, 1967). It says little of fewer than a hundred words.

    Chinese: the mean length of a sentence and the share of rare characters. Rare is what Big5 does not have in its
    first level, the 5,401 characters in common use (lead byte 0xA4 to 0xC6); so a text in Simplified characters counts
    as full of them. `language` as in `text.markdown.render`.
    """
    found = read(source)
    words = [paragraph.words for paragraph in found.paragraphs if paragraph.is_running] if found else []
    counted = [sentence for paragraph in words for sentence in sentences(paragraph)]
    return _chinese(counted) if script(source, language) == "zh" else _english(counted)


def _english(counted: Iterable[str]) -> ReadingLevel | None:
    lengths = [len(words) for sentence in counted if (words := _WORD.findall(sentence))]
    letters = sum(len(_LETTER.findall(sentence)) for sentence in counted)
    if not lengths:
        return None
    length = sum(lengths) / len(lengths)
    grade = 4.71 * letters / sum(lengths) + 0.5 * length - 21.43
    return ReadingLevel("en", len(lengths), round(length, 1), grade=round(max(grade, 0.0), 1))


def _chinese(counted: Iterable[str]) -> ReadingLevel | None:
    lengths = [len(letters) for sentence in counted if (letters := _HAN.findall(sentence))]
    characters = [character for sentence in counted for character in _HAN.findall(sentence)]
    if not lengths:
        return None
    rare = sum(map(is_rare, characters)) / len(characters)
    return ReadingLevel("zh", len(lengths), round(len(characters) / len(lengths), 1), rare=round(rare, 4))


@cache
def is_rare(character: str) -> bool:
    """Whether a Chinese character is outside the first level of Big5."""
    encoded = character.encode("cp950", errors="ignore")
    return len(encoded) != 2 or not 0xA4 <= encoded[0] <= 0xC6
