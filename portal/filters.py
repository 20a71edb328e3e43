"""What results can be narrowed by, each with how many of the first results it would leave."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from faq.choices import CareLevel
from people.dates import shown_year
from people.languages import Language
from people.models import Department
from portal.asked import Asked
from search.finding import Hit
from search.index.schema import checksum

KINDS: Final = {
    "question": _("Questions"),
    "topic": _("FAQ topics"),
    "article": _("Articles"),
    "physician": _("Physicians"),
    "department": _("Departments"),
    "concept": _("Terms"),
    "page": _("Pages"),
}
TITLES: Final = {
    "department": _("Department"),
    "language": _("Language"),
    "year": _("Year"),
    "care": _("How soon to see a doctor"),
}
ANY: Final = {
    "department": _("Every department"),
    "language": _("Every language, this one first"),
    "year": _("Every year"),
    "care": _("Whatever was advised"),
}


@dataclass(frozen=True)
class Choice:
    """One value of a filter: what it is called, how many of the first results have it, where it leads."""

    value: str
    label: Any
    number: int
    address: str
    is_chosen: bool


@dataclass(frozen=True)
class Filter:
    """One filter: the name of its parameter, its title, its values; what none of them is called, and its address."""

    name: str
    title: Any
    choices: list[Choice]
    any_label: Any
    any_address: str

    @property
    def chosen(self) -> Choice | None:
        """The value that was chosen."""
        return next((choice for choice in self.choices if choice.is_chosen), None)


def kinds_of(asked: Asked, counted: Sequence[Hit]) -> list[Choice]:
    """The kinds that were found, and the chosen one."""
    return _choices(asked, "kind", KINDS.items(), Counter(hit.facets.kind for hit in _fitting(asked, "kind", counted)))


def filters_of(
    asked: Asked, counted: Sequence[Hit], everything: Sequence[Hit], departments: Iterable[Department]
) -> list[Filter]:
    """The filters that have something to choose from, besides the kinds.

    `counted` are the first hits in the languages of the list, `everything` in all of them.
    """
    populations = {name: everything if name == "language" else counted for name in TITLES}
    numbers = {name: Counter(_values(name, _fitting(asked, name, hits))) for name, hits in populations.items()}
    by_checksum = {str(checksum(department.slug)): department for department in departments}
    years = {*numbers["year"], asked.narrowing.year}
    labels: dict[str, Iterable[tuple[str, Any]]] = {
        "department": [(department.slug, department.name) for department in by_checksum.values()],
        "language": Language.choices,
        "year": [(year, shown_year(year)) for year in sorted(years - {"", "0"}, reverse=True)],
        "care": CareLevel.choices,
    }
    numbers["department"] = Counter(
        {by_checksum[value].slug: number for value, number in numbers["department"].items() if value in by_checksum}
    )
    choices = {name: _choices(asked, name, labels[name], numbers[name]) for name in TITLES}
    every = [Filter(name, TITLES[name], choices[name], ANY[name], asked.narrowed(name)) for name in TITLES]
    return [each for each in every if len(each.choices) > 1 or each.chosen]


def _choices(asked: Asked, name: str, labels: Iterable[tuple[str, Any]], numbers: "Counter[str]") -> list[Choice]:
    chosen = asked.narrowing.chosen.get(name)
    return [
        Choice(value, label, numbers[value], asked.narrowed(name, value), value == chosen)
        for value, label in labels
        if numbers[value] or value == chosen
    ]


def _fitting(asked: Asked, name: str, counted: Sequence[Hit]) -> list[Hit]:
    """The hits that fit all other filters: what choosing another value of this one would leave."""
    others = asked.narrowing.altered(name)
    return [hit for hit in counted if others.fits(hit.facets)]


def _values(name: str, hits: Iterable[Hit]) -> list[str]:
    attribute = "care_level" if name == "care" else name
    return [str(getattr(hit.facets, attribute)) for hit in hits]
