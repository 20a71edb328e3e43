"""Which texts show a contact block: looked up in what is stored, when a block is saved or looked at.

Models by name: articles stand on blocks. A look reads each kind of text once.
"""

from typing import Any, Final

from django.apps import apps
from django.db.models import Q

from text import insets

TEXTS: Final = (
    ("articles.Article", ("draft__body_html", "edition__body_html")),
    ("articles.StaticPage", ("body_html",)),
    ("faq.Topic", ("introduction_html",)),
    ("faq.MoreInfo", ("body_html",)),
)
"""The kinds of text, each with the columns in which a place for a block may stand. Every row has `page_keys`."""


def texts_with(slug: str) -> list[Any]:
    """Return the texts that show the block of this name, or would if there were one."""
    place = insets.opening("contact", slug)
    return [row for label, columns in TEXTS for row in _rows(label, columns, place)]


def _rows(label: str, columns: tuple[str, ...], place: str) -> list[Any]:
    found = Q()
    for column in columns:
        found |= Q(**{f"{column}__contains": place})
    rows: Any = apps.get_model(label)._default_manager
    return list(rows.filter(found).order_by("pk"))
