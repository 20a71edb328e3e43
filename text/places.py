"""What stands in a text and comes from elsewhere: the picture or contact that the caller knows.

The caller's HTML is trusted and joins the text after it was cleaned. Until then a word of 128 random bits holds its
place, which nobody who writes a text can know.
"""

import re
import secrets
from collections.abc import Callable, Iterator, Sequence
from html import escape
from itertools import takewhile

from markdown_it.token import Token

from text import blocks
from text.fences import INSETS, Block

Insets = Callable[[str, str, str], str | None]
"""Kind ("picture", "contact"), name and the caption's clean HTML in; trusted HTML out, None where there is no such."""


class Places:
    """The insets of one text: first taken out of its tokens, then put into its clean HTML."""

    def __init__(self, insets: Insets | None, language: str) -> None:
        self._insets = insets or (lambda _kind, _name, _caption: None)
        self._language = language
        self._mark = secrets.token_hex(16)
        self._found: list[str] = []

    def take(self, tokens: Sequence[Token], to_html: Callable[[Sequence[Token]], str]) -> list[Token]:
        """The tokens with a mark in the place of each inset; `to_html` gives the clean HTML of a caption."""
        return list(self._without_insets(iter(tokens), to_html))

    def put(self, html: str) -> str:
        """The HTML with the insets where their marks stand."""
        return re.sub(rf"{self._mark}-(\d+);", lambda match: self._found[int(match[1])], html)

    def _without_insets(self, tokens: Iterator[Token], to_html: Callable[[Sequence[Token]], str]) -> Iterator[Token]:
        for token in tokens:
            if token.type != "block_open" or token.meta["block"].kind not in INSETS:
                yield token
                continue
            # No block opens inside an inset, so the next end of a block is its own.
            caption = list(takewhile(lambda inner: inner.type != "block_close", tokens))
            self._found.append(self._html(token.meta["block"], to_html(caption)))
            yield self._held()

    def _html(self, block: Block, caption: str) -> str:
        html = self._insets(block.kind, block.name, caption) if block.name else None
        if html is not None:
            return html
        note = f'<p class="missing">{escape(blocks.missing(block.kind, block.name, self._language))}</p>'
        return f"{note}\n{caption}" if caption else note

    def _held(self) -> Token:
        token = Token("text", "", 0)
        token.content = f"{self._mark}-{len(self._found) - 1};\n"
        return token
