"""The demo's content as it lies in portal/demo/content: lists of entries, one file a kind."""

import json
from pathlib import Path
from typing import Any, Final

FOLDER: Final = Path(__file__).parent / "content"

Entry = dict[str, Any]


def read(name: str) -> list[Entry]:
    """Return the entries of one file, in their order."""
    entries: list[Entry] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return entries
