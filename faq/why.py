"""Why two questions are alike where no concept says it: words that both have, as the reader's own page writes them."""

from collections.abc import Callable, Collection
from typing import Final

import regex

from text.cutting import pairs, segment, words
from text.stop_words import is_stop

SAID: Final = 2
"""How many words say why."""
LONGEST: Final = 8
"""Characters of a stretch of Chinese that is shown."""
_STRETCH: Final = regex.compile(r"\p{Han}{2,}|(?:(?!\p{Han})[\p{L}\p{N}]){3,30}")


def words_of(source: str, shared: Collection[str], rarity_of: Callable[[str], float]) -> tuple[str, ...]:
    """The rarest words of a text that are among `shared` terms, in the writing of the text; at most SAID."""
    worth: dict[str, float] = {}
    for stretch in _STRETCH.findall(source):
        for written, terms in _pieces(stretch, shared):
            worth[written] = sum(rarity_of(term) for term in terms)
    best = sorted(worth, key=lambda written: (-worth[written], written))
    kept: list[str] = []
    for written in best:
        if not any(written.casefold() in other.casefold() for other in kept):
            kept.append(written)
    return tuple(kept[:SAID])


def _pieces(stretch: str, shared: Collection[str]) -> list[tuple[str, list[str]]]:
    """A word that is shared, or the longest pieces of Han characters of which every pair is."""
    if not regex.match(r"\p{Han}", stretch):
        terms = words(segment(stretch))
        is_said = len(terms) == 1 and terms[0] in shared and not terms[0].isdigit() and not is_stop(terms[0])
        return [(stretch, terms)] if is_said else []
    found, start = [], 0
    for end in range(1, len(stretch) + 1):
        if end == len(stretch) or not _is_shared(stretch[end - 1 : end + 1], shared):
            piece = stretch[start:end]
            if 2 <= len(piece) <= LONGEST:
                found.append((piece, pairs(segment(piece))))
            start = end
    return found


def _is_shared(two: str, shared: Collection[str]) -> bool:
    """Whether a pair of Han characters is shared and neither is a particle."""
    cut = segment(two)
    return cut in shared and not any(is_stop(character) for character in cut)
