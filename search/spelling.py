"""Did you mean: what somebody may have wanted to type. Only offered, never done."""

import threading
from collections.abc import Iterable
from itertools import pairwise
from typing import Final

import regex
import tantivy

from search.index.reader import index
from search.lexicon import HAN_SHORTEST, SHORTEST, Lexicon, differing
from search.vocabulary import Vocabulary, vocabulary
from text.clean import clean_line
from text.cutting import segment
from text.english import is_english
from text.names import named

LONGEST: Final = 200
"""Characters of a query that is looked at."""
LOOKED_AT: Final = 4
"""So many unknown words of a query: more of them are another language, or none."""
LONGEST_RUN: Final = 40
RARER: Final = 50
"""A word that many write is no misspelling: it must be so many times rarer than what is offered for it."""
MANY: Final = 1000
"""From so many texts on it says something that none of them holds two characters beside each other."""
_WORD: Final = regex.compile(r"(?<![\p{Latin}\p{M}\p{N}])[\p{Latin}\p{M}]++(?![\p{Latin}\p{M}\p{N}]|['’]\p{Latin})")
_RUN: Final = regex.compile(r"\p{Han}{2,}+")

Change = tuple[int, int, str]
"""From where to where in a query, and what would stand there."""


def did_you_mean(query: str) -> str | None:
    """The query with its misspelt names of the vocabulary as they are shown; None where nothing is to be offered.

    A word counts as misspelt when neither the vocabulary nor the index knows it, or when it is fifty times rarer there
    than a name that is one mistake away, two in long words. Without an index nothing is offered.
    """
    typed, known, found = clean_line(query)[:LONGEST], vocabulary(), index()
    if found is None or not typed or known.called(typed):
        return None
    lexicon = lexicon_of(known)
    texts = Texts(found)
    changes = [*_latin(typed, lexicon, texts), *_han(typed, known, lexicon, texts)]
    if not changes:
        return None
    meant = _changed(typed, changes)
    return lexicon.shown.get(named(meant).strip(), meant)


class Texts:
    """How many texts of the index hold a word or two neighbours."""

    def __init__(self, found: tantivy.Index) -> None:
        self.searcher = found.searcher()
        self.are_many = self.searcher.num_docs >= MANY

    def with_word(self, word: str) -> int:
        """The number of texts with a Latin word in any of its forms."""
        return self._with("words", segment(word))

    def with_pairs(self, name: str, places: Iterable[int]) -> list[int]:
        """The numbers of texts with each pair of simplified Han characters that touches one of the places."""
        touched = set(places)
        pairs = [one + other for place, (one, other) in enumerate(pairwise(name)) if {place, place + 1} & touched]
        return [self._with("pairs", pair) for pair in pairs]

    def _with(self, field: str, term: str) -> int:
        return self.searcher.doc_freq(field, term) + self.searcher.doc_freq(f"reply_{field}", term)


def _latin(typed: str, lexicon: Lexicon, texts: Texts) -> list[Change]:
    changes: list[Change] = []
    looked_at = 0
    for match in _WORD.finditer(typed):
        word = named(match[0])
        if len(word) < SHORTEST or not (word.isascii() and word.isalpha()) or _is_known(word, lexicon):
            continue
        looked_at += 1
        if looked_at > LOOKED_AT:
            break
        if best := _best(word, lexicon, texts):
            changes.append((match.start(), match.end(), best))
    return changes


def _is_known(word: str, lexicon: Lexicon) -> bool:
    return is_english(word) or any(
        form in lexicon.known for form in (word, word.removesuffix("s"), word.removesuffix("es"))
    )


def _best(word: str, lexicon: Lexicon, texts: Texts) -> str:
    """The nearest word of the vocabulary, as it is shown; empty where none is near enough or it is no mistake."""
    near = list(lexicon.near(word))
    plural = "s" if word.endswith("s") else ""
    if plural and not near:
        near = [(count, other) for count, other in lexicon.near(word[:-1]) if len(word) > SHORTEST]
    else:
        plural = ""
    if not near:
        return ""
    own = texts.with_word(word)
    counted = [(count, other[0] != word[0], -texts.with_word(other), other) for count, other in near]
    worthy = [each for each in counted if not own or own * RARER <= -each[2]]
    return lexicon.words[min(worthy)[-1]] + plural if worthy else ""


def _han(typed: str, known: Vocabulary, lexicon: Lexicon, texts: Texts) -> list[Change]:
    return [
        change
        for match in _RUN.finditer(typed)
        if len(match[0]) <= LONGEST_RUN and len(named(match[0])) == len(match[0])
        for change in _han_run(match[0], match.start(), known, lexicon, texts)
    ]


def _han_run(shown: str, begin: int, known: Vocabulary, lexicon: Lexicon, texts: Texts) -> list[Change]:
    run = named(shown)
    covered = {place for mention in known.found_in(run) for place in range(mention.start, mention.end)}
    taken: set[int] = set()
    changes: list[Change] = []
    for start, name in lexicon.meant_in(run, covered=covered, loosely=texts.are_many):
        places = set(range(start, start + len(name)))
        if not places & taken and _is_mistake(run[start : start + len(name)], name, len(run), texts):
            taken |= places
            changes.append((begin + start, begin + start + len(name), lexicon.han[name]))
    return changes


def _is_mistake(window: str, name: str, room: int, texts: Texts) -> bool:
    """Whether nobody writes what stands there, or hardly anybody beside those who write the name.

    Names of two characters sound like too much else: they are offered for what stands alone.
    """
    wrong = differing(window, name)
    own, other = max(texts.with_pairs(window, wrong)), min(texts.with_pairs(name, wrong))
    if len(name) == HAN_SHORTEST and (room > HAN_SHORTEST or not other):
        return False
    return not own or own * RARER <= other


def _changed(typed: str, changes: Iterable[Change]) -> str:
    for start, end, text in sorted(changes, reverse=True):
        typed = typed[:start] + text + typed[end:]
    return typed


_building: Final = threading.Lock()
_kept: tuple[Vocabulary | None, Lexicon] = (None, Lexicon())


def lexicon_of(known: Vocabulary) -> Lexicon:
    """This process's lexicon of a state of the vocabulary, made when it is first asked for."""
    global _kept  # noqa: PLW0603
    if _kept[0] is not known:
        with _building:
            if _kept[0] is not known:
                _kept = (known, Lexicon.of(known))
    return _kept[1]
