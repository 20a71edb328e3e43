"""Write every public thread: `manage.py export_archive FILE`."""

import gzip
import json
import lzma
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any, Final, cast

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from faq.archive.writing import public_threads

OPENERS: Final[dict[str, Callable[..., Any]]] = {".gz": gzip.open, ".xz": lzma.open}


class Command(BaseCommand):
    help = "Writes every public thread as JSON Lines (plain, .gz or .xz by the file's name; - for standard output)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["file"] == "-":
            for thread in public_threads():
                self.stdout.write(json.dumps(thread, ensure_ascii=False))
            return
        path = Path(options["file"])
        try:
            opened: Callable[..., Any] = OPENERS.get(path.suffix, open)
            out = cast(IO[str], opened(path, "wt", encoding="utf-8"))
        except OSError as error:
            raise CommandError(f"The file cannot be written: {error}") from None
        count = 0
        with out, tqdm(unit="threads", disable=options["verbosity"] == 0) as bar:
            for thread in public_threads():
                count += 1
                out.write(json.dumps(thread, ensure_ascii=False) + "\n")
                bar.update()
        self.stdout.write(f"{count:,} threads in {path}")
