"""The demo's content as it lies in portal/demo/content: lists of entries, one file a kind, and texts in Markdown."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

FOLDER: Final = Path(__file__).parent / "content"

Entry = dict[str, Any]


def read(name: str) -> list[Entry]:
    """Return the entries of one file, in their order."""
    entries: list[Entry] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return entries


def text(key: str) -> str:
    """Return the Markdown of an article."""
    return (FOLDER / "texts" / f"{key}.md").read_text(encoding="utf-8").strip()


def manuscript(name: str) -> Path:
    """Return where a manuscript lies."""
    return FOLDER / "manuscripts" / name


def before(words: str, swaps: Iterable[tuple[str, str]]) -> str:
    """Return a text as it was: each pair is what stands there now, and what stood there.

    Raises ValueError for words that are not there, so that a text is not changed without its past.
    """
    for now, was in swaps:
        if now not in words:
            raise ValueError(f"The demo's text has no “{now[:60]}”.")
        words = words.replace(now, was)
    return words
