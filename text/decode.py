"""Lines of old archives: from bytes to text, and from what a web page had made of a text back to the text."""

import html
from typing import NamedTuple

import regex

from text.clean import clean_text

GETA = "〓"  # the printer's mark for a character that is missing from the case
_ORDER = ("utf-8-sig", "cp950", "big5hkscs")


class Undecodable(ValueError):
    """None of the encodings reads these bytes."""

    def __init__(self, raw: bytes) -> None:
        super().__init__("None of the encodings reads these bytes.")
        self.raw = raw


class Imported(NamedTuple):
    """A text and the number of its characters that could not be known (private use), shown as GETA."""

    text: str
    unknown: int


def decode(raw: bytes, encoding: str = "auto") -> str:
    """Text of one whole line: UTF-8, else cp950, else big5hkscs, or the one encoding that is named.

    Decode before parsing: in Big5 許, 功 and 蓋 end in the byte of a backslash. Raises Undecodable, which carries the
    bytes, and LookupError for an encoding that does not exist.
    """
    for name in _ORDER if encoding == "auto" else (encoding,):
        try:
            return raw.decode(name)
        except UnicodeDecodeError:
            continue
    raise Undecodable(raw)


_ENTITY = regex.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
_BREAK = regex.compile(r"[ \t]*<br\s*/?>[ \t]*\n?", regex.I)
_HIDDEN = regex.compile(r"<(script|style)\b[^<>]*>.*?</\1\s*>|<!--.*?-->", regex.I | regex.S)
_BLOCK = regex.compile(r"[ \t]*</?(?:p|div|tr|table|ul|ol|li|h[1-6]|blockquote|hr)(?:\s[^<>]*)?/?>[ \t]*", regex.I)
_TAG = regex.compile(
    r"</?(?:a|abbr|b|big|body|button|center|code|dd|dl|dt|em|font|form|head|html|i|iframe|img|input|label|meta|nobr|"
    r"o:p|object|option|param|pre|s|script|select|small|span|strike|strong|style|sub|sup|tbody|td|textarea|tfoot|th|"
    r"thead|title|tt|u|wbr)(?:\s[^<>]*)?/?>",
    regex.I,
)
_PRIVATE = regex.compile(r"\p{Co}")


def imported(source: str) -> str:
    """Clean plain text of an archive's field; see `read_imported`."""
    return read_imported(source).text


def read_imported(source: str) -> Imported:
    """Entities unescaped (also those escaped twice), `<br>` and blocks as line breaks, other HTML tags taken out.

    Only names of HTML elements are tags, so `a < b` stays. A private-use character can't be known and becomes GETA.
    """
    text = _without_tags(_unescape(_unescape(source)))
    return Imported(clean_text(text, private_use=GETA), len(_PRIVATE.findall(text)))


def _unescape(text: str) -> str:
    return _ENTITY.sub(lambda match: html.unescape(match[0]), text)


def _without_tags(text: str) -> str:
    text = _BREAK.sub("\n", _HIDDEN.sub("", text))
    return _TAG.sub("", _BLOCK.sub("\n", text))
