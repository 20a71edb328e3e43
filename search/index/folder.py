"""Where the index of a machine lies: one folder a generation, and a file that names the one in use.

INDEX_DIR/current               the name of a generation
INDEX_DIR/<generation>/         tantivy's files
INDEX_DIR/<generation>/manifest.json   which database it was made from, by which rules, up to which change
"""

import fcntl
import json
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final

import tantivy

from search.index.schema import SCHEMA_VERSION, schema

POINTER: Final = "current"
STEPPING: Final = "stepping.lock"
REBUILDING: Final = "rebuilding.lock"
MANIFEST: Final = "manifest.json"


@dataclass(frozen=True)
class Manifest:
    """What a generation was made from: database, rules, and the last change that is in it.

    `built_number` is the last change that was in it when it was built, at `built_at` (seconds of the clock).
    """

    identity: str
    version: str
    number: int
    built_number: int = 0
    built_at: float = 0.0

    def fits(self, identity: str, last: int) -> bool:
        """Whether it belongs to this database as it stands, and to these rules; a restored database is behind."""
        return (self.identity, self.version) == (identity, SCHEMA_VERSION) and self.number <= last

    def at(self, number: int) -> "Manifest":
        """The same generation, followed up to another change."""
        return replace(self, number=number)


def generation_in_use(folder: Path) -> Path | None:
    """The generation that readers read; None where there is none."""
    try:
        name = (folder / POINTER).read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return None
    path = folder / name
    return path if name and (path / "meta.json").is_file() else None


def manifest_of(generation: Path) -> Manifest | None:
    """The manifest of a generation; None where it is missing or damaged."""
    try:
        return Manifest(**json.loads((generation / MANIFEST).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def new_generation(folder: Path) -> tuple[Path, tantivy.Index]:
    """Make an empty generation that nobody reads yet."""
    path = folder / uuid.uuid4().hex[:12]
    path.mkdir(parents=True)
    return path, tantivy.Index(schema(), str(path))


def sign(generation: Path, manifest: Manifest) -> None:
    """Write down what a generation holds now, whole or not at all."""
    _replace(generation / MANIFEST, json.dumps(asdict(manifest)))


def take_into_use(folder: Path, generation: Path) -> None:
    """Let readers read this generation from now on, and remove the others: who has one open reads on in it."""
    _replace(folder / POINTER, generation.name)
    for other in folder.iterdir():
        if other.is_dir() and other != generation and (other / "meta.json").is_file():
            shutil.rmtree(other, ignore_errors=True)


def abandon(folder: Path) -> None:
    """Take the generation in use out of use: readers find nothing until the next is built."""
    (folder / POINTER).unlink(missing_ok=True)


def is_busy(error: Exception) -> bool:
    """Whether the engine refuses because another process has its write lock."""
    return "LockBusy" in str(error)


@contextmanager
def held(path: Path) -> Iterator[bool]:
    """Hold the lock of a file while the block runs: True, or False where another process has it. A dead one has none.

    Raises OSError where the folder cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def _replace(path: Path, text: str) -> None:
    draft = path.with_suffix(f".{uuid.uuid4().hex[:8]}")
    draft.write_text(text, encoding="utf-8")
    os.replace(draft, path)
