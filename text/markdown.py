"""Markdown of staff to the HTML that we store: a small set of elements, safe to show as it is.

Markdown-it renders and nh3 cleans what it rendered, so a fault in either is not yet a hole.
"""

import re
from collections.abc import Sequence
from contextlib import suppress

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

from text import anchors, blocks, clean, fences, headings, plain, quotes, tables
from text.inline import InlineParser, Linkify, TooSlowError
from text.places import Insets, Places

LIMIT = 60_000  # characters; a longer text is shown as plain text
_ADDRESSES = 1_000  # bare addresses in a text
_CELLS = 20_000  # of a table

_TAGS = {
    *("p", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol", "li", "pre", "code"),
    *("em", "strong", "s", "a", "table", "thead", "tbody", "tr", "th", "td"),
    *("div", "span", "details", "summary", "footer", "cite"),
}
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_ATTRIBUTES = {
    "a": {"href", "title", "rel"},
    "ol": {"start"},
    "div": {"aria-label"},
    **{heading: {"id"} for heading in _HEADINGS},
}
_VALUES = {
    **{cell: {"class": {"align-left", "align-center", "align-right"}} for cell in ("th", "td")},
    **{element: {"class": classes} for element, classes in blocks.CLASSES.items()},
    "div": {"class": blocks.CLASSES["div"], "role": {"region"}, "tabindex": {"0"}},
}
_SCHEMES = {"http", "https", "mailto", "tel"}
_GAPS = {
    **dict.fromkeys(("td_close", "th_close"), " "),
    **dict.fromkeys(("tr_close", "table_close", "bullet_list_close", "ordered_list_close", "blockquote_close"), "\n"),
    **dict.fromkeys(("title_close", "footer_close"), "\n\n"),
}
_OUTSIDE = re.compile(r"(?:https?:)?//|https?:", re.IGNORECASE)
_BLANK_LINES = re.compile(r"\n\s*\n")


def render(source: str, heading: int = 3, language: str = "", insets: Insets | None = None) -> str:
    """Clean HTML of Markdown. Its highest heading becomes `<h{heading}>` and none is skipped below it.

    Raw HTML is shown as text, images become links, outside links carry rel="nofollow noopener". What is longer than
    LIMIT or made to be slow is escaped and shown as plain text.

    Blocks (text.fences) say what they are in fixed words of `language`: English, Chinese for what begins with "zh",
    and without one that of the text itself. `insets(kind, name, caption_html)` gives the trusted HTML of a picture or
    contact block; where it gives None, a sentence says that something is missing.
    """
    tokens = parse(text := clean.clean_text(source))
    if tokens is None:
        return plain.to_html(text)
    places = Places(insets, words := blocks.script(text, language))
    blocks.say(tokens, words)
    headings.rank(tokens, heading)
    _walk(tokens)
    html = _html(places.take(tables.wrap(tokens, words), _html))
    return places.put(anchors.lead(html, anchors.own(tokens)))


def to_plain(source: str, language: str = "") -> str:
    """The words of Markdown without its marks: a line for each block, a blank line between paragraphs.

    The fixed words of blocks are among them, so that nothing not to do reads like advice; `language` as in `render`.
    """
    tokens = parse(text := clean.clean_text(source))
    if tokens is None:
        return text
    blocks.say(tokens, blocks.script(text, language))
    words = "".join(map(_words, tokens))
    return _BLANK_LINES.sub("\n\n", clean.clean_text(words))


def parse(text: str) -> list[Token] | None:
    """The tokens of a clean text, quotations signed and names of headings read; None for one that costs too much."""
    with suppress(TooSlowError):
        if not _is_too_much(text):
            tokens = quotes.sign(_parser.parse(text))
            anchors.read_own(tokens)
            return tokens
    return None


def _make_parser() -> MarkdownIt:
    parser = MarkdownIt("js-default", {"linkify": True, "breaks": True})
    parser.inline = InlineParser()
    parser.linkify = Linkify()
    parser.block.ruler.before(
        "fence", "block", fences.block_rule, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )
    for rule in (blocks.block_open, blocks.title_open, blocks.title_close, blocks.block_close):
        parser.add_render_rule(rule.__name__, rule)
    for rule in (blocks.block_label, blocks.dos_not):
        parser.add_render_rule(rule.__name__, rule)
    return parser.disable("image")


_parser = _make_parser()


def _is_too_much(source: str) -> bool:
    return len(source) > LIMIT or source.count("://") > _ADDRESSES or _cells(source) > _CELLS


def _cells(source: str) -> int:
    """The cells of the largest table that these lines could make: the parser fills up short rows."""
    bars = [line.count("|") for line in source.splitlines() if "|" in line]
    return len(bars) * max(bars, default=0)


def _html(tokens: Sequence[Token]) -> str:
    html = _parser.renderer.render(tokens, _parser.options, {})
    return nh3.clean(
        html, tags=_TAGS, attributes=_ATTRIBUTES, tag_attribute_values=_VALUES, url_schemes=_SCHEMES, link_rel=None
    ).strip()


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
