"""`manage.py sync_roles`: make the groups of staff equal to the table in portal/roles.py."""

from typing import Any

from django.core.management.base import BaseCommand

from portal.roles import PERMISSIONS, sync_roles


class Command(BaseCommand):
    help = "Make every role have all and only its permissions. A second run changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        changed = sync_roles()
        if options["verbosity"]:
            self.stdout.write(
                f"{len(PERMISSIONS)} roles, {len(changed)} changed{': ' if changed else ''}{', '.join(changed)}."
            )
