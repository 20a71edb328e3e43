"""Common English words, which nobody mistyped."""

from typing import Final

from text.cutting import segment
from text.english_stems import STEMS

_STEMS: Final = frozenset(STEMS.split())


def is_english(word: str) -> bool:
    """Whether a word of five letters and more is, in any of its forms, among the 8,000 most common of English."""
    return segment(word) in _STEMS
