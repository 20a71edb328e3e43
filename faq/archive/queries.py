"""Texts to rank or to sort, as a file of JSON Lines: {"id", "text"} and what else a line has."""

from collections.abc import Iterator
from pathlib import Path

from faq.archive.lines import Bad, Record, open_archive, records


class NoQueryError(ValueError):
    """A line is no query; the message says which and why."""


def queries(path: Path) -> Iterator[Record]:
    """The lines of a file (plain, .gz or .xz). Raises OSError, and NoQueryError at the first that is no query."""
    stream, on_disk = open_archive(path)
    with stream, on_disk:
        for query in records(stream, as_csv=False):
            if isinstance(query, Bad):
                raise NoQueryError(f"{path}, line {query.line}: {query.reason}")
            if "id" not in query.fields or not isinstance(query.fields.get("text"), str):
                raise NoQueryError(f'{path}, line {query.line}: {{"id": …, "text": "…"}} is wanted')
            yield query
