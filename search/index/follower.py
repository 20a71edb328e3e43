"""The index of this machine, kept at the end of the change sequence by the worker."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

import structlog
import tantivy
from django.db import models, transaction

from search.changes import cut_document
from search.index.folder import Manifest, generation_in_use, manifest_of, new_generation, sign, take_into_use
from search.index.schema import SCHEMA_VERSION, entry_of
from search.models import ChangeCounter, Document
from search.vocabulary import vocabulary
from text.cutting import CUT_VERSION

log = structlog.stdlib.get_logger("wenyi.index")

CHUNK: Final = 1000
"""Documents that are read at once; a commit takes all that changed."""
HEAP: Final = 64_000_000
"""Bytes that the writer may fill before it writes a segment."""

Progress = Callable[[int], object]


class Follower:
    """Writes the index below `folder`. The engine's lock lets one process write a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.generation: Path | None = None
        self.writer: tantivy.IndexWriter | None = None

    def step(self) -> int:
        """Take over what has changed since; the number of documents written. A lost or foreign index is rebuilt.

        Raises ValueError while another process writes the same folder.
        """
        identity, last = _counter()
        generation = generation_in_use(self.folder)
        manifest = manifest_of(generation) if generation else None
        if generation is None or manifest is None or not manifest.fits(identity, last):
            return self.rebuild()
        if manifest.number == last:
            return 0
        changed = Document.objects.filter(number__gt=manifest.number, number__lte=last)
        count = _write(self._writer_of(generation), changed.order_by("number"), replacing=True)
        sign(generation, Manifest(identity, SCHEMA_VERSION, last))
        return count

    def rebuild(self, progress: Progress = lambda number: None) -> int:
        """Make a new generation of all that is public, while readers read the old one; returns how many documents."""
        self.close()
        identity, last = _counter()
        recut()
        path, index = new_generation(self.folder)
        writer = index.writer(HEAP, 1)
        live = Document.objects.filter(is_tombstone=False)
        count = _write(writer, live.order_by("pk"), replacing=False, progress=progress)
        writer.wait_merging_threads()
        sign(path, Manifest(identity, SCHEMA_VERSION, last))
        take_into_use(self.folder, path)
        log.info("index built", documents=count)
        return count

    def close(self) -> None:
        """Let go of the write lock."""
        if self.writer is not None:
            self.writer.wait_merging_threads()
        self.writer = self.generation = None

    def _writer_of(self, generation: Path) -> tantivy.IndexWriter:
        if self.writer is None or self.generation != generation:
            self.close()
            self.writer = tantivy.Index.open(str(generation)).writer(HEAP, 1)
            self.generation = generation
        return self.writer


def recut() -> int:
    """Cut anew what older rules have cut; returns how many documents. Nothing public changes by it."""
    known = vocabulary()
    count, after = 0, 0
    stale = Document.objects.filter(is_tombstone=False).exclude(cut_version=CUT_VERSION).order_by("pk")
    while chunk := list(stale.filter(pk__gt=after)[:CHUNK]):
        with transaction.atomic():
            for document in chunk:
                cut_document(document, known)
                # What was put anew meanwhile has another number, and is cut already.
                unchanged = Document.objects.filter(pk=document.pk, number=document.number)
                unchanged.update(**{name: getattr(document, name) for name in DERIVED})
        count, after = count + len(chunk), chunk[-1].pk
    return count


DERIVED: Final = frozenset(
    ("folded_title", "segmented_title", "segmented_body", "segmented_replies")
    + ("concepts", "title_concepts", "cut_version")
)


def _counter() -> tuple[str, int]:
    counter, _made = ChangeCounter.objects.get_or_create(pk=1)
    return str(counter.identity), counter.last


def _write(
    writer: tantivy.IndexWriter,
    documents: "models.QuerySet[Document]",
    *,
    replacing: bool,
    progress: Progress = lambda number: None,
) -> int:
    count = 0
    for document in documents.iterator(CHUNK):
        if replacing:
            writer.delete_documents_by_term("doc", document.pk)
        if not document.is_tombstone:
            writer.add_document(entry_of(document))
        count += 1
        progress(1)
    writer.commit()
    return count
