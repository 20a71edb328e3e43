"""From a file of an archive to its records: bytes first, then text, then fields; what cannot be read is kept."""

import base64
import csv
import gzip
import json
import lzma
from collections.abc import Iterator
from dataclasses import dataclass
from io import BufferedIOBase
from pathlib import Path
from typing import IO, Any, Final, cast

from text.decode import Undecodable, decode

LONGEST_LINE: Final = 4 * 1024 * 1024
REPLY_COLUMNS: Final = {
    "reply": "text",
    "physician": "physician",
    "physician_title": "title",
    "hospital": "hospital",
    "reply_department": "department",
    "replied_on": "replied_on",
}
LIST_COLUMNS: Final = ("topics", "tags")


@dataclass(frozen=True)
class Bad:
    """A line that cannot be loaded: its number, why, and what it held."""

    line: int
    reason: str
    raw: bytes

    def as_json(self) -> str:
        """Return the quarantine's line: the text where it can be read, else the bytes in base64."""
        held: dict[str, Any] = {"line": self.line, "reason": self.reason}
        try:
            held["text"] = decode(self.raw).rstrip("\r\n")
        except Undecodable:
            held["bytes"] = base64.b64encode(self.raw).decode()
        return json.dumps(held, ensure_ascii=False)


@dataclass(frozen=True)
class Record:
    """One thread as the file has it, with the number of the line that it begins on."""

    line: int
    fields: dict[str, Any]
    raw: bytes


def open_archive(path: Path) -> tuple[IO[bytes], IO[bytes]]:
    """Open a plain, .gz or .xz file; returns the stream of its text and the file on disk, whose place is progress."""
    on_disk = path.open("rb")
    if path.suffix == ".gz":
        return cast(IO[bytes], gzip.GzipFile(fileobj=on_disk)), on_disk
    if path.suffix == ".xz":
        return cast(IO[bytes], lzma.LZMAFile(on_disk)), on_disk
    return on_disk, on_disk


def is_csv(path: Path) -> bool:
    """Say whether a file's name ends in .csv, before any .gz or .xz."""
    return Path(path.name.removesuffix(".gz").removesuffix(".xz")).suffix.lower() == ".csv"


def records(stream: IO[bytes] | BufferedIOBase, *, as_csv: bool, encoding: str = "auto") -> Iterator[Record | Bad]:
    """Yield each thread of a file, or what is bad about its line."""
    numbered = _lines(cast(IO[bytes], stream))
    return _csv_records(numbered, encoding) if as_csv else _json_records(numbered, encoding)


def _lines(stream: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    number = 0
    while raw := stream.readline(LONGEST_LINE + 1):
        number += 1
        yield number, raw
        while len(raw) > LONGEST_LINE and not raw.endswith(b"\n"):
            raw = stream.readline(LONGEST_LINE + 1)


def _json_records(numbered: Iterator[tuple[int, bytes]], encoding: str) -> Iterator[Record | Bad]:
    for number, raw in numbered:
        if not raw.strip():
            continue
        yield _json_record(number, raw, encoding)


def _json_record(number: int, raw: bytes, encoding: str) -> Record | Bad:
    if len(raw) > LONGEST_LINE:
        return Bad(number, "the line is longer than 4 MiB", raw[:2000])
    try:
        fields = json.loads(decode(raw, encoding))
    except Undecodable:
        return Bad(number, "no encoding reads these bytes", raw)
    except (ValueError, RecursionError) as error:
        return Bad(number, f"not JSON: {error}", raw)
    if not isinstance(fields, dict):
        return Bad(number, "not a JSON object", raw)
    return Record(number, fields, raw)


def _csv_records(numbered: Iterator[tuple[int, bytes]], encoding: str) -> Iterator[Record | Bad]:
    """Rows with the same id that follow each other are one thread with several replies."""
    header: list[str] = []
    pending: Record | None = None
    for number, raw in _quoted_rows(numbered):
        try:
            cells = next(csv.reader([decode(raw, encoding).replace("\x00", "")]), [])
        except (Undecodable, csv.Error) as error:
            yield Bad(
                number, "no encoding reads these bytes" if isinstance(error, Undecodable) else f"not CSV: {error}", raw
            )
            continue
        if not header:
            header = [cell.strip().lstrip("\ufeff") for cell in cells]
        elif any(cell.strip() for cell in cells):
            row = Record(number, _fields_of(dict(zip(header, cells, strict=False))), raw)
            if pending is not None and row.fields.get("id") and row.fields["id"] == pending.fields.get("id"):
                pending.fields["replies"].extend(row.fields["replies"])
                continue
            if pending is not None:
                yield pending
            pending = row
    if pending is not None:
        yield pending


def _quoted_rows(numbered: Iterator[tuple[int, bytes]]) -> Iterator[tuple[int, bytes]]:
    """Join the lines of a quoted cell. Counting quotes in bytes is safe: in Big5 none is a second byte."""
    start, held = 0, b""
    for number, raw in numbered:
        start = start if held else number
        held += raw
        if held.count(b'"') % 2 == 0 or len(held) > LONGEST_LINE:
            yield start, held
            held = b""
    if held:
        yield start, held


def _fields_of(row: dict[str, str]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    reply = {REPLY_COLUMNS[name]: value for name, value in row.items() if name in REPLY_COLUMNS and value.strip()}
    asker = {name: row[name] for name in ("nickname", "age_band", "sex", "for_whom") if row.get(name, "").strip()}
    for name, value in row.items():
        if name in LIST_COLUMNS:
            fields[name] = [part.strip() for part in value.split("|") if part.strip()]
        elif name == "more_info" and value.strip():
            fields[name] = {"text": value}
        elif name not in REPLY_COLUMNS and name not in asker and value.strip():
            fields[name] = value
    return {**fields, "asker": asker, "replies": [reply] if reply else []}
