"""`manage.py demo`: load the demo content into an empty site."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from faq.models import Answer, Question
from people.models import Department, Physician
from portal.demo.loading import NotEmptyError, load


class Command(BaseCommand):
    help = "Loads the demo content into an empty site. A second run changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO_ACCOUNTS:
            raise CommandError(
                "The accounts of the demo have published passwords, so it is loaded only where DEMO=1 and SITE_URL is "
                "this machine (http://127.0.0.1:8000 or http://localhost:8000)."
            )
        try:
            is_new = load()
        except NotEmptyError as error:
            raise CommandError(
                "This site has content or accounts of its own: the demo is loaded only into an empty one."
            ) from error
        if options["verbosity"]:
            self.stdout.write(told() if is_new else "The demo content is here already: nothing was changed.")


def told() -> str:
    """One line about what was loaded."""
    return (
        f"Demo content loaded: {Department.objects.count()} departments, {Physician.objects.count()} physicians, "
        f"{Question.objects.count()} questions with {Answer.objects.count()} answers."
    )
