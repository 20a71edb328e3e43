"""What each medical specialty is about: what a department begins with that has answered nothing yet.

The list stands in starter/specialties.csv: the names that hospitals give a specialty, everyday words that patients
use for what it looks after, and concepts of the vocabulary that Wenyi brings. It was written for Wenyi, from what the
departments of a hospital treat, and is the same for every house.
"""

import csv
from collections.abc import Container, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from search.importing import STARTER
from search.sheets import read
from text.cutting import segment, words
from text.stop_words import telling

SPECIALTIES: Final = Path(__file__).parent / "starter" / "specialties.csv"


@dataclass(frozen=True)
class Specialty:
    """A specialty: its names and words in both languages, and the keys of its concepts in the vocabulary.

    `otherwise` is the key of the one that stands in for it in a house that has no such department: internal medicine
    for nephrology.
    """

    key: str
    otherwise: str
    names: tuple[str, ...]
    words: tuple[str, ...]
    concepts: tuple[str, ...]

    def texts(self) -> Iterator[str]:
        """Each of its names and words, and the names of its concepts."""
        yield from self.names
        yield from self.words
        for key in self.concepts:
            yield from _concept_names().get(key, ())


@cache
def specialties() -> tuple[Specialty, ...]:
    """Every specialty of the list."""
    with SPECIALTIES.open(encoding="utf-8", newline="") as file:
        return tuple(
            Specialty(
                row["key"],
                row["otherwise"],
                (*row["names_en"].split("|"), *row["names_zh_hant"].split("|")),
                (*row["words_en"].split("|"), *row["words_zh_hant"].split("|")),
                tuple(row["concepts"].split("|")),
            )
            for row in csv.DictReader(file)
        )


def specialties_called(*names: str) -> list[Specialty]:
    """The specialties of a department with these names: those that are called so, else those whose names are in them.

    "Obstetrics & Gynaecology" is Obstetrics and Gynecology, and "Urology and Sexual Health" is Urology.
    """
    wanted = {form for name in names if (form := _form(name))}
    called = [each for each, forms in _forms() if forms & wanted]
    return called or [each for each, forms in _forms() if any(_holds(name, form) for name in wanted for form in forms)]


def standing_in(specialty: Specialty, present: Container[str]) -> str:
    """The key of the first of `present` that stands in for a specialty: itself if it is there; empty for none."""
    others = {each.key: each.otherwise for each in specialties()}
    key = specialty.key
    while key and key not in present:
        key = others[key]
    return key


@cache
def _forms() -> tuple[tuple[Specialty, frozenset[str]], ...]:
    return tuple((each, frozenset(map(_form, each.names))) for each in specialties())


def _form(name: str) -> str:
    """A name without what does not tell: its words, stemmed, in their order."""
    return " ".join(telling(words(segment(name))))


def _holds(name: str, form: str) -> bool:
    return f" {form} " in f" {name} "


@cache
def _concept_names() -> dict[str, tuple[str, ...]]:
    """The names of the concepts that Wenyi brings, by their keys: the seeds do not need them in the database."""
    entries = [line.entry for line in read(STARTER.read_bytes())]
    return {
        each.key: tuple(filter(None, (each.name_en, each.name_zh_hant, *each.aliases_en, *each.aliases_zh_hant)))
        for each in entries
    }
