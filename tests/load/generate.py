"""Fill a database with made threads: `python -m tests.load.generate [--threads 1000000]`.

It reads DATABASE_URL as the site does, prepares an empty database, goes on where it was stopped, and refuses one that
holds content of its own.
"""

import argparse
import multiprocessing
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()

from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, connections, transaction
from tqdm import tqdm

from articles.models import Article
from faq.models import Question
from people.models import Department, Physician
from people.standard import ensure_departments
from search.models import ChangeCounter, Concept
from search.vocabulary import vocabulary
from tests.load.rows import SOURCE, House, Row, Table, rows_of, tables
from tests.load.texts import CHARACTERS, Concepts, Mill
from text.cutting import segment

ARCHIVE: Final = Path(__file__).resolve().parents[3] / "shared" / "data"
CHUNK: Final = 2000
PHYSICIANS: Final = 60
Chunk = list[list[Row]]
Span = tuple[int, int, int]
"""First thread, last thread (excluded), number of the change."""


class NotEmptyError(Exception):
    """The database holds content that was not made here."""


def generate(threads: int, *, processes: int = 2, seed: int = 4, archive: Path = ARCHIVE, quiet: bool = False) -> int:
    """Fill up to `threads` threads; returns how many were missing. Raises NotEmptyError.

    With no `processes` the texts are made in this one.
    """
    house = prepare()
    first = Question.objects.filter(source=SOURCE).count()
    last = ChangeCounter.objects.get_or_create(pk=1)[0].last
    starts = range(first, threads, CHUNK)
    spans = [(start, min(start + CHUNK, threads), last + place) for place, start in enumerate(starts, start=1)]
    layout = tables()
    chunks = _chunks(Maker(house, seed=seed, archive=archive), spans, processes)
    with tqdm(total=threads, initial=first, unit="threads", desc="threads", disable=quiet) as bar:
        for span, chunk in zip(spans, chunks, strict=True):
            _hurry()
            _store(layout, chunk, span[2])
            bar.update(len(chunk[0]))
    _settle(layout)
    return max(0, threads - first)


def prepare() -> House:
    """What threads refer to: the departments and the vocabulary that the site brings, and some physicians."""
    if Question.objects.exclude(source=SOURCE).exists() or Article.objects.exists():
        raise NotEmptyError("This database holds content of its own: threads are made only in an empty one.")
    ensure_departments()
    if not Concept.objects.exists():
        call_command("import_concepts", "--starter", verbosity=0)
    missing = range(Physician.objects.filter(name__startswith="Load ").count(), PHYSICIANS)
    Physician.objects.bulk_create(Physician(name=f"Load {number}", hospital_en="Load") for number in missing)
    return House(
        list(Department.objects.order_by("pk").values_list("pk", "slug")),
        list(Physician.objects.filter(name__startswith="Load ").order_by("pk").values_list("pk", flat=True)),
        list(Concept.objects.accepted().order_by("pk").values_list("pk", flat=True)),
    )


class Maker:
    """What makes rows, and touches no database while it does."""

    def __init__(self, house: House, *, seed: int, archive: Path) -> None:
        self.known, self.house = vocabulary(), house
        # A character of a name could make a name of another clause and a made-up word.
        named = set("".join(self.known.meant))
        own = "".join(each for each in CHARACTERS if segment(each) not in named)
        self.mill = Mill(archive, seed=seed, mentions=self.mentions, characters=own)

    def mentions(self, words: str) -> Concepts:
        """The concepts that a text names, each once."""
        return tuple(dict.fromkeys(mention.concept for mention in self.known.found_in(words)))

    def make(self, span: Span) -> Chunk:
        """The rows of a span of threads, a list for each table."""
        first, last, number = span
        chunk: Chunk = [[], [], [], []]
        for texts in self.mill.texts(first, last):
            for table, rows in zip(chunk, rows_of(texts, self.house, self.mentions, number), strict=True):
                table.extend(rows)
        return chunk


_maker: Maker
"""Set before processes are forked, which take it along."""


def _make(span: Span) -> Chunk:
    return _maker.make(span)


def _chunks(maker: Maker, spans: list[Span], processes: int) -> Iterator[Chunk]:
    global _maker  # noqa: PLW0603
    _maker = maker
    if not processes:
        yield from map(_make, spans)
        return
    # A connection must not be shared with a child.
    connections.close_all()
    with multiprocessing.get_context("fork").Pool(processes) as pool:
        yield from pool.imap(_make, spans)


def _store(layout: list[Table], chunk: Chunk, number: int) -> None:
    with transaction.atomic():
        for table, rows in zip(layout, chunk, strict=True):
            _copy(table, rows)
        ChangeCounter.objects.filter(pk=1).update(last=number)


def _copy(table: Table, rows: list[Row]) -> None:
    """Insert rows by the shortest way that the database has."""
    names = ", ".join(map(connection.ops.quote_name, table.columns))
    name, same = connection.ops.quote_name(table.model._meta.db_table), table.constants(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {name} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row + same)
        else:
            marks = ", ".join(["%s"] * len(table.columns))
            insert = f"INSERT INTO {name} ({names}) VALUES ({marks})"  # noqa: S608
            cursor.executemany(insert, [row + same for row in rows])


def _settle(layout: list[Table]) -> None:
    """Let the database know what came in past it: where numbers go on, and how its tables look.

    Not on SQLite: there the site has no statistics either, and is to be measured as it is.
    """
    statements = connection.ops.sequence_reset_sql(no_style(), [table.model for table in layout])
    with connection.cursor() as cursor:
        for statement in [*statements, "ANALYZE"] if connection.vendor == "postgresql" else statements:
            cursor.execute(statement)


def _hurry() -> None:
    """What is made here can be made again: no waiting for the disk."""
    if connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET synchronous_commit = off")
        else:
            cursor.execute("PRAGMA synchronous = OFF")
            cursor.execute("PRAGMA cache_size = -200000")


def main() -> None:
    """Read the arguments and fill the database."""
    parser = argparse.ArgumentParser(prog="python -m tests.load.generate", description=__doc__)
    parser.add_argument("--threads", type=int, default=1_000_000)
    parser.add_argument("--processes", type=int, default=2, help="that make texts beside the one that stores them")
    options = parser.parse_args()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    try:
        generate(options.threads, processes=options.processes)
    except NotEmptyError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
