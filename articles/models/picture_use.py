"""Where a picture is used: looked up in what is stored, when somebody asks, never in a list.

Models by name: articles stand on pictures. A look reads each kind of text once (measured: a fifth of a second over
2,000 articles and 2,000 pages on SQLite); it is done on a picture's own page and when its words change. Versions of an
article that nobody sees any more count only where they have it on top, which the database itself protects.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.apps import apps
from django.db.models import Model, Q, TextField
from django.db.models.functions import Cast

from text import insets

SHOWN: Final = 50
"""How many uses of one kind are named. Deleting asks for any, not for all."""


@dataclass(frozen=True)
class Use:
    """A text that shows a picture, and the keys of the pages that show the text."""

    text: Model
    keys: frozenset[str]


def uses_of(number: int, limit: int = SHOWN) -> list[Use]:
    """The texts that show the picture of this number now, at most `limit` of each kind."""
    place = insets.opening("picture", str(number))
    return [use for found in (_articles, _pages, _topics, _more_infos) for use in found(number, place, limit)]


def _articles(number: int, place: str, limit: int) -> Iterator[Use]:
    """On top or in the text: of what readers see, and of what editors write at."""
    rows: Any = apps.get_model("articles.Article")._default_manager
    on_top = Q(hero=number) | Q(edition__hero=number)
    within = Q(draft__body_html__contains=place) | Q(edition__body_html__contains=place)
    answers = Q(drafted__contains=place) | Q(shown__contains=place)
    rows = rows.annotate(drafted=_words_of("draft__entries"), shown=_words_of("edition__entries"))
    for row in rows.filter(on_top | within | answers).order_by("-pk")[:limit]:
        yield Use(row, frozenset({row.text_key}))


def _words_of(entries: str) -> Cast:
    """A list of FAQ entries as the text in which it is stored."""
    return Cast(entries, TextField())


def _pages(number: int, place: str, limit: int) -> Iterator[Use]:
    rows: Any = apps.get_model("articles.StaticPage")._default_manager
    for row in rows.filter(body_html__contains=place).order_by("-pk")[:limit]:
        yield Use(row, frozenset({f"page:{row.slug}"}))


def _topics(number: int, place: str, limit: int) -> Iterator[Use]:
    rows: Any = apps.get_model("faq.Topic")._default_manager
    found = rows.filter(introduction_html__contains=place).select_related("concept", "department").order_by("-pk")
    for row in found[:limit]:
        yield Use(row, frozenset({f"topic:{row.pk}"}))


def _more_infos(number: int, place: str, limit: int) -> Iterator[Use]:
    rows: Any = apps.get_model("faq.MoreInfo")._default_manager
    for row in rows.filter(body_html__contains=place).select_related("question").order_by("-pk")[:limit]:
        yield Use(row, frozenset({f"question:{row.question_id}"}))
