"""The words and names of the vocabulary by how they are written and how they sound: what somebody may have meant."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Final

import regex

from search.vocabulary import Vocabulary
from text.distance import mistakes
from text.names import forms, named
from text.sounds import sound_of

SHORTEST: Final = 5
"""Letters of a Latin word that is looked after, and of what is offered for it: shorter ones are near to too many."""
HAN_GAPPED: Final = 4
"""Characters of a name in which one that is altogether wrong is forgiven."""
TWO_MISTAKES: Final = 8
"""From so many letters on two mistakes are forgiven."""
HAN_SHORTEST: Final = 2
HAN_LONGEST: Final = 10
_POSSESSIVE: Final = regex.compile(r"['’]s$|(?<=s)['’]$")
_WORD: Final = regex.compile(r"[\p{Latin}\p{M}'’]+")
_TURNED: Final = frozenset(
    "左右男女高低前后上下内外大小多少急慢原续单双甲乙丙一二三四五六七八九十早晚老幼轻重干湿冷热阴阳良恶"
)
"""Characters that make another thing of a name: acute is no misspelling of chronic."""


@dataclass
class Lexicon:
    """What the vocabulary can be misspelt into. Built once for each state of the vocabulary; never changes then."""

    shown: dict[str, str] = field(default_factory=dict)
    """Names by each of their forms: as they are shown."""
    words: dict[str, str] = field(default_factory=dict)
    """Latin words of names, as they are shown inside a line."""
    known: set[str] = field(default_factory=set)
    """Every Latin word of every form of a name: nothing is wrong with it."""
    by_length: dict[int, list[tuple[int, str]]] = field(default_factory=lambda: defaultdict(list))
    han: dict[str, str] = field(default_factory=dict)
    """Names in Han characters, simplified: as they are shown."""
    sounding: dict[tuple[str, ...], list[str]] = field(default_factory=lambda: defaultdict(list))
    gapped: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """Names of four characters and more without one of them, its place marked with a blank."""

    @classmethod
    def of(cls, vocabulary: Vocabulary) -> "Lexicon":
        """The lexicon of a vocabulary."""
        made = cls()
        for name in vocabulary.names:
            made._take(name.text)
        for word in made.words:
            made.by_length[len(word)].append((_letters(word), word))
        return made

    def _take(self, text: str) -> None:
        for form in forms(text):
            self.shown.setdefault(form, text)
            self.known.update(map(_bare, form.split()))
        for place, word in enumerate(_WORD.findall(text)):
            key = _bare(named(word))
            if len(key) >= SHORTEST and key.isascii() and key.isalpha():
                shown = _inside_a_line(word, is_first=place == 0)
                if self.words.setdefault(key, shown).islower():
                    self.words[key] = shown
        own = named(text).strip()
        if regex.fullmatch(rf"\p{{Han}}{{{HAN_SHORTEST},{HAN_LONGEST}}}", own) and own not in self.han:
            self.han[own] = text
            self.sounding[sound_of(own)].append(own)
            for place in range(1, len(own) - 1) if len(own) >= HAN_GAPPED else ():
                self.gapped[_gapped(own, place)].append(own)

    def near(self, word: str) -> Iterator[tuple[int, str]]:
        """The Latin words that a word may be a misspelling of, with the number of mistakes."""
        most = 2 if len(word) >= TWO_MISTAKES else 1
        letters = _letters(word)
        for length in range(len(word) - most, len(word) + most + 1):
            for others, other in self.by_length.get(length, ()):
                if (letters & ~others).bit_count() <= most >= (others & ~letters).bit_count():
                    count = mistakes(word, other, most)
                    if count <= most:
                        yield count, other

    def meant_in(self, run: str, *, covered: Collection[int], loosely: bool) -> Iterator[tuple[int, str]]:
        """The names that parts of a run of simplified Han characters may stand for: where each begins, the name.

        `covered` are the places of characters that known names cover: nothing is wrong with those, nor with the one
        character beside them. `loosely` forgives a character that sounds otherwise, too.
        """
        for length in range(min(len(run), HAN_LONGEST), HAN_SHORTEST - 1, -1):
            for start in range(len(run) - length + 1):
                free = [place for place in range(start, start + length) if place not in covered]
                if len(free) < HAN_SHORTEST:
                    continue
                window = run[start : start + length]
                for name in self._like(window, loosely=loosely):
                    wrong = [start + place for place in differing(window, name)]
                    if wrong and set(wrong) <= set(free):
                        yield start, name

    def _like(self, window: str, *, loosely: bool) -> Iterator[str]:
        if window in self.han:
            return
        yield from self.sounding.get(sound_of(window), ())
        if not loosely or len(window) < HAN_GAPPED:
            return
        for place in range(1, len(window) - 1):
            swapped = window[:place] + window[place + 1] + window[place] + window[place + 2 :]
            if swapped in self.han:
                yield swapped
            if window[place] not in _TURNED:
                names = self.gapped.get(_gapped(window, place), ())
                yield from (name for name in names if name[place] not in _TURNED)


def differing(window: str, name: str) -> list[int]:
    """The places at which two texts of one length differ."""
    return [place for place, pair in enumerate(zip(window, name, strict=True)) if pair[0] != pair[1]]


def _gapped(name: str, place: int) -> str:
    return f"{name[:place]} {name[place + 1 :]}"


def _letters(word: str) -> int:
    """The set of a word's letters as bits: two words that share too few need not be compared."""
    found = 0
    for letter in word:
        found |= 1 << (ord(letter) - 97)
    return found


def _bare(word: str) -> str:
    return _POSSESSIVE.sub("", word).replace("'", "")


def _inside_a_line(word: str, *, is_first: bool) -> str:
    """A word of a name as it stands inside a line: HbA1c, Crohn, but metformin where only the name begins with it."""
    plain = _POSSESSIVE.sub("", word)
    keeps = plain != word or plain[1:] != plain[1:].lower() or not is_first
    return plain if keeps else plain.lower()
