"""Draw the pictures that stand beside links to the site."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from people.models import Department
from portal.cards import FOLDER, HOUSE
from portal.drawing import HOUSE as HOUSE_WORDS
from portal.drawing import draw

FONT = "/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc"
TRADITIONAL = 3
"""The face of that file with the forms of characters that Taiwan writes."""


class Command(BaseCommand):
    """Draws static/img/og/*.png: one for the house and one for each department, after a department was named anew.

    They belong to the release (`collectstatic` takes them along). Needs a font with Chinese, such as Debian's
    fonts-noto-cjk; the site itself needs none.
    """

    help = "Draw the pictures that stand beside links to the site, one for each department."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--font", default=FONT, help=f"a font file that has Chinese (default: {FONT})")
        parser.add_argument("--index", type=int, default=TRADITIONAL, help="which face of a collection (default: 3)")
        parser.add_argument("--folder", default=str(settings.BASE_DIR / "static" / FOLDER), help="where they go")

    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(options["folder"])
        folder.mkdir(parents=True, exist_ok=True)
        named = {row.slug: (row.name_zh_hant, row.name_en) for row in Department.objects.all()}
        for name, (chinese, english) in {HOUSE: HOUSE_WORDS[1:], **named}.items():
            try:
                image = draw(chinese, english, options["font"], options["index"])
            except OSError as reason:
                raise CommandError(f"{options['font']} is no font that can be used: {reason}") from reason
            image.save(folder / f"{name}.png", optimize=True)
        self.stdout.write(f"{len(named) + 1} pictures in {folder}")
