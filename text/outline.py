"""The headings of stored HTML, for a table of contents."""

import re
from dataclasses import dataclass
from html import unescape
from typing import Final

from text.anchors import Names, lead

# Only what text.markdown renders comes here: an id is one that the writer gave, and titles of blocks have a class.
_HEADING: Final = re.compile(r'<h([2-6])(?: id="([^"]*)")?>(.*?)</h\1>', re.DOTALL)
_TAG: Final = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Heading:
    """One heading: its rank (2 to 6), the fragment that leads to it, and its words."""

    rank: int
    fragment: str
    words: str


def outline(html: str) -> tuple[str, list[Heading]]:
    """HTML from `text.markdown` with a fragment on every heading, and the headings in their order.

    A fragment is made of the heading's words ("part-防曬") unless the writer gave it a name (see text.anchors). Titles
    of care cards and what stands under them are not listed. Links to fragments of the text lead to them.
    """
    headings: list[Heading] = []
    names = Names(unescape(own) for _rank, own, _words in _HEADING.findall(html) if own)

    def named(match: re.Match[str]) -> str:
        words = " ".join(unescape(_TAG.sub("", match[3])).split())
        headings.append(Heading(int(match[1]), unescape(match[2] or "") or names.give(words), words))
        return f'<h{match[1]} id="{headings[-1].fragment}">{match[3]}</h{match[1]}>'

    html = _HEADING.sub(named, html)
    return lead(html, (heading.fragment for heading in headings)), headings
