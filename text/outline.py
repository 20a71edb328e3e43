"""The headings of stored HTML, for a table of contents."""

import re
from dataclasses import dataclass
from html import unescape
from typing import Final

# Only what text.markdown renders comes here, and it writes headings without attributes.
_HEADING: Final = re.compile(r"<h([2-6])>(.*?)</h\1>", re.DOTALL)
_TAG: Final = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Heading:
    """One heading: its rank (2 to 6), the fragment that leads to it, and its words."""

    rank: int
    fragment: str
    words: str


def outline(html: str) -> tuple[str, list[Heading]]:
    """HTML from `text.markdown` with a fragment on every heading ("part-1"), and the headings in their order."""
    headings: list[Heading] = []

    def named(match: re.Match[str]) -> str:
        words = " ".join(unescape(_TAG.sub("", match[2])).split())
        headings.append(Heading(int(match[1]), f"part-{len(headings) + 1}", words))
        return f'<h{match[1]} id="{headings[-1].fragment}">{match[2]}</h{match[1]}>'

    return _HEADING.sub(named, html), headings
