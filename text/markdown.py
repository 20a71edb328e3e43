"""Markdown of staff to the HTML that we store: a small set of elements, safe to show as it is.

Markdown-it renders and nh3 cleans what it rendered, so a fault in either is not yet a hole.
"""

from collections.abc import Sequence
from urllib.parse import urlsplit

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

from text import clean, plain
from text.cjk import CjkParserInline

LIMIT = 60_000  # characters; a longer text is shown as plain text
_BRACKETS = 2_000  # opening brackets in a text; beyond it, matching them takes seconds

_TAGS = {
    *("p", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol", "li", "pre", "code"),
    *("em", "strong", "s", "a", "table", "thead", "tbody", "tr", "th", "td"),
}
_ATTRIBUTES = {"a": {"href", "title", "rel"}, "ol": {"start"}}
_ALIGNED = {cell: {"class": {"align-left", "align-center", "align-right"}} for cell in ("th", "td")}
_SCHEMES = {"http", "https", "mailto", "tel"}


def render(source: str, heading: int = 3) -> str:
    """Clean HTML of Markdown. Its highest heading becomes `<h{heading}>` and none is skipped below it.

    Raw HTML is shown as text, pictures become links, outside links carry rel="nofollow noopener". What is longer than
    LIMIT or made to be slow is escaped and shown as plain text.
    """
    if _is_too_much(source):
        return plain.to_html(clean.clean_text(source))
    tokens = _parser.parse(clean.clean_text(source))
    _shift_headings(tokens, heading)
    _walk(tokens)
    return _clean(_parser.renderer.render(tokens, _parser.options, {})).strip()


def to_plain(source: str) -> str:
    """The words of Markdown without its marks: a line for each block, a blank line between paragraphs."""
    if _is_too_much(source):
        return clean.clean_text(source)
    return clean.clean_text("".join(map(_words, _parser.parse(clean.clean_text(source)))))


def _make_parser() -> MarkdownIt:
    parser = MarkdownIt()
    parser.inline = CjkParserInline()
    parser.configure("js-default", {"html": False, "linkify": True, "breaks": True})
    return parser.disable("image")


_parser = _make_parser()


def _is_too_much(source: str) -> bool:
    return len(source) > LIMIT or source.count("[") > _BRACKETS


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
    address = urlsplit(href)
    return bool(address.netloc) or address.scheme in ("http", "https")


def _words(token: Token) -> str:
    if token.type in ("text", "code_inline"):
        return token.content
    if token.type in ("softbreak", "hardbreak"):
        return "\n"
    if token.type in ("fence", "code_block"):
        return token.content + "\n"
    if token.type == "inline":
        return "".join(map(_words, token.children or ()))
    return _gap(token)


def _gap(token: Token) -> str:
    if token.type in ("td_close", "th_close"):
        return " "
    if token.type in ("paragraph_close", "heading_close"):
        return "\n" if token.hidden or token.level else "\n\n"
    return "\n" if token.nesting < 0 and token.block else ""
