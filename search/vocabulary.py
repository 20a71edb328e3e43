"""The vocabulary in memory: which concepts a text names, and where."""

import re
import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, pairwise
from operator import add
from typing import Any, Final, NamedTuple

from django.db import router
from django.db.models import OuterRef, QuerySet, Subquery

from search.models import Change, ChangeCounter, ConceptName
from search.prepared import Prepared
from text.cutting import segment, words
from text.names import forms, named

ENGLISH_TOO: Final = frozenset({"aids", "all", "am", "as", "cad", "cat", "got", "it", "met", "ms", "or", "pet", "us"})
"""Abbreviations that are words of everyday English as well: in a text they count in capitals only."""
_CJK: Final = "\u2e80"
"""From here on scripts write without blanks, so that a name may stand anywhere."""
_WORD_STARTS: Final = re.compile(rf"(?<![^\W_{_CJK}-\U0010ffff])[^\W_{_CJK}-\U0010ffff]")
_BEGINNINGS: Final = (4, 3, 2)
"""By so many characters names in Latin letters are looked up, those that have fewer by all of them."""
_PLURAL: Final = re.compile(r"(?:'s|s'|s|es)(?![a-z0-9\u00c0-\u024f])")


class Name(NamedTuple):
    """One name of an accepted concept, as people write it."""

    text: str
    concept: int
    kind: str
    language: str = ""


@dataclass(frozen=True)
class Mention:
    """A place in a text that names a concept: from `start` up to `end` of the folded text (`text.fold`).

    `name` is what stands there, in the form of `text.names.named`.
    """

    concept: int
    kind: str
    start: int
    end: int
    name: str


class Vocabulary:
    """The names of all accepted concepts, ready to be looked for. It never changes, so any thread may read it."""

    def __init__(self, names: Iterable[Name]) -> None:
        self.names = tuple(names)
        self.meant = _concepts_by_form(self.names)
        self._capitals = _only_in_capitals(self.names)
        longer = [form for form in self.meant if len(form) > 1]
        self._lengths = _lengths_by_beginning((form for form in longer if form[0] < _CJK), max(_BEGINNINGS))
        self._lengths_of_pairs = _lengths_by_beginning((form for form in longer if form[0] >= _CJK), 2)

    def called(self, text: str) -> list[int]:
        """The concepts that have exactly this name, however it is written; names of one character too."""
        return [concept for concept, _kind in self._called(named(text).strip())]

    def found_in(self, source: str) -> list[Mention]:
        """The concepts that a text names, in its order.

        Where names overlap the longest counts, and of two as long the first. A Latin name is a word of its own, in
        singular or plural; a name of one character counts only where it is all the text.
        """
        text = named(source)
        places = self._longest(text, source)
        if not places and (meant := self._called(text.strip())):
            start = len(text) - len(text.lstrip())
            return [Mention(concept, kind, start, start + len(text.strip()), text.strip()) for concept, kind in meant]
        return [
            Mention(concept, kind, start, end, text[start:end])
            for start, end, form in places
            for concept, kind in self.meant[form]
        ]

    def _called(self, form: str) -> tuple[tuple[int, str], ...]:
        return self.meant.get(form) or self.meant.get(_PLURAL.sub("", form), ())

    def _longest(self, text: str, source: str) -> list[tuple[int, int, str]]:
        """The places of names, none over another, the longer before the shorter."""
        found = sorted(
            place
            for place in chain(self._spaced(text), self._unspaced(text))
            if place[2] not in self._capitals or place[2] == text or _in_capitals(place[2], source)
        )
        if all(one[1] <= other[0] for one, other in pairwise(found)):
            return found
        taken: list[tuple[int, int, str]] = []
        for place in sorted(found, key=lambda each: (each[0] - each[1], each[0])):
            if all(place[1] <= other[0] or other[1] <= place[0] for other in taken):
                taken.append(place)
        return sorted(taken)

    def _spaced(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Where names in Latin letters stand: start, end with the plural, the form of the name."""
        for match in _WORD_STARTS.finditer(text):
            start = match.start()
            for size in _BEGINNINGS:
                for length in self._lengths.get(text[start : start + size], ()):
                    form = text[start : start + length]
                    if form in self.meant and (end := _end_of_word(text, start + length)):
                        yield start, end, form

    def _unspaced(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Where names in Han characters stand."""
        if text.isascii():
            return
        for start, lengths in enumerate(map(self._lengths_of_pairs.get, map(add, text, text[1:]))):
            for length in lengths or ():
                form = text[start : start + length]
                if form in self.meant and (end := _end_of_word(text, start + length)):
                    yield start, end, form


def words_before(source: str, place: int) -> int:
    """How many words (`text.cutting`) of a text stand before a place of its folded form, such as a mention's start."""
    return len(words(segment(named(source)[:place])))


def _concepts_by_form(names: Iterable[Name]) -> dict[str, tuple[tuple[int, str], ...]]:
    """Every form of every name with the concepts so called; what somebody wrote goes before what was made of it."""
    own: dict[str, dict[tuple[int, str], None]] = defaultdict(dict)
    made: dict[str, dict[tuple[int, str], None]] = defaultdict(dict)
    for name in names:
        first, *others = forms(name.text) or [""]
        own[first][name.concept, name.kind] = None
        for form in others:
            made[form][name.concept, name.kind] = None
    return {form: tuple(concepts) for form, concepts in (made | own).items() if form}


def _only_in_capitals(names: Iterable[Name]) -> frozenset[str]:
    return frozenset(form for name in names if (form := named(name.text)) in ENGLISH_TOO and name.text.isupper())


def _lengths_by_beginning(meant: Iterable[str], size: int) -> dict[str, tuple[int, ...]]:
    lengths: dict[str, set[int]] = defaultdict(set)
    for form in meant:
        lengths[form[:size]].add(len(form))
    return {beginning: tuple(sorted(each)) for beginning, each in lengths.items()}


def _end_of_word(text: str, end: int) -> int:
    """Where a name that ends at `end` ends with its plural; 0 where it is a part of a word, or the text is shorter."""
    if end >= len(text):
        return end if end == len(text) else 0
    if not _is_letter(text[end - 1]):
        return end
    if text[end] in "'se" and (plural := _PLURAL.match(text, end)):
        return plural.end()
    return 0 if _is_letter(text[end]) else end


def _is_letter(character: str) -> bool:
    """Whether it stands in words that blanks divide: a letter or a digit."""
    return character < _CJK and character.isalnum()


def _in_capitals(form: str, source: str) -> bool:
    return re.search(rf"(?<![A-Za-z]){re.escape(form.upper())}(?![A-Z])", source) is not None


_EMPTY: Final = Vocabulary(())
_building: Final = threading.Lock()
_kept: tuple[object, Vocabulary] = (None, _EMPTY)


def vocabulary() -> Vocabulary:
    """This process's copy, as of the last change of a concept: one query, one more when it has changed."""
    global _kept  # noqa: PLW0603
    database = router.db_for_read(ChangeCounter)
    version = next(iter(_VERSION.rows()), None)
    if version is None or version != _kept[0]:
        with _building:
            if version is None or version != _kept[0]:
                _kept = (version, Vocabulary(_names(database)))
    return _kept[1]


def _version() -> QuerySet[Any, Any]:
    """What tells one state of the vocabulary from all others.

    The moment of the change is a part of it: what a transaction that failed was to call change 7 is another change 7.
    """
    moment = Change.objects.filter(number=OuterRef("vocabulary")).values("changed_at")[:1]
    return ChangeCounter.objects.filter(pk=1).values_list("identity", "vocabulary", Subquery(moment))


_VERSION: Final = Prepared(ChangeCounter, _version)
"""A page of results asks for it three times."""


def _names(database: str) -> Iterable[Name]:
    names = ConceptName.objects.using(database).filter(concept__is_proposal=False, concept__merged_into__isnull=True)
    rows = names.order_by("pk").values_list("text", "concept_id", "concept__kind", "language")
    return (Name(*row) for row in rows)
