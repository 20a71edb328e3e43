"""Read redirects from a CSV file: `manage.py import_redirects FILE [--dry-run]`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles.redirect_file import NotATable, take_telling


class Command(BaseCommand):
    help = (
        "Reads redirects from CSV with the columns old, new, gone, reason_en, reason_zh_hant. Bad lines are reported."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="Only say what would happen.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = take_telling(
                options["file"].read_bytes(),
                subject=options["file"].name,
                by=None,
                may_lead_outside=True,
                dry_run=options["dry_run"],
            )
        except (OSError, NotATable) as error:
            raise CommandError(f"The file cannot be read: {error}") from None
        for number, sentence in report.bad:
            self.stderr.write(f"line {number}: {sentence}")
        would = "would be " if options["dry_run"] else ""
        self.stdout.write(f"{report.taken} {would}taken, {report.same} known already, {len(report.bad)} bad.")
        if report.bad:
            raise CommandError("Some lines could not be read.")
