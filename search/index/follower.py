"""The index of this machine, kept at the end of the change sequence by the worker."""

import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

import structlog
import tantivy
from django.db import DEFAULT_DB_ALIAS, models, transaction

from search.changes import cut_document
from search.index.folder import (
    REBUILDING,
    STEPPING,
    Manifest,
    abandon,
    generation_in_use,
    held,
    is_busy,
    manifest_of,
    new_generation,
    sign,
    take_into_use,
)
from search.index.schema import INDEXED, SCHEMA_VERSION, entry_of, schema
from search.models import ChangeCounter, Document
from search.vocabulary import vocabulary
from text.cutting import CUT_VERSION

log = structlog.stdlib.get_logger("wenyi.index")

DAY: Final = 24 * 3600.0
CHUNK: Final = 1000
"""Documents that are read at once; a commit takes all that changed."""
HEAP: Final = 64_000_000
"""Bytes that the writer may fill before it writes a segment."""

Progress = Callable[[int], object]


class Follower:
    """Writes the index below `folder`. Several processes may try: one at a time writes, and one at a time rebuilds."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.generation: Path | None = None
        self.writer: tantivy.IndexWriter | None = None

    def step(self) -> int:
        """Take over what has changed since; the number of documents written, 0 also while another process writes.

        A lost, foreign or damaged index is rebuilt. Raises OSError where the folder cannot be written.
        """
        identity, last = _counter()
        generation = generation_in_use(self.folder)
        manifest = manifest_of(generation) if generation else None
        if generation is None or manifest is None or not manifest.fits(identity, last):
            return self.rebuild()
        if manifest.number == last:
            return 0
        with held(self.folder / STEPPING) as is_ours:
            return self._follow(generation, manifest, last) if is_ours else 0

    def rebuild(self, progress: Progress = lambda number: None) -> int:
        """Make a new generation of all that is public, while the old one is read and followed; how many documents."""
        with held(self.folder / REBUILDING) as is_ours:
            return self._rebuild(progress) if is_ours else 0

    def renew(self) -> int:
        """Rebuild what was written into for a day; how many documents, 0 where nothing was.

        The engine only marks what is taken out, and drops the words of it when it happens to merge that part: what was
        erased from the site is gone from the disk after this.
        """
        generation = generation_in_use(self.folder)
        manifest = manifest_of(generation) if generation else None
        if manifest is None or manifest.number == manifest.built_number or time.time() - manifest.built_at < DAY:
            return 0
        return self.rebuild()

    def close(self) -> None:
        """Let go of the engine's own lock."""
        writer, self.writer, self.generation = self.writer, None, None
        if writer is not None:
            writer.wait_merging_threads()

    def _follow(self, generation: Path, manifest: Manifest, last: int) -> int:
        changed = _documents().filter(number__gt=manifest.number, number__lte=last).order_by("number")
        try:
            count = _write(self._writer_of(generation), changed, replacing=True)
        except (OSError, ValueError) as error:
            self.writer = None
            if is_busy(error):
                return 0
            # Whatever is wrong with the files, the database has it all: the next step builds them anew.
            log.exception("index damaged")
            abandon(self.folder)
            return 0
        sign(generation, manifest.at(last))
        return count

    def _rebuild(self, progress: Progress) -> int:
        identity, last = _counter()
        recut()
        path, index = new_generation(self.folder)
        writer = index.writer(HEAP, 1)
        try:
            live = _documents().filter(is_tombstone=False).order_by("pk")
            count = _write(writer, live, replacing=False, progress=progress)
            sign(path, Manifest(identity, SCHEMA_VERSION, last, last, time.time()))
        except BaseException:
            writer.rollback()
            writer.wait_merging_threads()
            shutil.rmtree(path, ignore_errors=True)
            raise
        writer.wait_merging_threads()
        take_into_use(self.folder, path)
        log.info("index built", documents=count)
        return count

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
    stale = _documents().filter(is_tombstone=False).exclude(cut_version=CUT_VERSION).order_by("pk")
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


def _documents() -> "models.QuerySet[Document]":
    """Documents as the primary has them: a replica may be behind the counter."""
    return Document.objects.using(DEFAULT_DB_ALIAS)


def _counter() -> tuple[str, int]:
    counter, _made = ChangeCounter.objects.using(DEFAULT_DB_ALIAS).get_or_create(pk=1)
    return str(counter.identity), counter.last


def _write(
    writer: tantivy.IndexWriter,
    documents: "models.QuerySet[Document]",
    *,
    replacing: bool,
    progress: Progress = lambda number: None,
) -> int:
    count, fields = 0, schema()
    for document in documents.only(*INDEXED).iterator(CHUNK):
        if replacing:
            # By a query: the engine's `delete_documents_by_term` takes a number for a signed one and finds none.
            writer.delete_documents_by_query(tantivy.Query.term_query(fields, "doc", document.pk))
        if not document.is_tombstone:
            writer.add_document(entry_of(document))
        count += 1
        progress(1)
    writer.commit()
    return count
