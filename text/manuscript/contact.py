"""The block with which a page says how to reach its owner. It belongs into a snippet, not into the text."""

from collections.abc import Sequence

import regex

from text.manuscript.structure import Block, LeftOver, Listing, Paragraph

_LONGEST = 600  # characters
_LINE = 200
_TAIL = 0.7  # of the blocks; before it a telephone number is part of what the text says
_NEAR = 4  # blocks at the end, however short the text is

_KINDS = {
    "email": regex.compile(r"[\w.+-]{1,64}@[\w-]{1,63}\.[\w.]{2,}|[\w.]{2,64}\s?\(at\)\s?\w"),
    "hidden_email": regex.compile(r"\[email\s*protected\]", regex.I),
    "phone": regex.compile(
        r"(?:\b(?:(?:tele)?phone|tel|call|fax|mobile|whatsapp|hotline)\b|電話|專線|手機|傳真|电话|手机)[^\d\n]{0,20}\+?\d[\d\s().#-]{4,18}\d"
        r"|(?<![\d/.-])(?:\+\d|\(?0\d)[\d\s()-]{6,16}\d(?![\d/])",
        regex.I,
    ),
    "address": regex.compile(
        r"\b(?:our |postal )?address\b|地址|住址|\bNo\.\s?\d+,|[縣市区區].{0,20}[路街巷弄].{0,10}[號号]", regex.I
    ),
    "hours": regex.compile(
        r"\b24/7\b|(?:opening|office|business) hours|(?:服務|看診|門診|營業)時間|门诊时间"
        r"|\d{1,2}:\d{2}\s*[-–~至]\s*\d{1,2}:\d{2}",
        regex.I,
    ),
    "web": regex.compile(r"https?://\S|\bwww\.\S", regex.I),
}
_REACHING = regex.compile(
    r"\bcontact\b|\bcall us\b|\breach us\b|customer (?:service|support|care)|\be-?mail us\b|"
    r"聯絡|聯繫|联系|洽詢|客服|諮詢專線",
    regex.I,
)
_TITLE = regex.compile(
    r"(?:contact(?: us| information| details)?|get in touch|聯絡我們|聯絡方式|聯絡資訊|联系我们|联系方式)[:：]?",
    regex.I,
)
_LABELLED = regex.compile(
    r"(?:(?:tele)?phone|tel|fax|mobile|whatsapp|e-?mail|(?:聯絡|服務)?(?:電話|專線|手機|信箱)|電郵|电话|邮箱)\.?\s*[:：]",
    regex.I,
)
_PRIVATE = ("phone", "email", "hidden_email")


def without_contact(blocks: Sequence[Block]) -> tuple[list[Block], list[LeftOver], list[str]]:
    """The blocks without the contact block at their end, that block, and what looks like one further up."""
    places = _places(blocks)
    left = [LeftOver("contact", _words(blocks[p]), blocks[p].line, holds(_words(blocks[p]))) for p in sorted(places)]
    kept = [block for place, block in enumerate(blocks) if place not in places]
    elsewhere = [
        _words(block)
        for place, block in enumerate(blocks)
        if place not in places and isinstance(block, Paragraph) and _is_contact(block.text)
    ]
    return kept, left, elsewhere


def holds(text: str) -> tuple[str, ...]:
    """The kinds of contact data in a text: email, hidden_email, phone, address, hours, web."""
    return tuple(kind for kind, pattern in _KINDS.items() if pattern.search(text))


def _is_contact(text: str) -> bool:
    if len(text) > _LONGEST:
        return False
    found = holds(text)
    if not any(kind in found for kind in _PRIVATE):
        return False
    return len(found) > 1 or bool(_REACHING.search(text) or _LABELLED.match(text))


def _places(blocks: Sequence[Block]) -> set[int]:
    """Where the contact block stands: blocks near the end that are one, short lines beside them, its heading."""
    first = min(int(len(blocks) * _TAIL), max(len(blocks) - _NEAR, 0))
    found = {place for place in range(max(first, 1), len(blocks)) if _is_block(blocks[place])}
    for place in sorted(found):
        _grow(blocks, found, range(place + 1, len(blocks)))
        _grow(blocks, found, range(place - 1, 0, -1))
    for place in sorted(found):
        before = place - 1
        if before > 0 and before not in found and _TITLE.fullmatch(_words(blocks[before]).strip("#* ")):
            found.add(before)
    return found


def _is_block(block: Block) -> bool:
    return isinstance(block, Paragraph | Listing) and _is_contact(_words(block))


def _grow(blocks: Sequence[Block], found: set[int], places: range) -> None:
    for place in places:
        words = _words(blocks[place])
        is_line = isinstance(blocks[place], Paragraph) and len(words) <= _LINE
        if place in found or not is_line or not set(holds(words)) - {"web"}:
            return
        found.add(place)


def _words(block: Block) -> str:
    if isinstance(block, Listing):
        return "\n".join(f"{item.lead} {item.text}".strip() for item in block.items)
    return block.text
