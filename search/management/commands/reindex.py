"""Build the index of this machine anew: `manage.py reindex`."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from search.index.follower import Follower
from search.models import Document
from search.working import both, working


class Command(BaseCommand):
    help = "Builds the index of this machine anew from the database, while searches go on in the old one."

    def handle(self, *args: Any, **options: Any) -> None:
        follower = Follower(settings.INDEX_DIR)
        total = Document.objects.filter(is_tombstone=False).count()
        try:
            with (
                tqdm(total=total, unit="texts", desc="index", disable=options["verbosity"] == 0) as bar,
                working("reindex", total=total) as work,
            ):
                count = follower.rebuild(both(bar.update, work.advance))
                work.told(texts=count)
        except OSError as error:
            raise CommandError(f"The index cannot be written: {error}") from None
        follower.step()
        follower.close()
        self.stdout.write(f"{count:,} texts can be found")
