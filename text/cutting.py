"""Cutting a text into what an index holds: words, single Han characters and pairs of neighbours. Never shown to anybody.

Chinese has no blanks between words. Single characters find everything and say little, pairs of neighbours say what
words would say, and both together find more than any list of words does.
"""

from typing import Final

import regex

from text.fold import fold

CUT_VERSION: Final = 1
"""Raised whenever the rules here change: what was cut by older ones is then cut anew."""
_RUN = regex.compile(r"[\p{L}\p{N}\p{M}]+")
_UNIT = regex.compile(r"\p{Han}|[^\p{Han}]+")


def segment(source: str) -> str:
    """Return the form that is stored: folded, runs of letters and digits with one blank between them."""
    return " ".join(_RUN.findall(fold(source)))


def words(segmented: str) -> list[str]:
    """The words and the single Han characters of a segmented text, in their order."""
    return [unit for run in segmented.split() for unit in _UNIT.findall(run)]


def pairs(segmented: str) -> list[str]:
    """Each two neighbours inside a run of a segmented text: 疫苗, and where scripts meet hpv疫."""
    found: list[str] = []
    for run in segmented.split():
        units = _UNIT.findall(run)
        found.extend(map("".join, zip(units, units[1:], strict=False)))
    return found
