"""Concepts as a table of CSV: one line a concept, read and written so that a file comes back byte for byte."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields
from typing import Final

from django.utils.translation import gettext as _

from text.clean import clean_line
from text.decode import Undecodable, decode

BOM: Final = "\ufeff"
"""Without it Excel reads UTF-8 as the code page of the machine."""
FORMULA: Final = "=+-@\t\r＝＋－＠"
"""What makes a spreadsheet take a cell for a formula (OWASP, "CSV Injection")."""
GUARD: Final = "'"
SEPARATOR: Final = "|"
_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
_LINE_END: Final = re.compile(r"\r\n|\r|\n")
_BYTE_LINE_END: Final = re.compile(rb"\r\n|\r|\n")
_YES: Final = frozenset({"1", "yes", "true", "y"})
_NO: Final = frozenset({"", "0", "no", "false", "n"})


@dataclass(frozen=True)
class Entry:
    """One concept as a file tells it; the names of the fields are the file's columns, in this order."""

    key: str = ""
    kind: str = ""
    name_en: str = ""
    name_zh_hant: str = ""
    display_en: str = ""
    display_zh_hant: str = ""
    aliases_en: tuple[str, ...] = ()
    aliases_zh_hant: tuple[str, ...] = ()
    is_proposal: bool = False
    merged_into: str = ""


COLUMNS: Final = tuple(each.name for each in fields(Entry))
ALIASES: Final = ("aliases_en", "aliases_zh_hant")
NEEDED: Final = ("key", "name_en", "name_zh_hant")


@dataclass(frozen=True)
class Line:
    """One line of a file: what it tells of the columns that the file has, or why it can't be read."""

    number: int
    entry: Entry = field(default_factory=Entry)
    columns: frozenset[str] = frozenset()
    problem: str = ""


class NotASheet(ValueError):
    """The file as a whole can't be read; the text says why, for people."""


def write(entries: Iterable[Entry]) -> bytes:
    """A file for spreadsheets: UTF-8 with a byte order mark, CR LF, cells that would calculate guarded."""
    sheet = io.StringIO()
    writer = csv.writer(sheet)
    writer.writerow(COLUMNS)
    for entry in entries:
        writer.writerow([guarded(_cell(getattr(entry, column))) for column in COLUMNS])
    return (BOM + sheet.getvalue()).encode()


def read(raw: bytes) -> list[Line]:
    """Every line after the heading; a blank one is no line. Raises NotASheet for a file without a known heading.

    UTF-8, UTF-16 with a byte order mark, and Big5; cells parted by commas, semicolons or tabs. A line is read by
    itself, for no cell of ours holds a line break: so a quotation mark that is never closed costs one line and not all
    that follow.
    """
    numbered = list(_decoded(raw))
    heading = next(((number, text) for number, text in numbered if text is None or text.strip()), None)
    if heading is None or heading[1] is None:
        raise NotASheet(_("The file is empty, or in no encoding that can be read."))
    comma = max(",;\t", key=heading[1].count)
    columns = _heading(heading[1], comma)
    rest = (each for each in numbered if each[0] > heading[0])
    return [line for number, text in rest if (line := _line(number, text, columns, comma))]


def _heading(text: str, comma: str) -> list[str]:
    try:
        columns = [clean_line(cell).lower() for cell in _cells(text, comma)]
    except csv.Error:
        columns = []
    if missing := [name for name in NEEDED if name not in columns]:
        raise NotASheet(_("The first line must name the columns; missing: %(names)s.") % {"names": ", ".join(missing)})
    if unknown := [name for name in columns if name and name not in COLUMNS]:
        raise NotASheet(_("The file has columns that are not known: %(names)s.") % {"names": ", ".join(unknown)})
    named = [name for name in columns if name]
    if len(set(named)) < len(named):
        raise NotASheet(_("The first line names a column twice."))
    return columns


def _decoded(raw: bytes) -> Iterator[tuple[int, str | None]]:
    """The numbered lines of a file; None for one that none of the encodings reads."""
    if raw.startswith(_UTF_16):
        # Half a character is no reason to lose a file: it shows as a question mark in the preview.
        yield from enumerate(_LINE_END.split(raw.decode("utf-16", "replace")), 1)
        return
    for number, piece in enumerate(_BYTE_LINE_END.split(raw), 1):
        try:
            yield number, decode(piece)
        except Undecodable:
            yield number, None


def _line(number: int, text: str | None, columns: list[str], comma: str) -> Line | None:
    if text is None:
        return Line(number, problem=_("The line is in no encoding that can be read."))
    if not text.strip():
        return None
    try:
        cells = _cells(text, comma)
        if not any(cell.strip() for cell in cells):
            return None
        return _told(number, cells, columns)
    except csv.Error:
        return Line(number, problem=_("A quotation mark is not closed, or stands inside a cell."))
    except ValueError as error:
        return Line(number, problem=str(error))


def _cells(text: str, comma: str) -> list[str]:
    return next(csv.reader([text], delimiter=comma, strict=True), [])


def _told(number: int, cells: list[str], columns: list[str]) -> Line:
    if len(cells) > len(columns) and any(cell.strip() for cell in cells[len(columns) :]):
        raise ValueError(_("The line has more cells than the first line names."))
    named = dict(zip(columns, (unguarded(cell) for cell in cells), strict=False))
    # Spreadsheets leave out empty cells at the end of a line.
    told: dict[str, object] = {name: _value(name, named.get(name, "")) for name in columns if name}
    return Line(number, Entry(**told), frozenset(told))  # type: ignore[arg-type]  # _value knows the types


def _value(column: str, cell: str) -> object:
    if column in ALIASES:
        return tuple(parted(cell))
    value = clean_line(cell)
    if column != "is_proposal":
        return value
    if value.lower() not in _YES | _NO:
        raise ValueError(_("“%(cell)s” in is_proposal is neither yes nor no.") % {"cell": value[:40]})
    return value.lower() in _YES


def _cell(value: object) -> str:
    if isinstance(value, tuple):
        return joined(value)
    if isinstance(value, bool):
        return "yes" if value else ""
    return str(value)


def guarded(cell: str) -> str:
    """The cell with an apostrophe before what a spreadsheet would calculate, or where it begins with one itself."""
    return GUARD + cell if cell.startswith((*FORMULA, GUARD)) else cell


def unguarded(cell: str) -> str:
    """The cell without the apostrophe that `guarded` has put before it; any other apostrophe stays."""
    return cell[1:] if cell.startswith(GUARD) and cell[1:].startswith((*FORMULA, GUARD)) else cell


def joined(names: Iterable[str]) -> str:
    """Several names in one cell, parted by "|"; a "|" or a backslash in a name has a backslash before it."""
    return SEPARATOR.join(name.replace("\\", "\\\\").replace(SEPARATOR, "\\" + SEPARATOR) for name in names)


def parted(cell: str) -> list[str]:
    """The names of such a cell, each clean and once."""
    pieces = re.findall(r"(?:[^\\|]|\\.|\\$)+", cell, re.DOTALL)
    names = (clean_line(re.sub(r"\\([\\|])", r"\1", piece)) for piece in pieces)
    return list(dict.fromkeys(filter(None, names)))
