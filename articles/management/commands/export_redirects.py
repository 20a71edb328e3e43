"""Write every redirect as CSV: `manage.py export_redirects FILE`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles.models import Redirect
from articles.redirect_file import written


class Command(BaseCommand):
    help = "Writes every redirect as CSV, in the order of the addresses (- for standard output)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        raw = written(Redirect.objects.order_by("old"))
        if options["file"] == "-":
            self.stdout.write(raw.decode(), ending="")
            return
        try:
            Path(options["file"]).write_bytes(raw)
        except OSError as error:
            raise CommandError(f"The file cannot be written: {error}") from None
