"""Redirects as a table of CSV: one line an address."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from articles.models import Redirect
from people.models import User
from search.changes import changing
from search.sheets import BOM, guarded, unguarded
from search.working import working
from text.clean import clean_line
from text.decode import Undecodable, decode

COLUMNS: Final = ("old", "new", "gone", "reason_en", "reason_zh_hant")
NEEDED: Final = ("old", "new")
LINES: Final = 20_000
"""Lines of a file that are read; what follows is said to be missing."""
_YES: Final = frozenset({"1", "yes", "true", "y"})
_NO: Final = frozenset({"", "0", "no", "false", "n"})


@dataclass
class Report:
    """What became of a file: how many lines were taken, how many said nothing new, and which could not be."""

    taken: int = 0
    same: int = 0
    bad: list[tuple[int, str]] = field(default_factory=list)


class NotATable(ValueError):
    """The file as a whole can't be read; the text says why, for people."""


class _DryRun(Exception):
    """Carries a rehearsal out of its transaction."""


def written(redirects: Iterable[Redirect]) -> bytes:
    """A file for spreadsheets: UTF-8 with a byte order mark, CR LF, cells that would calculate guarded."""
    sheet = io.StringIO()
    writer = csv.writer(sheet)
    writer.writerow(COLUMNS)
    for row in redirects:
        cells = (row.old, row.new, "yes" if row.is_gone else "", row.reason_en, row.reason_zh_hant)
        writer.writerow([guarded(cell) for cell in cells])
    return (BOM + sheet.getvalue()).encode()


def take_telling(
    raw: bytes, *, subject: str, by: User | None, may_lead_outside: bool, dry_run: bool = False
) -> Report:
    """Lay the redirects of a file as `take` does, and tell the staff of it; only looking is not told."""
    if dry_run:
        return take(raw, by=by, may_lead_outside=may_lead_outside, dry_run=True)
    with working("redirects", subject=subject, by=by) as work:
        report = take(raw, by=by, may_lead_outside=may_lead_outside)
        work.told(taken=report.taken, same=report.same, bad=len(report.bad))
    return report


def take(raw: bytes, *, by: User | None, may_lead_outside: bool, dry_run: bool = False) -> Report:
    """Lay the redirects of a file. A line that can't be is reported with its number, and the others are laid.

    An address that has a redirect already gets the file's. Raises NotATable for a file without the two columns.
    """
    report = Report()
    try:
        with changing():
            for number, told in _lines(raw):
                _take_line(number, told, report, by=by, may_lead_outside=may_lead_outside)
            if dry_run:
                raise _DryRun
    except _DryRun:
        pass
    return report


def _take_line(
    number: int, told: dict[str, str] | str, report: Report, *, by: User | None, may_lead_outside: bool
) -> None:
    try:
        if isinstance(told, str):
            raise ValidationError(told)
        wanted = _redirect(told, may_lead_outside=may_lead_outside)
        if _is_known(wanted):
            report.same += 1
            return
        columns = {name: getattr(wanted, name) for name in ("is_gone", "reason_en", "reason_zh_hant")}
        Redirect.lay(wanted.old, wanted.new, by=by, origin=Redirect.Origin.IMPORTED, **columns)
        report.taken += 1
    except ValidationError as error:
        report.bad.append((number, " ".join(error.messages)))


def _redirect(told: dict[str, str], *, may_lead_outside: bool) -> Redirect:
    """The row that a line tells of, with its addresses as they are stored. Raises ValidationError."""
    gone = told.get("gone", "").lower()
    if gone not in _YES | _NO:
        raise ValidationError(_("“%(cell)s” in the column gone is neither yes nor no.") % {"cell": gone[:40]})
    reasons = {name: told.get(name, "") for name in ("reason_en", "reason_zh_hant")}
    row = Redirect(old=told.get("old", ""), new=told.get("new", ""), is_gone=gone in _YES, **reasons)
    row.full_clean(exclude=["created_by"], validate_unique=False, validate_constraints=False)
    if row.is_outside and not may_lead_outside:
        raise ValidationError(_("You may not lead readers to other sites."))
    return row


def _is_known(wanted: Redirect) -> bool:
    columns: dict[str, Any] = {
        name: getattr(wanted, name) for name in ("old", "new", "is_gone", "reason_en", "reason_zh_hant")
    }
    return Redirect.objects.filter(**columns).exists()


def _lines(raw: bytes) -> Iterator[tuple[int, dict[str, str] | str]]:
    """The numbered lines after the heading, each as a dictionary, or as the sentence that says what is wrong."""
    pieces = raw.removeprefix(BOM.encode()).splitlines()
    columns = _heading(pieces[0] if pieces else b"")
    for number, piece in enumerate(pieces[1:], start=2):
        if number > LINES + 1:
            yield number, _("The file is too long: this line and what follows were not read.")
            return
        if piece.strip(b", \t"):
            yield number, _told(piece, columns)


def _told(piece: bytes, columns: list[str]) -> dict[str, str] | str:
    try:
        cells = _cells(piece)
    except (csv.Error, Undecodable):
        return _("This line cannot be read.")
    if len(cells) > len(columns):
        return _("The line has more cells than the first line names.")
    return dict(zip(columns, (clean_line(unguarded(cell)) for cell in cells), strict=False))


def _heading(piece: bytes) -> list[str]:
    try:
        columns = [clean_line(cell).lower() for cell in _cells(piece)]
    except (csv.Error, Undecodable):
        columns = []
    if any(name not in columns for name in NEEDED) or any(name not in COLUMNS for name in columns):
        raise NotATable(_("The first line must name the columns: %(names)s.") % {"names": ", ".join(COLUMNS)})
    return columns


def _cells(piece: bytes) -> list[str]:
    return next(csv.reader([decode(piece)], strict=True), [])
