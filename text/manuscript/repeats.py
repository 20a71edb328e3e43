"""Paragraphs that say what another one has said, and definitions given twice."""

from collections import Counter, defaultdict
from collections.abc import Sequence

import regex

from text.fold import fold
from text.manuscript.structure import Block, Note, Notes, Paragraph, excerpt

_WORD = regex.compile(r"\p{Han}|[\p{L}\p{N}]+")
_SHINGLE = 5  # words or Chinese characters
_ALIKE = 0.6  # of the shorter one's shingles
_SHORTEST = 8  # shingles
_LONGEST = 3_000  # characters of a paragraph that are compared
_COMMON = 20  # a phrase in more paragraphs than this tells none of them apart
_DEFINITION = regex.compile(
    r"(?P<what>(?!(?:it|this|that|there|they|these|those|he|she|we|you|if|what|here)\b)[\p{L}\p{N}'’-]+"
    r"(?: [\p{L}\p{N}'’-]+){0,3}?) (?:is an? |are (?=(?:[\p{L}-]+,? ){1,4}(?:that|which)\b))"
    r"|(?P<what>\p{Han}{2,12}?)(?:是一種|是一种|是指|是由)"
)


def note_repeats(blocks: Sequence[Block], lede: str, notes: Notes) -> None:
    """Point out paragraphs that repeat an earlier one, and what is defined more than once."""
    texts = [block.text for block in blocks if isinstance(block, Paragraph)]
    notes.noticed += [Note("paragraph_repeated", excerpt(text)) for text in _repeated(texts)]
    subjects = Counter(subject for text in [lede, *texts] if (subject := _defined(text)))
    notes.noticed += [Note("definition_repeated", what, count) for what, count in subjects.items() if count > 1]


def _defined(text: str) -> str:
    match = _DEFINITION.match(fold(text[:200]))
    return match["what"] if match else ""


def _repeated(texts: Sequence[str]) -> list[str]:
    """The texts most of whose phrases stand in one earlier text, or that hold most of one."""
    where: dict[tuple[str, ...], list[int]] = defaultdict(list)
    sizes: dict[int, int] = {}
    found = []
    for place, text in enumerate(texts):
        shingles = _shingles(text)
        if len(shingles) < _SHORTEST:
            continue
        shared = Counter(earlier for shingle in shingles for earlier in where.get(shingle, ()))
        if any(count >= _ALIKE * min(len(shingles), sizes[earlier]) for earlier, count in shared.items()):
            found.append(text)
        sizes[place] = len(shingles)
        for shingle in shingles:
            if len(where[shingle]) < _COMMON:
                where[shingle].append(place)
    return found


def _shingles(text: str) -> set[tuple[str, ...]]:
    words = _WORD.findall(fold(text[:_LONGEST]))
    return {tuple(words[at : at + _SHINGLE]) for at in range(len(words) - _SHINGLE + 1)}
