"""What stands before a text or beneath it: its title, who wrote it and when, where it comes from."""

import datetime
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

import regex

from text.dates import parse_date
from text.fold import fold
from text.manuscript.headings import looks_like_heading
from text.manuscript.structure import (
    AUTHOR_LIMIT,
    REFERENCE_LIMIT,
    TITLE_LIMIT,
    Block,
    Field,
    Heading,
    LeftOver,
    Note,
    Notes,
    Paragraph,
    excerpt,
)

_AT_TOP, _AT_END = 6, 4  # blocks among which such lines stand
_PARTS = regex.compile(r"\n|\s+[|·•｜]\s+|\s{3,}|　+")
_LABELS = {
    "title": regex.compile(r"(?:title|題目|標題|篇名|主題|标题)\s*[:：]\s*(.+)", regex.I),
    "author": regex.compile(
        r"(?:(?i:authors?|written by|作者|撰文|撰稿|文)\s*[:：／/]|(?:[Ww]ritten )?[Bb]y\s+"
        r"(?=\p{Lu}|the (?:[\p{L}-]+ ){0,3}(?:editors?|team|staff)\b))\s*(\S.*)"
    ),
    "source": regex.compile(r"(?:source|出處|來源|資料來源|轉載自|来源)\s*[:：]\s*(\S.*)", regex.I),
    "lede": regex.compile(
        r"(?:summary|abstract|lede|standfirst|description|摘要|導言|導讀)\s*[:：]\s*(\S.*)", regex.I
    ),
}
_DATE = regex.compile(
    r"(?:(?:date|published|posted|updated|last (?:updated|modified|reviewed)|(?:發[布佈表]|更新|刊登|出版)?日期)"
    r"(?: on)?\s*[:：]?\s*)?(.{6,30})",
    regex.I,
)
_MONTHS = ("%B %d, %Y", "%d %B %Y", "%b %d, %Y", "%d %b %Y", "%B %d %Y")
_AUTHOR_WORDS = 8
_NAME_AND_MORE = regex.compile(r"\s+[-–—|｜]\s+")
_SITE = regex.compile(
    r"\b(?:site|website|portal|blog|online|magazine|news|clinic|hospital|foundation|society)\b|\.(?:com|org|net)\b"
    r"|網$|網站|入口網|部落格|基金會|學會|網\s",
    regex.I,
)


_CHINESE_SITE = regex.compile(r"\S{2,15}(?:網|網站|入口網|部落格|网站)")


@dataclass
class Front:
    """What was found. `rest` is the text without it."""

    rest: list[Block]
    title: str = ""
    author: str = ""
    source: str = ""
    lede: str = ""
    dated_on: datetime.date | None = None
    left: list[LeftOver] = field(default_factory=list)


def front(blocks: Sequence[Block], chrome: Sequence[LeftOver], notes: Notes, plain: Callable[[str], str]) -> Front:
    """Title, author, date and source of a text; `plain` takes the marks out of a title."""
    found = Front(list(blocks))
    _take_labels(found)
    _drop_mastheads(found, chrome)
    if not found.title:
        _take_title(found, notes, plain)
    return found


def _take_labels(found: Front) -> None:
    """Take lines out that say of themselves what they are: "Author: …", a date alone. They are kept as left over."""
    size = len(found.rest)
    rest: list[Block] = []
    for place, block in enumerate(found.rest):
        if isinstance(block, Field):
            _take_field(found, block)
            continue
        near = place < _AT_TOP or place >= size - _AT_END
        values = _labels(block, at_top=place < _AT_TOP) if near and isinstance(block, Paragraph) else {}
        if values and not any(getattr(found, name) for name in values):
            vars(found).update(values)
            found.left.append(LeftOver("label", getattr(block, "text", ""), block.line))
        else:
            rest.append(block)
    found.rest = rest


def _take_field(found: Front, block: Field) -> None:
    """Take what a line between two --- says; of a name that means nothing here too nothing stays in the text."""
    label = _label(block.text)
    if label and not getattr(found, label[0]):
        setattr(found, *label)
    found.left.append(LeftOver("label", block.text, block.line))


def _labels(block: Paragraph, *, at_top: bool) -> dict[str, str | datetime.date]:
    """The fields that a line names; none unless every part of it is one."""
    values: dict[str, str | datetime.date] = {}
    if len(block.text) > 2 * REFERENCE_LIMIT:
        return values
    for part in filter(None, map(str.strip, _PARTS.split(block.text))):
        label = _label(part)
        if label is None or label[0] in values or (label[0] in ("title", "lede") and not at_top):
            return {}
        values[label[0]] = label[1]
    return values


def _label(part: str) -> tuple[str, str | datetime.date] | None:
    for name, pattern in _LABELS.items():
        if (match := pattern.fullmatch(part)) and _fits(name, match[1].strip()):
            return name, match[1].strip()
    day = _day(match[1].strip()) if (match := _DATE.fullmatch(part)) else None
    return ("dated_on", day) if day else None


def _fits(name: str, value: str) -> bool:
    if name == "author":
        return len(value) <= AUTHOR_LIMIT and len(value.split()) <= _AUTHOR_WORDS and value[-1] not in ":：。?？"
    return len(value) <= {"title": TITLE_LIMIT, "source": REFERENCE_LIMIT}.get(name, len(value))


def _day(words: str) -> datetime.date | None:
    with suppress(ValueError):
        return parse_date(words)
    for form in _MONTHS:
        with suppress(ValueError):
            return datetime.datetime.strptime(words, form).date()  # noqa: DTZ007 - a day has no zone
    return None


def _drop_mastheads(found: Front, chrome: Sequence[LeftOver]) -> None:
    """Leave the name of the site over that stands above the title."""
    owners = fold("\n".join(left.text for left in chrome if left.kind == "copyright"))
    while len(found.rest) > 1 and _is_masthead(found.rest[0], owners) and _may_be_title(found.rest[1]):
        block = found.rest.pop(0)
        found.left.append(LeftOver("masthead", getattr(block, "text", ""), block.line))


def _is_masthead(block: Block, owners: str) -> bool:
    if not isinstance(block, Paragraph) or not _may_be_title(block):
        return False
    name = fold(_NAME_AND_MORE.split(block.text)[0])
    if len(name) > 3 and name in owners:
        return True
    has_tagline = _NAME_AND_MORE.search(block.text) is not None
    return bool(has_tagline and _SITE.search(block.text)) or _CHINESE_SITE.fullmatch(block.text) is not None


def _may_be_title(block: Block) -> bool:
    if isinstance(block, Heading):
        return 0 < len(block.text) <= TITLE_LIMIT and not block.mark
    return isinstance(block, Paragraph) and looks_like_heading(block.text.rstrip("!！"))


def _take_title(found: Front, notes: Notes, plain: Callable[[str], str]) -> None:
    """Take the first block as the title if it can be one; of Markdown's headings only the highest."""
    first = found.rest[0] if found.rest else None
    if first is None or not _may_be_title(first):
        return
    if isinstance(first, Heading) and not _is_highest(first, found.rest):
        return
    title = plain(getattr(first, "text", ""))
    if not title or len(title) > TITLE_LIMIT:
        return
    found.title = title
    del found.rest[0]
    if "](" in getattr(first, "text", ""):
        found.left.append(LeftOver("label", getattr(first, "text", ""), first.line))  # a title can't be a link
    if isinstance(first, Paragraph):
        notes.guessed.append(Note("title_first_line", excerpt(found.title)))


def _is_highest(first: Heading, blocks: Sequence[Block]) -> bool:
    """Whether no heading stands above the first one, and beside it only where it is of the first level."""
    levels = [block.level for block in blocks if isinstance(block, Heading) and block.level]
    return first.level == min(levels, default=0) and (first.level == 1 or levels.count(first.level) == 1)
