"""Why two questions are alike where no concept says it: words that both have, as the reader's own page writes them."""

from collections import defaultdict
from collections.abc import Callable, Collection
from functools import cached_property
from typing import Final

import regex

from text.cutting import segment
from text.fold import fold
from text.han import SIMPLIFIED
from text.stop_words import is_stop

SAID: Final = 2
"""How many words say why."""
TRIED: Final = 8
"""How many of the rarest shared terms are looked for in the text."""
BEGINNING: Final = 3
"""So many letters of a word are those of its stem."""
LONGEST: Final = 8
"""Characters of a stretch of Chinese that is shown."""
_WORD: Final = regex.compile(r"(?:(?!\p{Han})\p{L}){3,30}")
_PAIR: Final = regex.compile(r"\p{Han}{2}")


class Written:
    """A public text, in which terms of the index are found as somebody wrote them."""

    def __init__(self, text: str) -> None:
        self.text = text

    def words(self, shared: Collection[str], rarity_of: Callable[[str], float]) -> tuple[str, ...]:
        """The rarest of the shared terms that stand in the text, in its writing; at most SAID."""
        telling = [term for term in shared if _says_something(term)]
        telling.sort(key=lambda term: (-rarity_of(term), term))
        found: list[str] = []
        for term in telling[:TRIED]:
            written = self._han(term, shared) if _PAIR.fullmatch(term) else self._latin(term)
            if written and not any(written.casefold() in other.casefold() for other in found):
                found.append(written)
        return tuple(found[:SAID])

    def _latin(self, stem: str) -> str:
        """The first word of a stem; empty where the text has none."""
        begun = self._by_beginning.get(stem[:BEGINNING], ())
        return next((word for word in begun if segment(word) == stem), "")

    @cached_property
    def _by_beginning(self) -> dict[str, list[str]]:
        """The words in Latin letters by how they begin: stemming all of them would take longer than all the rest."""
        words: dict[str, list[str]] = defaultdict(list)
        for word in dict.fromkeys(_WORD.findall(self.text)):
            words[fold(word)[:BEGINNING]].append(word)
        return words

    @cached_property
    def _simplified(self) -> str:
        """The text with each character in its Simplified form, at the same place."""
        return "".join(SIMPLIFIED.get(character, character) for character in self.text)

    def _han(self, pair: str, shared: Collection[str]) -> str:
        """The stretch round a pair of which every pair is shared; empty where the pair does not stand in the text."""
        text, start = self._simplified, self._simplified.find(pair)
        if start < 0:
            return ""
        end = start + 2
        while end < len(text) and _is_part(text[end - 1 : end + 1], shared):
            end += 1
        while start and _is_part(text[start - 1 : start + 1], shared):
            start -= 1
        return self.text[start:end] if end - start <= LONGEST else ""


def _is_part(pair: str, shared: Collection[str]) -> bool:
    return pair in shared and _says_something(pair)


def _says_something(term: str) -> bool:
    """Whether a shared term tells a reader something: a word of three letters, two characters without particle."""
    if _PAIR.fullmatch(term):
        return not any(map(is_stop, (term, *term)))
    return _WORD.fullmatch(term) is not None and not is_stop(term)
