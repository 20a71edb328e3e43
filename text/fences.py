"""The lines that open and close a block of a text, and the rule that reads them.

An opening line is three colons or more, the name of a block and its title; three colons alone close it. Full-width
colons count as colons, and a block may stand in another one (its own `:::` closes it, not the outer one). A name that
does not exist makes no block, and its lines stay words. mdit-py-plugins' container does none of these four.
"""

import unicodedata
from dataclasses import dataclass
from typing import Final

import regex
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

INSETS: Final = ("picture", "contact")
"""Blocks whose content comes from elsewhere; what is written inside is a caption."""

HEADED: Final = ("care", "warning", "do", "dont")
"""Blocks whose title is a heading; that of details is their summary."""

_COLONS = ":：﹕︰"
_DEEPEST = 4  # blocks within blocks; what is deeper stays words
_FENCE = regex.compile(rf"[{_COLONS}]{{3,}}+")
_OPENING = regex.compile(
    r"(?:care[\s:：]+(?P<care>non[ ‐‑-]?urgent|urgent|emergency)"
    r"|(?P<kind>warning|do[ -]?nots?|don['’‘]?ts?|do|details|picture|contact))(?![\p{Latin}\p{N}_-])"
    r"[\s:：]*+",
    regex.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Block:
    """What an opening line says: care, warning, do, dont, details, picture or contact; which one; its title.

    `name` is the kind of a care card (non-urgent, urgent, emergency), the picture's or the contact's name, else empty.
    """

    kind: str
    name: str
    title: str


def opened(line: str) -> Block | None:
    """The block that a line opens; None for every other line, so for a care card without its kind too."""
    words = _words(line) or ""
    match = _OPENING.match(words)
    if match is None:
        return None
    title = _undecorated(words[match.end() :])
    if match["care"]:
        return Block("care", _care(match["care"]), title)
    kind = match["kind"].lower()
    if kind in INSETS:
        name, _blank, rest = title.partition(" ")
        return Block(kind, unicodedata.normalize("NFKC", name), rest.strip())
    return Block("dont" if kind.startswith(("don", "do ", "do-")) else kind, "", title)


def looks_opening(line: str) -> bool:
    """Whether a line begins like the opening of a block, of an unknown one too."""
    return bool(_words(line))


def closes(line: str) -> bool:
    """Whether a line is nothing but three colons or more."""
    return _words(line) == ""


def block_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The rule for markdown-it: `block_open`, the title, the content, `block_close`, each with its Block in `meta`."""
    around: list[Block] = state.env.setdefault("blocks", [])
    if len(around) >= _DEEPEST or (around and around[-1].kind in INSETS) or not _may_open(state, start):
        return False
    block = opened(_line(state, start))
    if block is None or silent:
        return block is not None
    closing = _closing(state, start, end)
    opening = _push(state, "block_open", 1, block, start)
    opening.meta["is_closed"] = is_closed = closing < end and closes(_line(state, closing))
    _title(state, block, start)
    around.append(block)
    _content(state, start + 1, closing)
    around.pop()
    opening.map = [start, closing]
    _push(state, "block_close", -1, block, closing)
    state.line = closing + is_closed
    return True


def _words(line: str) -> str | None:
    """What stands behind the colons of a fence; None for a line that is none."""
    line = line.strip()
    fence = _FENCE.match(line)
    return line[fence.end() :].strip() if fence else None


def _undecorated(title: str) -> str:
    """A title without the colons that some write behind it too."""
    bare = title.rstrip(_COLONS)
    return bare.rstrip() if len(title) - len(bare) >= 3 else title


def _care(name: str) -> str:
    return "non-urgent" if name.lower().startswith("non") else name.lower()


def _may_open(state: StateBlock, line: int) -> bool:
    place = state.bMarks[line] + state.tShift[line]
    return place < len(state.src) and state.src[place] in _COLONS and not state.is_code_block(line)


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _closing(state: StateBlock, start: int, end: int) -> int:
    """The line that closes the block, or where its parent ends: each line is read once for each block around it."""
    open_inside = 0
    for line in range(start + 1, end):
        if state.bMarks[line] + state.tShift[line] < state.eMarks[line] and state.sCount[line] < state.blkIndent:
            return line
        if not _may_open(state, line):
            continue
        words = _line(state, line)
        if looks_opening(words):
            open_inside += 1
        elif closes(words):
            if not open_inside:
                return line
            open_inside -= 1
    return end


def _push(state: StateBlock, name: str, nesting: int, block: Block, line: int) -> Token:
    token = state.push(name, "div", nesting)  # type: ignore[arg-type]
    token.block = True
    token.meta = {"block": block}
    token.map = [line, line + 1]
    return token


def _title(state: StateBlock, block: Block, line: int) -> None:
    name, tag = ("paragraph", "p") if block.kind in INSETS else ("title", "summary")
    if name == "paragraph" and not block.title:
        return
    opening = _push(state, f"{name}_open", 1, block, line)
    inline = state.push("inline", "", 0)
    inline.content, inline.children, inline.map = block.title, [], [line, line + 1]
    closing = _push(state, f"{name}_close", -1, block, line)
    opening.tag = closing.tag = tag


def _content(state: StateBlock, start: int, end: int) -> None:
    parent, line_max = state.parentType, state.lineMax
    state.parentType, state.lineMax = "container", end
    state.md.block.tokenize(state, start, end)
    state.parentType, state.lineMax = parent, line_max
