"""What a reader narrows a search by: kind, department, language, year, care level, at most one value of each."""

from collections.abc import Container, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

from django.db.models import Q

from search.index.schema import CARE_LEVELS, KINDS, LANGUAGES, Facets, checksum
from text.clean import clean_line

NAMES: Final = ("kind", "department", "language", "year", "care")
"""The names of the parameters in an address."""
YEARS: Final = frozenset(map(str, range(1900, 2200)))
_LONGEST_SHOWN: Final = 40
"""Characters of an unknown value that are shown to who typed it."""


@dataclass(frozen=True)
class Narrowing:
    """The values that documents must have; an empty one lets all pass. `department` is its address name."""

    kind: str = ""
    department: str = ""
    language: str = ""
    year: str = ""
    care: str = ""

    def __bool__(self) -> bool:
        return bool(self.chosen)

    @classmethod
    def read(cls, typed: Mapping[str, Any], departments: Container[str]) -> "tuple[Narrowing, list[str]]":
        """Read an address; also returns the values that mean nothing, which are left out."""
        known: dict[str, Container[str]] = {
            "kind": KINDS[1:],
            "department": departments,
            "language": LANGUAGES[1:],
            "year": YEARS,
            "care": CARE_LEVELS[1:],
        }
        values = {name: str(typed.get(name, "")) for name in NAMES}
        chosen = {name: value for name, value in values.items() if value and value in known[name]}
        unknown = [
            clean_line(value)[:_LONGEST_SHOWN] for name, value in values.items() if value and name not in chosen
        ]
        return cls(**chosen), unknown

    @property
    def chosen(self) -> dict[str, str]:
        """The values that were chosen, by the names of their parameters."""
        return {name: value for name, value in asdict(self).items() if value}

    @property
    def terms(self) -> list[list[str]]:
        """The conditions in the words of the index: alternatives within, conditions between."""
        own = {**self.chosen, "department": str(checksum(self.department)) if self.department else ""}
        return [[f"{name}:{value}"] for name, value in own.items() if value]

    @property
    def condition(self) -> Q:
        """The conditions on rows of `Document`, for the time without an index."""
        columns = {"care": "care_level", "year": "listed_on__year"}
        return Q(**{columns.get(name, name): value for name, value in self.chosen.items()})

    def fits(self, facets: Facets) -> bool:
        """Whether a document of the index has all the values."""
        return (
            self.kind in ("", facets.kind)
            and self.language in ("", facets.language)
            and self.care in ("", facets.care_level)
            and self.year in ("", str(facets.year))
            and (not self.department or checksum(self.department) == facets.department)
        )

    def altered(self, name: str, value: str = "") -> "Narrowing":
        """The same with another value of one name, without any by default."""
        return replace(self, **{name: value})
