"""What was looked at, beside its goal."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

DOCUMENT: Final = Path(__file__).resolve().parents[2] / "docs" / "AUDIT.md"
SHOWN: Final = 60
"""Faults that are printed of one row."""


@dataclass(frozen=True)
class Row:
    """One thing that was judged: what, on how many pages, what was found, and the goal in words."""

    name: str
    looked_at: str
    found: str
    goal: str
    faults: Sequence[str] = ()

    @property
    def is_reached(self) -> bool:
        return not self.faults


def printed(rows: Sequence[Row]) -> str:
    """The table as text, the faults below it."""
    lines = [_cells(row) for row in rows]
    widths = [max(len(line[place]) for line in lines) for place in range(5)]
    table = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines]
    faults = [f"  {row.name}: {fault}" for row in rows for fault in row.faults[:SHOWN]]
    return "\n".join([*table, *faults])


def _cells(row: Row) -> tuple[str, str, str, str, str]:
    return row.name, row.looked_at, row.found, row.goal, "yes" if row.is_reached else "NO"


def written(rows: Sequence[Row], seconds: float) -> None:
    """Put the table into docs/AUDIT.md."""
    today = dt.datetime.now(tz=dt.UTC).date().isoformat()
    head = ["| what | looked at | found | goal | reached |", "|---|---|---|---|---|"]
    lines = [f"| {' | '.join(_cells(row))} |" for row in rows]
    intro = DOCUMENT.read_text().partition("## The last full run")[0]
    last = f"## The last full run\n\n`make audit ARGS=--write`, {today}, {seconds / 60:.0f} minutes on two cores.\n\n"
    DOCUMENT.write_text(intro + last + "\n".join([*head, *lines]) + "\n")
