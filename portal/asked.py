"""What an address of the search asks for: words, what they are narrowed by, order, page."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.encoding import iri_to_uri
from django.utils.translation import override

from search.narrowing import Narrowing
from search.query import LONGEST, Query, parse
from text.clean import clean_line

NEWEST: Final = "newest"
EVERYTHING: Final = Narrowing()
_SHOWN: Final = 40
"""Characters of an order that does not exist that are shown to who typed it."""


@dataclass(frozen=True)
class Asked:
    """An address of the search. `unknown` are values in it that mean nothing and were left out."""

    typed: str
    narrowing: Narrowing = EVERYTHING
    newest: bool = False
    cursor: str = ""
    unknown: tuple[str, ...] = ()

    @classmethod
    def read(cls, query: QueryDict, departments: Collection[str]) -> "Asked":
        """Read the parameters of an address; of one that is repeated the last counts. Nothing in it is an error."""
        narrowing, unknown = Narrowing.read(query, departments)
        order = query.get("order", "")
        if order not in ("", NEWEST):
            unknown.append(clean_line(order)[:_SHOWN])
        shown = tuple(filter(None, unknown))
        return cls(query.get("q", ""), narrowing, order == NEWEST, query.get("after", ""), shown)

    @cached_property
    def query(self) -> Query:
        """What was typed, taken apart; empty where it is too long."""
        return Query("") if self.is_too_long else parse(self.typed)

    @property
    def is_too_long(self) -> bool:
        """Whether it is a story and no query."""
        return len(self.typed) > LONGEST

    @property
    def parameters(self) -> dict[str, str]:
        """What makes the same search again, from its first page."""
        order = {"order": NEWEST} if self.newest else {}
        return {"q": self.typed, **self.narrowing.chosen, **order}

    def at(self, cursor: str) -> str:
        """The address of another page of the same results."""
        return _address("search", self.parameters | ({"after": cursor} if cursor else {}))

    @property
    def address(self) -> str:
        """The address of the first page of its results."""
        return self.at("")

    def narrowed(self, name: str, value: str = "") -> str:
        """The address of the same search with another value of one filter, without it by default."""
        return replace(self, narrowing=self.narrowing.altered(name, value)).at("")

    @property
    def every_kind(self) -> str:
        """The address of the same results of every kind."""
        return self.narrowed("kind")

    @property
    def alone(self) -> str:
        """The address of the same words without any filter."""
        return replace(self, narrowing=EVERYTHING).at("")

    @property
    def plain(self) -> str:
        """The address of the same words without their quotes, and without what was not to occur."""
        return replace(self, typed=self.query.plain).at("")

    @property
    def other_order(self) -> str:
        """The address of the same results in the other order."""
        return replace(self, newest=not self.newest).at("")

    @property
    def feed(self) -> str:
        """The address of the newest of the same results as a feed."""
        return _address("search_feed", replace(self, newest=False).parameters)

    def under(self, prefix: str) -> str:
        """The address of the same search on the pages of a language."""
        with override(prefix):
            return self.at("")


def _address(name: str, parameters: dict[str, str]) -> str:
    given = {key: value for key, value in parameters.items() if value}
    return iri_to_uri(reverse(name)) + (f"?{urlencode(given)}" if given else "")
