"""The ranks of headings on a page: none is skipped, whatever was typed."""

from collections.abc import Sequence

from markdown_it.token import Token

from text.fences import HEADED


def rank(tokens: Sequence[Token], first: int) -> None:
    """Give every heading and every title of a block its rank: the highest is `<h{first}>`, each at most one below.

    A block's title stands one below the heading it comes under, and the headings inside the block below its title.
    """
    around = [_Section(first)]
    for token in tokens:
        if token.type == "heading_open":
            around[-1].enter(int(token.tag[1]))
        elif _is_title(token) and token.nesting == 1:
            around.append(_Section(around[-1].below(), title=[0]))
        elif token.type == "block_close" and token.meta["block"].kind in HEADED:
            around.pop()
        if token.type in ("heading_open", "heading_close") or _is_title(token):
            token.tag = around[-1].tag()
        if token.type == "heading_open" and len(around) > 1:
            token.attrSet("class", "block__heading")  # which keeps it out of the table of contents


def _is_title(token: Token) -> bool:
    return token.type in ("title_open", "title_close") and token.meta["block"].kind in HEADED


class _Section:
    """The headings that stand open in a text or block, as they were typed; a block's title is the first of all."""

    def __init__(self, first: int, title: Sequence[int] = ()) -> None:
        self._first = first
        self._typed = list(title)

    def enter(self, typed: int) -> None:
        while self._typed and self._typed[-1] >= typed:
            self._typed.pop()
        self._typed.append(typed)

    def below(self) -> int:
        return self._first + len(self._typed)

    def tag(self) -> str:
        return f"h{min(self.below() - 1, 6)}"
