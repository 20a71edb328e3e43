"""The pictures that stand beside a link to the site: one for each department, one for all other pages.

They lie ready in static/img/og and are drawn by `manage.py draw_cards`: a server needs no fonts, and no page waits. A
department that has come since shows the house's own picture until somebody draws them anew.
"""

from dataclasses import dataclass
from functools import cache
from typing import Final

from django.conf import settings

from people.linked_data import HOUSE as NAME
from people.models import Department

FOLDER: Final = "img/og"
HOUSE: Final = "wenyi"


@dataclass(frozen=True)
class Card:
    """A picture below static/, and what it says."""

    path: str
    words: str


def card_of(department: Department | None) -> Card:
    """The picture of a department, of the house where it has none."""
    if department is None or department.slug not in drawn():
        return Card(f"{FOLDER}/{HOUSE}.png", NAME)
    return Card(f"{FOLDER}/{department.slug}.png", f"{NAME} · {department.name}")


@cache
def drawn() -> frozenset[str]:
    """The address names of the departments that have a picture; looked up once a process."""
    return frozenset(path.stem for path in (settings.BASE_DIR / "static" / FOLDER).glob("*.png"))
