"""What a reader typed, taken apart: words, phrases in quotes, and what must not occur."""

from dataclasses import dataclass, field
from typing import Final

import regex

from text.clean import clean_line
from text.cutting import segment

LONGEST: Final = 200
"""Characters of a query; what is longer is a story and belongs into the ask form."""
_PART = regex.compile(
    r"""
    (?P<minus>(?<!\S)[-−－])?
    (?: ["“”「『] (?P<phrase> [^"“”」』]* ) ["“”」』] | (?P<words> [^\s"“”「」『』]+ ) )
    """,
    regex.VERBOSE,
)


@dataclass(frozen=True)
class Query:
    """A query in the form of `text.cutting.segment`: `wanted` all of it, `phrases` word for word, `unwanted` never."""

    typed: str
    wanted: str = ""
    phrases: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()
    plain: str = field(default="", compare=False)
    """What was typed without quotes and without what is unwanted: concepts are looked for in it."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is left to look for."""
        return not self.wanted


def parse(typed: str) -> Query:
    """Take a query apart. Nothing that is typed is an error: a sign without a meaning is left out."""
    wanted: list[str] = []
    phrases: list[str] = []
    unwanted: list[str] = []
    for part in _PART.finditer(clean_line(typed)[:LONGEST]):
        words = part["phrase"] if part["phrase"] is not None else part["words"]
        cut = segment(words)
        if part["minus"] and cut:
            unwanted.append(cut)
            continue
        wanted.append(words)
        if part["phrase"] is not None and cut:
            phrases.append(cut)
    plain = " ".join(wanted)
    return Query(typed, segment(plain), tuple(phrases), tuple(unwanted), plain)


def words_only(typed: str) -> Query:
    """Take a text as words alone, however long it is: its quotes and minus signs mean nothing."""
    line = clean_line(typed)
    return Query(typed, segment(line), plain=line)
