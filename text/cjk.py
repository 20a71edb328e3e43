"""Emphasis beside Chinese, Japanese and Korean characters.

CommonMark asks for a space between punctuation and letters around `**`, which these scripts do not write, so
`**注意:**請停藥` printed its asterisks. The rule is that of the markdown-cjk-friendly specification
(github.com/tats-u/markdown-cjk-friendly): beside such a character a run of `*` or `~` may open or close whatever it
touches. Text without one is read exactly as before.
"""

import regex
from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Scanned
from markdown_it.token import Token
from markdown_it.utils import EnvType

_CJK = regex.compile(
    r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Bopomofo}\u3001-\u303f\u30fb\u30fc\ufe30-\ufe4f\uff01-\uffee]"
)


class CjkStateInline(StateInline):
    """Reads runs of `*` and `~`; `_` keeps its rule, since it stands inside words."""

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:
        scanned = super().scanDelims(start, canSplitWord)
        end = start + scanned.length
        before = self.src[start - 1] if start else " "
        after = self.src[end] if end < self.posMax else " "
        if not canSplitWord or not (_is_cjk(before) or _is_cjk(after)):
            return scanned
        return Scanned(not after.isspace(), not before.isspace(), scanned.length)


class CjkParserInline(ParserInline):
    """The inline parser of markdown-it with our state."""

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        state = CjkStateInline(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


def _is_cjk(character: str) -> bool:
    return _CJK.match(character) is not None
