"""What stands beside names: a department's picture, and the character in a physician's seal."""

import re

import pytest
from django.conf import settings

from faq.pictograms import pictogram
from faq.templatetags.asked import seal
from portal.demo.content import read


def test_every_picture_named_is_in_the_file() -> None:
    drawn = set(re.findall(r'<symbol id="([^"]+)"', (settings.BASE_DIR / "static/img/icons.svg").read_text()))

    used = {pictogram(row["slug"]) for row in read("departments")}

    assert used - drawn == set()


def test_a_department_that_nobody_drew_gets_the_physicians_sign() -> None:
    assert pictogram("a-room-of-its-own") == "stethoscope"


@pytest.mark.parametrize(
    ("name", "character"),
    [("陳怡君", "陳"), ("王小明 藥師", "王"), ("Dr. Demo Yang", "Y"), ("lin", "L"), ("", ""), (" ", "")],
)
def test_a_seal_has_the_family_names_first_character(name: str, character: str) -> None:
    assert seal(name) == character
