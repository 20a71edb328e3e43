"""`manage.py makemessages`: Django's own, fitted to this house."""

import re
from pathlib import Path

from django.core.management.commands import makemessages

# What changes with every run although no message did.
_DATES = re.compile(r'^"(?:POT-Creation-Date|Report-Msgid-Bugs-To): .*\n', re.MULTILINE)


class Command(makemessages.Command):
    """Reads `translate()` as well, guesses no translation, and leaves a catalogue alone that is up to date."""

    xgettext_options = [*makemessages.Command.xgettext_options, "--keyword=translate"]
    msgmerge_options = [*makemessages.Command.msgmerge_options, "--no-fuzzy-matching"]

    def write_po_file(self, potfile: str, locale: str) -> None:
        super().write_po_file(potfile, locale)
        catalogue = Path(potfile).parent / locale / "LC_MESSAGES" / f"{self.domain}.po"
        catalogue.write_text(_DATES.sub("", catalogue.read_text()))
