"""The marks with which plain text begins a line: bullets, numbers, and how deep they stand."""

from dataclasses import dataclass, field

import regex

from text.manuscript.structure import Item

_BULLET = regex.compile(r"(?:(?P<sign>[•‧●○◦▪■◆◇►▶➢➤·◎★※])|(?P<dash>[-–*+])(?=\s))\s*(?P<rest>\S.*)", regex.S)
_HAN_DIGITS = "一二三四五六七八九十"
_NUMBERS = (
    # Behind "1." stands a space, a capital or a Chinese character: 3.5 mg and e.g. 2.take are none.
    ("1.", regex.compile(r"(?P<number>\d{1,3})[.．](?=\s|\p{Lu}|\p{Han})\s*(?P<rest>\S.*)", regex.S)),
    ("1)", regex.compile(r"(?P<number>\d{1,3})[)）、]\s*(?P<rest>\S.*)", regex.S)),
    ("(1)", regex.compile(r"[(（](?P<number>\d{1,3})[)）]\s*(?P<rest>\S.*)", regex.S)),
    ("①", regex.compile(r"(?P<number>[①-⑳])\s*(?P<rest>\S.*)", regex.S)),
    ("一、", regex.compile(rf"(?P<number>[{_HAN_DIGITS}]{{1,3}})(?:、|[.．](?!\d))\s*(?P<rest>\S.*)", regex.S)),
    ("（一）", regex.compile(rf"[(（](?P<number>[{_HAN_DIGITS}]{{1,3}})[)）]、?\s*(?P<rest>\S.*)", regex.S)),
)
_WIDE = "\u3000"
HAN_STYLES = ("一、", "（一）")
_HEADING_SIGNS = frozenset("■◆◇◎★※▶►")


@dataclass(frozen=True)
class Line:
    """A line that says something: its number in the file, its indent, its words, whether a blank one stands before.

    `opens` says that it begins as Chinese paragraphs do, with two full-width spaces.
    """

    number: int
    indent: int
    text: str
    after_gap: bool
    opens: bool = False


@dataclass(frozen=True)
class Marked:
    """A line that begins an item. `style` names its kind of mark; `number` is None for bullets.

    `more` holds the lines that continue it.
    """

    line: Line
    style: str
    number: int | None
    rest: str
    more: list[str] = field(default_factory=list)

    @property
    def is_heading_sign(self) -> bool:
        """Whether the mark is one that also stands before headings."""
        return self.style in _HEADING_SIGNS

    def item(self) -> Item:
        """The item without what stands below it."""
        return Item("\n".join([self.rest, *self.more]), self.line.number)


def lines_of(text: str) -> list[Line]:
    """The lines of a clean text that are not blank."""
    lines: list[Line] = []
    gap = True
    for number, raw in enumerate(text.split("\n"), start=1):
        if words := raw.strip():
            lead = raw[: len(raw) - len(raw.lstrip())]
            lines.append(Line(number, len(lead) + lead.count(_WIDE), words, gap, lead.startswith(2 * _WIDE)))
        gap = not words
    return lines


def marked(line: Line) -> Marked | None:
    """The item that a line begins, if it does."""
    if match := _BULLET.fullmatch(line.text):
        return Marked(line, match["sign"] or match["dash"], None, match["rest"])
    for style, pattern in _NUMBERS:
        if match := pattern.fullmatch(line.text):
            return Marked(line, style, _number(match["number"]), match["rest"])
    return None


def _number(figures: str) -> int:
    if figures[0] in "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳":
        return ord(figures) - ord("①") + 1
    return int(figures) if figures.isdigit() else _han_number(figures)


def _han_number(figures: str) -> int:
    """一 is 1, 十 10, 十二 12, 二十 20, 二十一 21."""
    if "十" not in figures:
        return int("".join(str(_HAN_DIGITS.index(figure) + 1) for figure in figures))
    tens, _, ones = figures.partition("十")
    return _digit(tens, 1) * 10 + _digit(ones, 0)


def _digit(figures: str, default: int) -> int:
    return _HAN_DIGITS.index(figures[0]) + 1 if figures else default
