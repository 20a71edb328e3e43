"""Rank what is public for a file of queries: `manage.py rank --mode search|similar --queries FILE --output FILE`."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from faq.archive.lines import Record
from faq.archive.queries import NoQueryError, queries
from faq.ranking import MODES, ranked


class Command(BaseCommand):
    help = (
        'Reads JSON Lines {"id", "text"} (plain, .gz or .xz) and writes {"id", "results": [ids, the best first]} in '
        "the same order. What is ranked are the public questions, by the ids they were imported with."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--mode", choices=MODES, required=True, help="a reader's query, or a question itself")
        parser.add_argument("--queries", type=Path, required=True, metavar="FILE")
        parser.add_argument("--output", type=Path, required=True, metavar="FILE", help="replaced if it is there")
        parser.add_argument("--k", type=int, default=10, help="how many results a query (10)")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["k"] < 1:
            raise CommandError("--k is how many results are wanted: 1 or more.")
        try:
            asked = list(queries(options["queries"]))
            with options["output"].open("w", encoding="utf-8") as output:
                for query in tqdm(asked, unit="queries", disable=options["verbosity"] == 0 or None):
                    output.write(self._line(query, options["mode"], options["k"]) + "\n")
        except (OSError, LookupError, NoQueryError) as error:
            raise CommandError(str(error)) from None

    def _line(self, query: Record, mode: str, k: int) -> str:
        number = query.fields["id"]
        results = ranked(query.fields["text"], mode=mode, limit=k, own=str(number))
        return json.dumps({"id": number, "results": results}, ensure_ascii=False)
