"""The place of a text where a reader's words stand, with the words marked: what a list of results shows of it.

Words are compared in the form of `text.cutting` and marked in the text as it was written: 头发 marks 頭髮, a stem the
whole word.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Any, Final

import regex

from text.cutting import segment, words
from text.teaser import LOOSE, graphemes, may_break, room_for

READ: Final = 4000
"""Characters of a text in which words are looked for: nobody opens a long article for its last line."""
ELLIPSIS: Final = "…"
_MOST_NAMES: Final = 20
_MOST_FORMS: Final = 1 << 15

_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff\ud800-\udfff]")
_HAN = regex.compile(r"\p{Han}")
_CJK = "\u2e80-\u2fdf\u3005\u3007\u3021-\u3029\u3038-\u303b\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_RUN = re.compile(f"[^\\W_{_CJK}]+(?:(?:['’ʼ](?=[^\\W\\d_])|(?<=\\d)[.,/](?=\\d))[^\\W_{_CJK}]+)*")
"""A word or a number in a text."""
_RUN_WITH_MARKS = regex.compile(
    r"[[\p{L}\p{N}]--\p{Han}] [[\p{L}\p{N}\p{M}\p{Cf}'’ʼ]--\p{Han}]*", regex.V1 | regex.VERBOSE
)
"""The same where marks and joiners stand between letters."""
_LONGEST: Final = 64
"""Characters of a run that can be a word."""
_LEFT, _RIGHT = "(?<![a-z0-9])", "(?![a-z0-9])"
_BLANK = r"[\s\-]?"
_SENTENCE_ENDS = re.compile(r"[。！？；!?…](?=[^。！？；!?…」』”）)])|[.;] |[」』”）](?<=[。！？].)")


@dataclass(frozen=True)
class Piece:
    """A part of a text as it is shown, marked or not. It is plain text: whoever prints it escapes it."""

    text: str
    is_marked: bool = False


@dataclass(frozen=True, order=True)
class _Span:
    start: int
    end: int
    term: str


class Marker:
    """What is marked: the terms of a segmented query (`terms`), and whole `names` of what it means.

    `weight` says how much each term tells (a window with rarer words is the better one); `unmarked` are terms that
    are left as they are.
    """

    def __init__(
        self,
        segmented: str,
        *,
        names: Iterable[str] = (),
        weight: Callable[[str], float] = lambda term: 1.0,
        unmarked: Collection[str] = (),
    ) -> None:
        self.weight = weight
        cut = _Cut.of(segmented).without(unmarked)
        self.alone, self.beside = frozenset(cut.alone), frozenset(one + other for one, other in cut.han)
        self._beginnings = frozenset(map(_beginning, cut.alone))
        self._singles = "".join(term for term in cut.alone if _HAN.match(term))
        self._first = "".join(dict.fromkeys(one for one, _other in cut.han))
        self._second = "".join(dict.fromkeys(other for _one, other in cut.han))
        self._joined = [(one + other, _joined(one, other)) for one, other in cut.mixed[:_MOST_NAMES]]
        known = dict.fromkeys(filter(None, (_likened(name) for name in names)))
        self._joined += [(name, _named(name)) for name in list(known)[:_MOST_NAMES]]

    def marked(self, source: str) -> list[Piece]:
        """Return the whole text with the words in it marked, whitespace collapsed."""
        text = _tidy(source)
        return _pieces(text, 0, len(text), self._spans(text))

    def snippet(self, source: str, limit: int) -> list[Piece]:
        """Return the part of a text that says most about the query; nothing where no word of it stands in the text.

        It has at most `limit` characters, half as many of a full-width script, besides the ellipses at its ends.
        """
        text = _tidy(source)
        spans = self._spans(text)
        if not spans:
            return []
        start, end = _window(text, spans, room_for(text, limit), self.weight)
        return _pieces(text, start, end, spans)

    def _spans(self, text: str) -> list[_Span]:
        likened, breaks = _likened(text), graphemes(text)
        runs = (_RUN_WITH_MARKS if breaks else _RUN).finditer(text) if self.alone else ()
        found = (self._found_words(runs, likened), self._found_han(likened), self._found_joined(likened))
        spans = sorted({*found[0], *found[1], *found[2]})
        return sorted(_snapped(span, breaks) for span in spans) if breaks else spans

    def _found_words(self, runs: Iterable[Any], likened: str) -> Iterator[_Span]:
        for run in runs:
            # A stem begins as its words do, and most words of a text begin otherwise.
            start, end = run.span()
            beginning = likened[start : min(end, start + 2)]
            is_other = beginning.isascii() and beginning.isalnum() and _beginning(beginning) not in self._beginnings
            if end - start <= _LONGEST and not is_other:
                yield from (_Span(start, end, unit) for unit in _units(run[0]) if unit in self.alone)

    def _found_han(self, text: str) -> Iterator[_Span]:
        for match in self._pair_pattern.finditer(text) if self._first else ():
            if match[1] in self.beside:
                yield _Span(match.start(), match.start() + 2, match[1])
        for match in re.finditer(f"[{self._singles}]", text) if self._singles else ():
            yield _Span(match.start(), match.end(), match[0])

    @cached_property
    def _pair_pattern(self) -> re.Pattern[str]:
        return re.compile(f"(?=([{self._first}][{self._second}]))")

    def _found_joined(self, likened: str) -> Iterator[_Span]:
        for term, pattern in self._joined:
            for match in pattern.finditer(likened):
                yield _Span(match.start(), match.end(), term)


def terms(segmented: str) -> list[str]:
    """The terms of a segmented query that are marked, in the form of an index: words, and pairs of neighbours.

    A Han character, a single letter and a number that have a neighbour are marked beside it alone.
    """
    cut = _Cut.of(segmented)
    return [*cut.alone, *(one + other for one, other in (*cut.han, *cut.mixed))]


@dataclass(frozen=True)
class _Cut:
    """A segmented query as what stands alone, pairs of Han characters, and pairs of which a word or number is one."""

    alone: list[str]
    han: list[tuple[str, str]]
    mixed: list[tuple[str, str]]

    @classmethod
    def of(cls, segmented: str) -> "_Cut":
        units = [(unit, at == 0) for run in segmented.split() for at, unit in enumerate(words(run))]
        han: dict[tuple[str, str], None] = {}
        mixed: dict[tuple[str, str], None] = {}
        beside = set()
        for (one, _new), (other, is_apart) in pairwise(units):
            both = bool(_HAN.match(one)), bool(_HAN.match(other))
            if all(both) and not is_apart:
                han[one, other] = None
            elif any(both) != all(both) or one.isdigit() != other.isdigit():
                mixed[one, other] = None
            else:
                continue
            beside |= {one, other}
        alone = dict.fromkeys(unit for unit, _new in units if unit not in beside or _says_something(unit))
        return cls(list(alone), list(han), list(mixed))

    def without(self, terms: Collection[str]) -> "_Cut":
        han = [(one, other) for one, other in self.han if one + other not in terms]
        mixed = [(one, other) for one, other in self.mixed if one + other not in terms]
        return _Cut([term for term in self.alone if term not in terms], han, mixed)


class _Likenesses(dict[int, str]):
    """Each character as its one folded and simplified character, itself where it has none; filled in as met."""

    def __missing__(self, code: int) -> str:
        cut = segment(chr(code))
        likeness = cut if len(cut) == 1 else chr(code)
        if len(self) < _MOST_FORMS:
            self[code] = likeness
        return likeness


_LIKENESSES = _Likenesses()


def _likened(text: str) -> str:
    """The text folded and simplified character by character, as long as before: what stands where stays there."""
    return text.translate(_LIKENESSES)


def _tidy(source: str) -> str:
    return " ".join(_INVISIBLE.sub("", source[:READ]).split())


def _says_something(unit: str) -> bool:
    return len(unit) > 1 and not unit[0].isdigit()


def _beginning(word: str) -> str:
    """The first two letters of a word and of its stem (dying, die)."""
    return word[0] + word[1:2].replace("y", "i")


@lru_cache(1 << 14)
def _units(run: str) -> tuple[str, ...]:
    return tuple(words(segment(run)))


def _joined(one: str, other: str) -> re.Pattern[str]:
    left = "" if _HAN.match(one) else _LEFT
    right = "" if _HAN.match(other) else _RIGHT
    return re.compile(f"{left}{_stemmed(one)}{_BLANK}{_stemmed(other)}{right}")


def _stemmed(unit: str) -> str:
    """A stem with what English adds to one."""
    return re.escape(unit) + ("[a-z]{0,3}" if unit.isalpha() and unit.isascii() and len(unit) > 3 else "")


def _named(name: str) -> re.Pattern[str]:
    parts = r"[\s\-]+".join(map(re.escape, name.split()))
    left = _LEFT if name[0].isascii() else ""
    right = f"(?:e?s)?{_RIGHT}" if name[-1].isascii() else ""
    return re.compile(f"{left}{parts}{right}")


def _snapped(span: _Span, breaks: Sequence[int]) -> _Span:
    """The span with the whole of the graphemes that it touches."""
    start = breaks[bisect_right(breaks, span.start) - 1]
    return _Span(start, breaks[bisect_left(breaks, span.end)], span.term)


def _window(text: str, spans: Sequence[_Span], room: int, weight: Callable[[str], float]) -> tuple[int, int]:
    first, last = _best(spans, room, weight)
    spare = max(0, room - (last.end - first.start))
    breaks = graphemes(text)
    start = _start(text, max(0, first.start - spare // 2), first.start, breaks)
    lowest = min(last.end, start + room)
    end = _end(text, start + room, lowest, breaks)
    cut = [span.start for span in spans if last.end <= span.start < end < span.end]
    end = min([end, *cut])
    return start, end if end == len(text) else lowest + len(text[lowest:end].rstrip(LOOSE))


def _best(spans: Sequence[_Span], room: int, weight: Callable[[str], float]) -> tuple[_Span, _Span]:
    """The first and the last span of the window that holds the most different and most telling terms."""
    inside: Counter[str] = Counter()
    best, score, left = (spans[0], spans[0]), -1.0, 0
    total = 0.0
    for span in spans:
        inside[span.term] += 1
        total += weight(span.term) if inside[span.term] == 1 else 0
        while span.end - spans[left].start > room and spans[left] is not span:
            gone = spans[left].term
            inside[gone] -= 1
            total -= weight(gone) if not inside[gone] else 0
            left += 1
        if total > score + 1e-9:
            best, score = (spans[left], span), total
    return best


def _start(text: str, lowest: int, highest: int, breaks: Sequence[int] | None) -> int:
    """Where a window begins that must begin from `lowest` to `highest`: with a sentence, else with a word."""
    if not lowest:
        return 0
    sentences = [match.end() for match in _SENTENCE_ENDS.finditer(text, lowest, highest)]
    words_begin = (at for at in range(lowest, highest) if _is_break(breaks, at) and may_break(text, at))
    start = sentences[-1] if sentences else next(words_begin, highest)
    return start if start == highest else _past_signs(text, start, highest)


def _past_signs(text: str, start: int, highest: int) -> int:
    while start < highest and text[start] in _LEADING:
        start += 1
    return start


_LEADING: Final = " ,.;:!?)]，。、；：！？）」』"
"""What no snippet begins with."""


def _end(text: str, highest: int, lowest: int, breaks: Sequence[int] | None) -> int:
    """Where a window ends that must end from `lowest` to `highest`: behind a word, else behind a grapheme."""
    if highest >= len(text):
        return len(text)
    places = [at for at in range(highest, lowest, -1) if _is_break(breaks, at)]
    end = next((at for at in places if may_break(text, at)), places[0] if places else lowest)
    return breaks[bisect_right(breaks, end) - 1] if breaks else end


def _is_break(breaks: Sequence[int] | None, at: int) -> bool:
    return breaks is None or breaks[bisect_left(breaks, at)] == at


def _pieces(text: str, start: int, end: int, spans: Sequence[_Span]) -> list[Piece]:
    pieces: list[Piece] = [Piece(ELLIPSIS)] if start else []
    place = start
    for beginning, ending in _merged(spans):
        left, right = max(beginning, start), min(ending, end)
        if left >= right:
            continue
        pieces += [Piece(text[place:left])] if left > place else []
        pieces.append(Piece(text[left:right], is_marked=True))
        place = right
    pieces += [Piece(text[place:end])] if end > place else []
    return pieces + ([Piece(ELLIPSIS)] if end < len(text) else [])


def _merged(spans: Sequence[_Span]) -> Iterator[tuple[int, int]]:
    """The spans as places that neither meet nor overlap."""
    start = end = -1
    for span in spans:
        if span.start > end:
            if end > 0:
                yield start, end
            start = span.start
        end = max(end, span.end)
    if end > 0:
        yield start, end
