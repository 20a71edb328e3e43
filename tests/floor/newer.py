"""The table of what is newer than the floor, and whether one thing is at least as new as another."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

TABLE: Final[dict[str, dict[str, Any]]] = json.loads(Path(__file__).with_name("newer.json").read_text())
NEVER: Final = 9999.0
Versions = tuple[float, float]
"""The first Chrome on Android and the first Safari on iOS."""


@dataclass(frozen=True)
class Fault:
    """Something that the floor does not know, and where it stands."""

    path: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.what}"


def since(section: str, name: str) -> Versions | None:
    """The first versions that have it; None where the floor has it, too."""
    return _versions(TABLE[section].get(name))


def value_since(name: str, value: str) -> Versions | None:
    """The same for a keyword as the value of a property."""
    return _versions(TABLE["values"].get(name, {}).get(value))


def _versions(row: list[float | None] | None) -> Versions | None:
    return None if row is None else (row[0] or NEVER, row[1] or NEVER)


def told(versions: Versions) -> str:
    """Which browsers have it, in words."""
    names = zip(("Chrome", "Safari"), versions, strict=True)
    return ", ".join(f"{name} {version:g}" if version < NEVER else f"no {name}" for name, version in names)


def implies(tested: Versions, used: Versions) -> bool:
    """Whether each browser that has what is tested has what is used, too."""
    return tested[0] >= used[0] and tested[1] >= used[1]
