"""Write the vocabulary as CSV: `manage.py export_concepts FILE`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.importing import export_concepts


class Command(BaseCommand):
    help = "Writes every concept with its names as CSV, which import_concepts and spreadsheets read."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="where to; an existing file is replaced")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            file.write_bytes(export_concepts())
        except OSError as error:
            raise CommandError(f"The file cannot be written: {error}") from None
