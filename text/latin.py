"""Words and numbers in Latin letters and digits as an index holds them: stemmed, possessives and hyphens gone."""

from functools import lru_cache
from typing import Final

import regex
import snowballstemmer

_ENGLISH = snowballstemmer.stemmer("english")
_LONGEST_KEPT: Final = 64
"""Clusters of more characters are cut every time: nobody's text shall fill the memory."""
_LONGEST_STEMMED: Final = 32
_AS_ONE = {"aids": "aids", "als": "als", "mcg": "ug"}
"""What a stemmer would mix up (AIDS with aid, ALS with al), and two names of a microgram (μg is ug by now)."""
_INITIALS = regex.compile(r"(?:[a-z]\.)+[a-z]\.?")
_PIECE = regex.compile(
    r"""
      (?<![\d/.])\d{2,3}/\d{2,3}(?![\d/])                # a blood pressure
    | \d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,64}+)?(?![\d,])       # 12,500.5
    | (?<![\d.])\d{1,64}+\.\d{1,64}+(?:e[+-]?\d{1,3}(?![a-z\d]))?+(?!\.?\d)  # 38.5, 3.52e0, but 2010.9.4 is three
    | \d{1,64}+                                          # 500
    | (?<=\d)x(?=\d)                                     # 5x6 mm
    | (?<![a-z])[a-z]-?\d{1,8}(?:[a-z]\d{1,8}){0,4}[a-z]{0,2}(?![a-z\d])  # b12, h1n1, g6pd
    | (?<![a-z])[a-z]{2,4}\d{1,2}[a-z]{1,2}\d{0,2}(?![a-z\d])             # hba1c, cyp3a4
    | [a-z]{1,64}(?:'[a-z]{1,8}){0,2}                    # lupus, william's
    """,
    regex.VERBOSE,
)


def cut(cluster: str) -> str:
    """Return the words and numbers of one cluster of a-z, 0-9 and '.,/- with a blank between them, "" if it has none.

    A cluster is what stands between blanks, other signs and other scripts. Cutting each of the words again changes
    nothing.
    """
    return _kept(cluster) if len(cluster) <= _LONGEST_KEPT else _cut(cluster)


def _cut(cluster: str) -> str:
    if _INITIALS.fullmatch(cluster):
        return _stem(cluster.replace(".", "")[:_LONGEST_KEPT])
    return " ".join(map(_settled, _PIECE.findall(cluster)))


def _settled(piece: str) -> str:
    if piece[0].isdigit():
        return piece.replace(",", "")
    return piece.replace("-", "") if any(map(str.isdigit, piece)) else _stem(piece)


@lru_cache(1 << 14)
def _stem(word: str) -> str:
    word = word.removesuffix("'s").replace("'", "")
    if word in _AS_ONE or len(word) > _LONGEST_STEMMED:
        return _AS_ONE.get(word, word)
    return _stable(_english(word))


def _stable(stem: str) -> str:
    """The stem, or with an e behind it what has this stem: "diseas" would be stemmed again to "disea"."""
    again = _english(stem)
    if stem in (again, _english(stem + "e")):
        return stem if stem == again else stem + "e"
    return _stable(again)


def _english(word: str) -> str:
    return str(_ENGLISH.stemWord(word))


_kept = lru_cache(1 << 15)(_cut)
