"""The index as a web process sees it: opened once, looked at again when the worker has written."""

import threading
from pathlib import Path

import tantivy
from django.conf import settings

from search.index.folder import generation_in_use, manifest_of
from search.index.schema import SCHEMA_VERSION
from search.models import ChangeCounter


class Reader:
    """The newest state of the index below `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.Lock()
        self._index: tantivy.Index | None = None
        self._seen: tuple[Path, int] | None = None

    def index(self) -> tantivy.Index | None:
        """The index as of the last commit; None while there is none. Two system calls where nothing changed."""
        generation = generation_in_use(self.folder)
        if generation is None:
            return None
        try:
            seen = (generation, (generation / "meta.json").stat().st_mtime_ns)
            with self._lock:
                if self._index is None or self._seen is None or self._seen[0] != generation:
                    self._index = None
                    if not is_ours(generation):
                        return None
                    self._index = tantivy.Index.open(str(generation))
                    # We look again when the files say so; a thread that watches them would outlive the folder.
                    self._index.config_reader("manual")
                if self._seen != seen:
                    self._index.reload()
                    self._seen = seen
                return self._index
        except (OSError, ValueError):
            # A generation that was just replaced: the next search finds the new one.
            return None


def is_ours(generation: Path) -> bool:
    """Whether a generation was written by the rules that this process reads by; after an upgrade it may not be."""
    manifest = manifest_of(generation)
    return manifest is not None and manifest.version == SCHEMA_VERSION


_readers: dict[Path, Reader] = {}


def index() -> tantivy.Index | None:
    """The index below settings.INDEX_DIR as of the worker's last commit; None while there is none."""
    folder: Path = settings.INDEX_DIR
    if folder not in _readers:
        _readers[folder] = Reader(folder)
    return _readers[folder].index()


def behind() -> int | None:
    """How many changes the index of this machine lacks; None while there is none. One query."""
    generation = generation_in_use(settings.INDEX_DIR)
    manifest = manifest_of(generation) if generation else None
    if manifest is None:
        return None
    last = ChangeCounter.objects.filter(pk=1).values_list("last", flat=True).first() or 0
    return max(0, last - manifest.number)
