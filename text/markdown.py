"""Markdown of staff to the HTML that we store: a small set of elements, safe to show as it is.

Markdown-it renders and nh3 cleans what it rendered, so a fault in either is not yet a hole.
"""

import re
from collections.abc import Sequence
from contextlib import suppress

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

from text import clean, plain
from text.inline import InlineParser, Linkify, TooSlowError

LIMIT = 60_000  # characters; a longer text is shown as plain text
_ADDRESSES = 1_000  # bare addresses in a text
_CELLS = 20_000  # of a table

_TAGS = {
    *("p", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol", "li", "pre", "code"),
    *("em", "strong", "s", "a", "table", "thead", "tbody", "tr", "th", "td"),
}
_ATTRIBUTES = {"a": {"href", "title", "rel"}, "ol": {"start"}}
_ALIGNED = {cell: {"class": {"align-left", "align-center", "align-right"}} for cell in ("th", "td")}
_SCHEMES = {"http", "https", "mailto", "tel"}
_GAPS = {
    **dict.fromkeys(("td_close", "th_close"), " "),
    **dict.fromkeys(("tr_close", "table_close", "bullet_list_close", "ordered_list_close", "blockquote_close"), "\n"),
}
_OUTSIDE = re.compile(r"(?:https?:)?//|https?:", re.IGNORECASE)
_BLANK_LINES = re.compile(r"\n\s*\n")


def render(source: str, heading: int = 3) -> str:
    """Clean HTML of Markdown. Its highest heading becomes `<h{heading}>` and none is skipped below it.

    Raw HTML is shown as text, pictures become links, outside links carry rel="nofollow noopener". What is longer than
    LIMIT or made to be slow is escaped and shown as plain text.
    """
    tokens = _parsed(text := clean.clean_text(source))
    if tokens is None:
        return plain.to_html(text)
    _shift_headings(tokens, heading)
    _walk(tokens)
    return _clean(_parser.renderer.render(tokens, _parser.options, {})).strip()


def to_plain(source: str) -> str:
    """The words of Markdown without its marks: a line for each block, a blank line between paragraphs."""
    tokens = _parsed(text := clean.clean_text(source))
    if tokens is None:
        return text
    words = "".join(map(_words, tokens))
    return _BLANK_LINES.sub("\n\n", clean.clean_text(words))


def _make_parser() -> MarkdownIt:
    parser = MarkdownIt("js-default", {"linkify": True, "breaks": True})
    parser.inline = InlineParser()
    parser.linkify = Linkify()
    return parser.disable("image")


_parser = _make_parser()


def _parsed(text: str) -> list[Token] | None:
    """The tokens of a text; None for one that is too long or made to be slow."""
    with suppress(TooSlowError):
        return None if _is_too_much(text) else _parser.parse(text)
    return None


def _is_too_much(source: str) -> bool:
    return len(source) > LIMIT or source.count("://") > _ADDRESSES or _cells(source) > _CELLS


def _cells(source: str) -> int:
    """The cells of the largest table that these lines could make: the parser fills up short rows."""
    bars = [line.count("|") for line in source.splitlines() if "|" in line]
    return len(bars) * max(bars, default=0)


def _clean(html: str) -> str:
    return nh3.clean(
        html, tags=_TAGS, attributes=_ATTRIBUTES, tag_attribute_values=_ALIGNED, url_schemes=_SCHEMES, link_rel=None
    )


def _shift_headings(tokens: Sequence[Token], first: int) -> None:
    headings = [token for token in tokens if token.type in ("heading_open", "heading_close")]
    ranks = {tag: rank for rank, tag in enumerate(sorted({token.tag for token in headings}))}
    for token in headings:
        token.tag = f"h{min(first + ranks[token.tag], 6)}"


def _walk(tokens: Sequence[Token]) -> None:
    for token in tokens:
        _walk(token.children or ())
        if token.type == "link_open" and _is_outside(str(token.attrGet("href") or "")):
            token.attrSet("rel", "nofollow noopener")
        elif token.type in ("th_open", "td_open") and (style := token.attrs.pop("style", None)):
            # The policy allows no style attribute, so the alignment becomes a class.
            token.attrSet("class", str(style).replace("text-align:", "align-"))


def _is_outside(href: str) -> bool:
    return _OUTSIDE.match(href) is not None


def _words(token: Token) -> str:
    if token.type == "inline":
        return "".join(map(_words, token.children or ()))
    if token.type in ("softbreak", "hardbreak"):
        return "\n"
    return token.content or _gap(token)


def _gap(token: Token) -> str:
    """What parts this block from the next one."""
    if token.type in ("paragraph_close", "heading_close"):
        return "\n" if token.hidden else "\n\n"
    return _GAPS.get(token.type, "")
