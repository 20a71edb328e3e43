"""Compute similar questions and related topics of all questions: `manage.py renew_neighbours [--all]`."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from faq.models import Question
from faq.renewing import NoIndexError, forget_all, renew_all
from search.working import both, working


class Command(BaseCommand):
    help = (
        "Computes the similar questions and related topics of every public question that has none by the present "
        "rules. It can be stopped at any time and goes on where it was."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="Begin anew with every question.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["all"]:
            forget_all()
        total = Question.objects.published().count()
        try:
            with (
                tqdm(total=total, unit="questions", desc="neighbours", disable=options["verbosity"] == 0) as bar,
                working("neighbours", total=total) as work,
            ):
                changed = renew_all(both(bar.update, work.advance))
                work.told(changed=changed)
        except NoIndexError:
            raise CommandError("This machine has no index of this database: run manage.py reindex first.") from None
        self.stdout.write(f"{changed:,} lists are others now")
