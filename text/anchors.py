"""The fragments that lead to the headings of a text, made of their words: `#part-防曬`, `#part-sun-and-skin-2`.

All begin with `part-`, so that none is also the name of something else on the page. `## Sun and skin {#sun}` gives a
heading a name of its own, which stays when the words change: `#part-sun`. A link in the text may leave out `part-`.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final
from urllib.parse import unquote

import regex
from markdown_it.token import Token

from text.slug import slugify

PREFIX: Final = "part-"
_OWN = regex.compile(r"\s*[{｛]\s*[#＃]\s*([^\s{}｛｝]{1,80})\s*[}｝]\s*$")
_LINK = regex.compile(r'(<a href="#)([^"]*)(")')


class Names:
    """Gives each heading of one text a name that no other has; those that are taken come first."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = set(taken)
        self._next: dict[str, int] = {}

    def give(self, words: str) -> str:
        """The fragment for these words, with -2, -3 behind it where it is taken."""
        wanted = fragment(words)
        number = self._next.get(wanted, 1)
        while (name := wanted if number == 1 else f"{wanted}-{number}") in self._taken:
            number += 1
        self._next[wanted] = number + 1
        self._taken.add(name)
        return name


def fragment(words: str) -> str:
    """The fragment that these words make, without a regard for others: `part-…`, the words as in addresses."""
    return PREFIX + slugify(words.strip().removeprefix(PREFIX), fallback="section")


def read_own(tokens: Sequence[Token]) -> None:
    """Take `{#name}` out of the words of headings and set it as their id; the first of two alike keeps its name."""
    names = Names()
    for opening, inline in pairwise(tokens):
        last = inline.children[-1] if opening.type == "heading_open" and inline.children else None
        match = _OWN.search(last.content[-200:]) if last and last.type == "text" else None
        if last is None or match is None:
            continue
        last.content = last.content[: len(last.content) - len(match[0])]
        opening.attrSet("id", names.give(match[1]))


def own(tokens: Sequence[Token]) -> list[str]:
    """The fragments that the writer named."""
    return [str(token.attrs["id"]) for token in tokens if token.type == "heading_open" and "id" in token.attrs]


def lead(html: str, fragments: Iterable[str]) -> str:
    """HTML whose links to fragments of this text lead there, though they were typed without `part-`."""
    known = frozenset(fragments)

    def led(match: regex.Match[str]) -> str:
        name = fragment(unquote(match[2]))
        return f"{match[1]}{name}{match[3]}" if match[2] and name in known else match[0]

    return _LINK.sub(led, html) if known else html
