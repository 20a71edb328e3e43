"""Bars in the admin, drawn on the server: an SVG of percentages and pixels, so that its words keep their size."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

TOP: Final = 22
"""Pixels above the highest bar: room for its number."""
HEIGHT: Final = 120
"""Pixels of a bar as high as the scale."""
FOOT: Final = 22
"""Pixels beneath, for the names of the weeks."""
NAMED: Final = 4
"""At most so many weeks are named below the bars: as many as a telephone has room for."""
FILLED: Final = 0.7
"""Which part of its place a bar fills."""


@dataclass(frozen=True)
class Value:
    """One bar before it is drawn: what it is called in full and in short, its height, the height in words.

    `number` None is a week without a value: nothing is drawn, and the table shows a dash.
    """

    name: str
    short: str
    number: float | None
    text: str


@dataclass(frozen=True)
class Bar:
    """One bar as attributes of an SVG; `middle`, `left` and `width` in per cent, the rest in pixels."""

    value: Value
    left: str
    width: str
    middle: str
    top: int
    height: int
    is_named: bool


@dataclass(frozen=True)
class Chart:
    """All bars with the line at the top of the scale, and the sizes of the picture in pixels."""

    bars: list[Bar]
    scale: int
    top: int = TOP
    foot: int = TOP + HEIGHT
    height: int = TOP + HEIGHT + FOOT
    words: int = TOP + HEIGHT + FOOT - 5

    @property
    def numbers(self) -> list[float]:
        """The heights that there are."""
        return [bar.value.number for bar in self.bars if bar.value.number is not None]

    @property
    def is_crowded(self) -> bool:
        """Whether numbers above the bars would stand in each other's way on a telephone."""
        return len(self.bars) > 12


def drawn(values: Sequence[Value]) -> Chart:
    """Draw bars from left to right. The scale ends at a round number that no bar exceeds."""
    scale = _round_up(max((value.number or 0 for value in values), default=0))
    step = 100 / max(1, len(values))
    every = max(1, -(-len(values) // NAMED))
    bars = []
    for place, value in enumerate(values):
        height = round(HEIGHT * (value.number or 0) / scale)
        # What is more than nothing is seen.
        height = max(height, 2) if value.number else 0
        left = place * step + step * (1 - FILLED) / 2
        bars.append(
            Bar(
                value,
                left=f"{left:.2f}%",
                width=f"{step * FILLED:.2f}%",
                middle=f"{(place + 0.5) * step:.2f}%",
                top=TOP + HEIGHT - height,
                height=height,
                # Counted from the newest, which is always named.
                is_named=(len(values) - 1 - place) % every == 0,
            )
        )
    return Chart(bars, scale)


def _round_up(number: float) -> int:
    """The next of 1, 2, 5, 10, 20, 50, 100 …; at least 5."""
    power = 1
    while True:
        for factor in (1, 2, 5):
            if number <= factor * power >= 5:
                return factor * power
        power *= 10
