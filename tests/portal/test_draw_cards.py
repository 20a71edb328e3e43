"""The pictures beside links are drawn before a release; the site itself needs no font."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from PIL import Image

from portal.management.commands.draw_cards import FONT
from tests.factories import make_department

pytestmark = pytest.mark.django_db


def test_a_file_that_is_no_font_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "font.ttf").write_text("no font")

    with pytest.raises(CommandError, match="is no font that can be used"):
        call_command("draw_cards", font=str(tmp_path / "font.ttf"), folder=str(tmp_path / "og"))


def test_there_is_one_of_each_department_and_one_of_the_house(tmp_path: Path) -> None:
    make_department("skin", name_en="A department with a name that is so long that it fits on no line of a picture")
    if not Path(FONT).exists():
        return  # Nothing to draw with; what was drawn lies in the tree and is tried in test_found.

    call_command("draw_cards", folder=str(tmp_path), verbosity=0)

    drawn = {path.name: Image.open(path) for path in tmp_path.glob("*.png")}
    assert {name: (image.format, image.size) for name, image in drawn.items()} == {
        "wenyi.png": ("PNG", (1200, 630)),
        "skin.png": ("PNG", (1200, 630)),
    }
