"""The inline parser of markdown-it where ours differs: beside Chinese characters, and on what is made to be slow.

CommonMark asks for a space between punctuation and letters around `**`, which these scripts do not write, so
`**注意:**請停藥` printed its asterisks. The rule is that of the markdown-cjk-friendly specification
(github.com/tats-u/markdown-cjk-friendly): beside such a character a run of `*` or `~` may open or close whatever it
touches. Text without one is read exactly as before.

An address written into such a sentence has no space behind it either: it ends before full-width punctuation, and its
host before the first character that is not of an address (`https://www.example.com查詢`).
"""

import regex
from linkify_it import LinkifyIt  # type: ignore[import-untyped]
from linkify_it.main import Match  # type: ignore[import-untyped]
from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Scanned
from markdown_it.token import Token
from markdown_it.utils import EnvType

_CJK = regex.compile(
    r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Bopomofo}\u3001-\u303f\u30fb\u30fc\ufe30-\ufe4f\uff01-\uffee]"
)
_PUNCTUATION = regex.compile(r"[\u2018-\u201d\u2026\u3000-\u303f\ufe30-\ufe4f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff65]")
_BEFORE = regex.compile(r"[\p{Han}\p{Hangul}](?=www\.|[a-z0-9._+-]{1,64}@)", regex.I)
_HOST = regex.compile(
    r"((?:://|(?<![a-z0-9.-])www\.|@)(?:[a-z0-9-]{1,63}\.){0,8}[a-z]{2,24})[\p{Han}\p{Hangul}]", regex.I
)
_STEPS = 300_000  # well-formed text of the greatest length needs a tenth; about half a second
_ADDRESS = regex.compile(r"\S{0,2048}")


class InlineState(StateInline):
    """Reads runs of `*` and `~`; `_` keeps its rule, since it stands inside words."""

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: N802, N803 - markdown-it's names
        scanned = super().scanDelims(start, canSplitWord)
        end = start + scanned.length
        before = self.src[start - 1] if start else " "
        after = self.src[end] if end < self.posMax else " "
        if not canSplitWord or not (_is_cjk(before) or _is_cjk(after)):
            return scanned
        return Scanned(not after.isspace(), not before.isspace(), scanned.length)


class TooSlowError(Exception):
    """A text whose brackets send the parser to its end again and again."""


class InlineParser(ParserInline):
    """The inline parser of markdown-it with our state. Raises TooSlowError."""

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        state = InlineState(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens

    def skipToken(self, state: StateInline) -> None:  # noqa: N802
        """Count the steps of every search for the end of a link; `env` lives as long as one text."""
        state.env["steps"] = state.env.get("steps", 0) + 1
        if state.env["steps"] > _STEPS:
            raise TooSlowError
        super().skipToken(state)


class Linkify(LinkifyIt):
    """Finds addresses with what can't belong to them blanked out, character for character, so that places stay."""

    def test(self, text: str) -> bool:
        return bool(super().test(_blanked(text)))

    def match(self, text: str) -> list[Match] | None:
        matches: list[Match] | None = super().match(_blanked(text))
        return matches

    def match_at_start(self, text: str) -> Match | None:
        address = _ADDRESS.match(text)
        return super().match_at_start(_blanked(address[0])) if address else None


def _blanked(text: str) -> str:
    return _HOST.sub(r"\1 ", _BEFORE.sub(" ", _PUNCTUATION.sub(" ", text)))


def _is_cjk(character: str) -> bool:
    return _CJK.match(character) is not None
