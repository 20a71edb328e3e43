"""Quotations that say whose words they are.

The last line of a quotation that begins with a dash (—, ——, --) names the person, the post and the source:

    > Sunscreen belongs on the ears, too.
    >
    > — Lin Mei-hua, dermatologist, [Skin and sun](https://www.example.org/skin)

It becomes the footer of the quotation. A link in it, *words in italics* and 《a title》 are the source: `<cite>`.
"""

from collections.abc import Iterator, Sequence

import regex
from markdown_it.token import Token

_DASH = regex.compile(r"\s*(?:[—―⸺─]+|-{2,}|–)\s*")
_TITLE = regex.compile(r"(《[^《》]+》)")


def sign(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with the last line of a quotation as its footer, where it begins with a dash."""
    out: list[Token] = []
    for token in tokens:
        if token.type == "blockquote_close" and len(out) > 3 and out[-1].type == "paragraph_close":
            out[-3:] = _signed(out[-3:], is_alone=out[-4].type == "blockquote_open")
        out.append(token)
    return out


def _signed(paragraph: list[Token], *, is_alone: bool) -> list[Token]:
    """A last paragraph as it is, as a paragraph and a footer, or as a footer alone."""
    inline = paragraph[1]
    children = inline.children or []
    breaks = [at for at, child in enumerate(children) if child.type in ("softbreak", "hardbreak") and not child.level]
    if not is_alone and _has_dash(children):
        return _footer(children, inline)
    if breaks and _has_dash(children[breaks[-1] + 1 :]):
        inline.children = children[: breaks[-1]]
        return [*paragraph, *_footer(children[breaks[-1] + 1 :], inline)]
    return paragraph


def _has_dash(children: Sequence[Token]) -> bool:
    return bool(children and children[0].type == "text" and _DASH.match(children[0].content))


def _footer(children: list[Token], paragraph: Token) -> list[Token]:
    opening, inline, closing = (
        Token("footer_open", "footer", 1),
        Token("inline", "", 0),
        Token("footer_close", "footer", -1),
    )
    opening.block = closing.block = True
    opening.map = inline.map = paragraph.map
    dash = _DASH.match(children[0].content)
    rest = children[0].content[dash.end() if dash else 0 :]
    children[0].content = ("——" if rest[:1] > "\u2e7f" else "— ") + rest
    inline.children = list(_cited(children))
    return [opening, inline, closing]


def _cited(children: Sequence[Token]) -> Iterator[Token]:
    for child in children:
        if child.type == "text" and not child.level:
            yield from _titles(child)
            continue
        if child.type in ("em_open", "em_close") and not child.level:
            child.tag = "cite"
        if child.type == "link_open":
            yield Token("cite_open", "cite", 1)
        yield child
        if child.type == "link_close":
            yield Token("cite_close", "cite", -1)


def _titles(text: Token) -> Iterator[Token]:
    for at, words in enumerate(_TITLE.split(text.content)):
        part = Token("text", "", 0)
        part.content = words
        yield from (Token("cite_open", "cite", 1), part, Token("cite_close", "cite", -1)) if at % 2 else (part,)
