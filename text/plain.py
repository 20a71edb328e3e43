"""Plain text as HTML: escaped, its paragraphs and line breaks kept."""

import re
from html import escape

_GAP = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")


def paragraphs(source: str) -> list[list[str]]:
    """The paragraphs of a text, each as its lines, unescaped. A blank line parts two paragraphs."""
    text = source.replace("\r\n", "\n").replace("\r", "\n").strip()
    return [part.split("\n") for part in _GAP.split(text)] if text else []


def to_html(source: str) -> str:
    """`<p>` for each paragraph, `<br>` for each line break, everything else escaped."""
    return "\n".join("<p>" + "<br>".join(map(escape, part)) + "</p>" for part in paragraphs(source))
