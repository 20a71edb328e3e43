"""The readable end of an address. It is decoration: the number before it finds the page."""

import unicodedata

import regex

from text.clean import clean_line

_APOSTROPHES = regex.compile(r"(?<=\p{L})['’](?=\p{L})")
_OUTSIDE = regex.compile(r"[^\p{L}\p{N}\p{M}]+")
_GRAPHEME = regex.compile(r"\X")
_SPACED = regex.compile(r"[\p{Latin}\p{Greek}\p{Cyrillic}\p{Nd}]")


def slugify(title: str, limit: int = 60, fallback: str = "-") -> str:
    """Lower-case words joined by hyphens, Chinese kept as it is, at most `limit` characters; `fallback` for none."""
    text = unicodedata.normalize("NFKC", _APOSTROPHES.sub("", clean_line(title))).lower()
    slug = _OUTSIDE.sub("-", unicodedata.normalize("NFKC", text)).strip("-")
    return _cut(slug, limit) or fallback


def _cut(slug: str, limit: int) -> str:
    if len(slug) <= limit:
        return slug
    end = 0
    for grapheme in _GRAPHEME.finditer(slug):
        if grapheme.end() > limit:
            break
        end = grapheme.end()
    return _whole_words(slug, end).strip("-")


def _whole_words(slug: str, end: int) -> str:
    head = slug[:end]
    is_inside = end and _SPACED.match(slug[end - 1]) and _SPACED.match(slug[end])
    return head.rpartition("-")[0] or head if is_inside else head
