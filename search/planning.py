"""What a file of concepts would do to the vocabulary, line by line, before it does it."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from django.utils.text import slugify
from django.utils.translation import gettext as _

from search.describing import aliased, described_with_keys
from search.models import Concept
from search.models.concept import folded_name
from search.sheets import ALIASES, COLUMNS, Entry, Line, joined

LONGEST: Final = 120
"""Characters of a name."""
KEY: Final = re.compile(r"[-\w]{1,100}")


class Outcome(StrEnum):
    """What becomes of a line."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    KEPT = "kept"
    REFUSED = "refused"


@dataclass(frozen=True)
class Change:
    """What a line changes in one column of a known concept."""

    column: str
    old: str
    new: str


@dataclass(frozen=True)
class Planned:
    """One line: what becomes of it, the concept as it would be then, and why not where it is refused."""

    number: int
    entry: Entry
    outcome: Outcome
    problem: str = ""
    changes: tuple[Change, ...] = ()
    told: frozenset[str] = frozenset()
    pk: int | None = None

    @property
    def name(self) -> str:
        """Both names, as far as there are any."""
        return " · ".join(filter(None, (self.entry.name_en, self.entry.name_zh_hant)))


class Refused(ValueError):
    """The line can't be taken in; the text says why, for people."""


class Plan:
    """All lines of a file against the vocabulary as it is now. With `only_new` known concepts stay as they are."""

    def __init__(self, lines: Sequence[Line], *, only_new: bool = False) -> None:
        known = described_with_keys()
        self.only_new = only_new
        self.pks = {key: pk for key, (pk, _entry) in known.items()}
        self.known = {key: entry for key, (_pk, entry) in known.items()}
        self.shown_by = {name: entry for entry in self.known.values() for name in _shown(entry)}
        self.keys_of_file = {line.entry.key for line in lines}
        self.lines_of_keys: dict[str, int] = {}
        # Merged ones after those that they point at.
        planned = [self._planned(line) for line in sorted(lines, key=lambda line: bool(line.entry.merged_into))]
        self.lines = sorted(planned, key=lambda line: line.number)

    def of(self, *outcomes: Outcome) -> list[Planned]:
        """The lines of which this becomes."""
        return [line for line in self.lines if line.outcome in outcomes]

    @property
    def digest(self) -> str:
        """The same for the same plan: so that what is applied is what was looked at."""
        told = [(line.number, line.outcome.value, line.entry.key, line.changes) for line in self.lines]
        return hashlib.sha256(repr(told).encode("utf-8", "replace")).hexdigest()

    def _planned(self, line: Line) -> Planned:
        if line.problem:
            return Planned(line.number, line.entry, Outcome.REFUSED, line.problem)
        try:
            key = self._key(line)
            known = self.known.get(key)
            if known and self.only_new:
                return Planned(line.number, known, Outcome.KEPT)
            wanted = self._wanted(key, known, line)
        except Refused as refusal:
            return Planned(line.number, line.entry, Outcome.REFUSED, str(refusal))
        return self._taken(line, known, wanted)

    def _taken(self, line: Line, known: Entry | None, wanted: Entry) -> Planned:
        """Remember what the line would make, for the lines after it."""
        self.known[wanted.key] = wanted
        for name in _shown(known) if known else ():
            self.shown_by.pop(name, None)
        self.shown_by |= dict.fromkeys(_shown(wanted), wanted)
        changes = tuple(_changes(known, wanted)) if known else ()
        outcome = (Outcome.CHANGED if changes else Outcome.SAME) if known else Outcome.NEW
        return Planned(line.number, wanted, outcome, changes=changes, told=line.columns, pk=self.pks.get(wanted.key))

    def _key(self, line: Line) -> str:
        key = line.entry.key or self._new_key(line.entry)
        if not KEY.fullmatch(key):
            raise Refused(_("The key may have letters, digits and hyphens only, at most 100."))
        earlier = self.lines_of_keys.setdefault(key, line.number)
        if earlier != line.number:
            raise Refused(_("The key stands in line %(number)s already.") % {"number": earlier})
        return key

    def _new_key(self, entry: Entry) -> str:
        """A key for a line that has none."""
        for name in _shown(entry):
            if other := self.shown_by.get(name):
                raise Refused(
                    _("The line has no key, and its name is that of %(key)s: write that key.") % {"key": other.key}
                )
        stem = slugify(entry.name_en or entry.name_zh_hant, allow_unicode=True)[:90] or "concept"
        numbered = (stem if number == 1 else f"{stem}-{number}" for number in range(1, 10_000))
        return next(key for key in numbered if key not in self.known and key not in self.keys_of_file)

    def _wanted(self, key: str, known: Entry | None, line: Line) -> Entry:
        """The concept as the line would have it: what the file has no column for stays."""
        told = {name: getattr(line.entry, name) for name in line.columns}
        wanted = replace(known or Entry(), **{**told, "key": key})
        wanted = replace(wanted, kind=_kind(wanted.kind))
        names = [(text, "en") for text in wanted.aliases_en] + [(text, "zh-hant") for text in wanted.aliases_zh_hant]
        wanted = aliased(wanted, names)
        _check_names(wanted)
        self._check_merging(known, wanted)
        if not wanted.merged_into:
            self._check_clash(wanted)
        return wanted

    def _check_clash(self, wanted: Entry) -> None:
        for name in _shown(wanted):
            other = self.shown_by.get(name)
            if other and other.key != wanted.key:
                names = " · ".join(filter(None, (other.name_en, other.name_zh_hant)))
                raise Refused(
                    _("Another concept is shown by this name: %(name)s (%(key)s).") % {"name": names, "key": other.key}
                )

    def _check_merging(self, known: Entry | None, wanted: Entry) -> None:
        target = wanted.merged_into
        if known and known.merged_into and known != wanted:
            raise Refused(_("This concept was merged into %(key)s: change that one.") % {"key": known.merged_into})
        if known and known.merged_into != target:
            raise Refused(_("Concepts are merged on their pages, not by a file."))
        if known or not target:
            return
        survivor = self.known.get(target)
        if survivor is None or survivor.merged_into:
            raise Refused(_("There is no concept %(key)s that it could be merged into.") % {"key": target})
        if wanted.aliases_en or wanted.aliases_zh_hant:
            raise Refused(_("A merged concept has no other names: they are those of %(key)s.") % {"key": target})


def _shown(entry: Entry) -> list[str]:
    """The folded names by which a concept is known; none of a merged one."""
    names = (entry.name_en, entry.name_zh_hant)
    return [] if entry.merged_into else [folded_name(name) for name in names if name]


def _kind(typed: str) -> str:
    kind = typed.lower() or Concept.Kind.OTHER.value
    if kind not in Concept.Kind.values:
        known = ", ".join(Concept.Kind.values)
        raise Refused(_("There is no kind “%(kind)s”; there are: %(known)s.") % {"kind": typed[:40], "known": known})
    return kind


def _check_names(entry: Entry) -> None:
    shown = (entry.name_en, entry.name_zh_hant)
    if not any(shown):
        raise Refused(_("Write the name in at least one language."))
    names = (*shown, entry.display_en, entry.display_zh_hant, *entry.aliases_en, *entry.aliases_zh_hant)
    if too_long := next((name for name in names if len(name) > LONGEST), None):
        text = _("A name has more than %(longest)s characters: %(name)s…")
        raise Refused(text % {"longest": LONGEST, "name": too_long[:30]})


def _changes(known: Entry, wanted: Entry) -> list[Change]:
    pairs = ((column, getattr(known, column), getattr(wanted, column)) for column in COLUMNS)
    return [Change(column, _text(column, old), _text(column, new)) for column, old, new in pairs if old != new]


def _text(column: str, value: object) -> str:
    if column in ALIASES:
        return joined(value)  # type: ignore[arg-type]  # aliases are tuples of names
    return {True: _("yes"), False: _("no")}[value] if isinstance(value, bool) else str(value)
