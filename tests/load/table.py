"""Figures beside their goals."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

SHARES: Final = (0.5, 0.95, 1)
HEAD: Final = ("", "p50", "p95", "most", "", "goal", "")


@dataclass(frozen=True)
class Figure:
    """Something measured, once or many times; the goal is for the 95th percentile. `note` names the dearest case."""

    name: str
    unit: str
    values: Sequence[float]
    at_most: float | None = None
    at_least: float | None = None
    note: str = ""

    def percentile(self, share: float) -> float:
        """The value below which `share` of all lie (nearest rank)."""
        ordered = sorted(self.values)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]

    @property
    def is_reached(self) -> bool:
        """Whether the goal is reached; so it is where none is set."""
        measured = self.percentile(0.95)
        too_much = self.at_most is not None and measured > self.at_most
        too_little = self.at_least is not None and measured < self.at_least
        return not (too_much or too_little)

    @property
    def goal(self) -> str:
        """The goal in words."""
        if self.at_most is not None:
            return f"≤ {self.at_most:g}"
        return f"≥ {self.at_least:g}" if self.at_least is not None else ""


def printed(figures: Sequence[Figure], threads: int) -> str:
    """The table as text."""
    rows = [HEAD, *map(_row, figures)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(HEAD))]
    lines = ["  ".join(_aligned(row, widths)).rstrip() for row in rows]
    return "\n".join([f"{threads:,} threads, milliseconds of processor time unless said", *lines])


def _row(figure: Figure) -> tuple[str, ...]:
    shares = [figure.percentile(share) for share in SHARES] if len(figure.values) > 1 else []
    numbers = [f"{value:,.2f}" for value in shares] or ["", f"{figure.values[0]:,.1f}", ""]
    verdict = "" if not figure.goal else "yes" if figure.is_reached else "NO"
    return (figure.name, *numbers, figure.unit, figure.goal, f"{verdict} {figure.note}".strip())


def _aligned(row: tuple[str, ...], widths: Sequence[int]) -> list[str]:
    """Numbers to the right, words to the left."""
    cells = enumerate(zip(row, widths, strict=True))
    return [cell.rjust(width) if 0 < place <= len(SHARES) else cell.ljust(width) for place, (cell, width) in cells]
