"""Read concepts from CSV: `manage.py import_concepts FILE [--dry-run]`, `manage.py import_concepts --starter`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.importing import STARTER, carry_out_telling
from search.planning import Outcome, Plan, Planned
from search.sheets import NotASheet, read


class Command(BaseCommand):
    help = (
        "Reads concepts from CSV (UTF-8, UTF-16 or Big5). A known key is changed, a new one made; lines that cannot "
        "be taken in are told with their number and the reason, and cost no other line."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        source = parser.add_mutually_exclusive_group(required=True)
        source.add_argument("file", nargs="?", type=Path, metavar="FILE")
        source.add_argument("--starter", action="store_true", help="the vocabulary that Wenyi brings; adds only")
        parser.add_argument("--only-new", action="store_true", help="leave known concepts as they are")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, store nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = STARTER if options["starter"] else options["file"]
        try:
            lines = read(path.read_bytes())
        except (OSError, NotASheet) as error:
            raise CommandError(f"{path} cannot be read: {error}") from None
        plan = Plan(lines, only_new=options["only_new"] or options["starter"])
        if options["dry_run"]:
            self._preview(plan)
        else:
            done = carry_out_telling(plan, subject=path.name)
            self._tell(done.new, done.changed, done.same + done.kept, done.refused, verbosity=options["verbosity"])

    def _preview(self, plan: Plan) -> None:
        for line in plan.of(Outcome.NEW):
            self.stdout.write(f"line {line.number}: new {line.entry.key} ({line.name})")
        for line in plan.of(Outcome.CHANGED):
            told = "; ".join(f"{change.column}: {change.old!r} → {change.new!r}" for change in line.changes)
            self.stdout.write(f"line {line.number}: changes {line.entry.key}: {told}")
        same = len(plan.of(Outcome.SAME, Outcome.KEPT))
        self._tell(len(plan.of(Outcome.NEW)), len(plan.of(Outcome.CHANGED)), same, plan.of(Outcome.REFUSED))
        self.stdout.write("Nothing was stored.")

    def _tell(self, new: int, changed: int, same: int, refused: list[Planned], *, verbosity: int = 1) -> None:
        for line in refused:
            self.stderr.write(f"line {line.number}: refused: {line.problem}")
        if verbosity:
            self.stdout.write(f"{new:,} new, {changed:,} changed, {same:,} as they were, {len(refused):,} refused")
