"""Suggest departments for a file of texts: `manage.py suggest_department --queries FILE --output FILE`."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from faq.archive.queries import NoQueryError, queries
from faq.department_learning import learn_if_due
from faq.department_model import ranking_of
from people.languages import in_language
from people.models import Department
from text.manuscript.language import detect


class Command(BaseCommand):
    help = (
        'Reads JSON Lines {"id", "text", "language"?} (plain, .gz or .xz) and writes {"id", "departments", "slugs"} '
        "in the same order: names of departments, the best first, and the address names of the same departments. A "
        "name is the Chinese one for a Chinese text and the English one for an English text; a department made by "
        "import_archive --create-departments has the name it was imported by in both. Without a language the text's "
        'own characters decide. An empty list says "does not know": the text is too short, about something else or '
        "in another language. What was published since is learnt first. No text is kept."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--queries", type=Path, required=True, metavar="FILE")
        parser.add_argument("--output", type=Path, required=True, metavar="FILE", help="replaced if it is there")
        parser.add_argument("--k", type=int, default=3, help="how many departments a text (3)")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["k"] < 1:
            raise CommandError("--k is how many departments are wanted: 1 or more.")
        try:
            learn_if_due(at_once=True)
            texts = list(queries(options["queries"]))
            departments = Department.objects.in_bulk()
            with options["output"].open("w", encoding="utf-8") as output:
                for query in tqdm(texts, unit="texts", disable=options["verbosity"] == 0 or None):
                    output.write(_line(query.fields, departments, options["k"]) + "\n")
        except (OSError, NoQueryError) as error:
            raise CommandError(str(error)) from None


def _line(fields: dict[str, Any], departments: dict[int, Department], k: int) -> str:
    ranking = ranking_of(fields["text"])
    if ranking is None:
        raise CommandError("Another process is learning from what was published: try again in a minute.")
    language = str(fields.get("language") or detect(fields["text"])[0])
    best = [departments[pk] for pk in ranking.departments if pk in departments][:k]
    names = [in_language(language, en=each.name_en, zh_hant=each.name_zh_hant) for each in best]
    line = {"id": fields["id"], "departments": names, "slugs": [each.slug for each in best]}
    return json.dumps(line, ensure_ascii=False)
