"""Places in stored HTML for what lives elsewhere: a picture, a contact block.

Where a text is stored, `mark` leaves a place; where it is shown, whoever owns the thing fills the place with how it is
that day. So a new alternative text or telephone number reaches every text without storing one of them again.
Nobody can type a place: the renderer shows raw HTML as text, and the cleaner leaves no comment.
"""

import re
from collections.abc import Callable
from typing import Final

KINDS: Final = ("picture", "contact")
_NAME: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]{0,59}\Z")
_PLACE: Final = re.compile(r"<!--inset ([a-z]+) ([A-Za-z0-9_-]+)-->(.*?)<!--/inset-->", re.DOTALL)


def opening(kind: str, name: str) -> str:
    """What a place for that thing begins with in stored HTML; who looks for its uses looks for this."""
    return f"<!--inset {kind} {name}-->"


def mark(kind: str, name: str, caption_html: str) -> str | None:
    """A place in HTML that is about to be stored; None where there is no such kind or the name cannot be one.

    The third argument of `text.markdown.render`'s insets: `caption_html` is clean HTML and stays part of the text.
    """
    name = _plain(kind, name)
    if kind not in KINDS or not _NAME.match(name):
        return None
    return f"{opening(kind, name)}{caption_html}<!--/inset-->"


def names(html: str, kind: str) -> list[str]:
    """The names of one kind in stored HTML, each once, in their order."""
    return list(dict.fromkeys(match[2] for match in _PLACE.finditer(html) if match[1] == kind))


def fill(html: str, made: Callable[[str, str, str], str]) -> str:
    """Stored HTML with every place replaced by `made(kind, name, caption_html)`, which is safe HTML."""
    return _PLACE.sub(lambda match: made(match[1], match[2], match[3]), html)


def _plain(kind: str, name: str) -> str:
    """A picture's number without leading zeros, so that a place is found by one spelling; other names as they are."""
    name = name.strip()
    return str(int(name)) if kind == "picture" and name.isascii() and name.isdecimal() and len(name) < 19 else name
