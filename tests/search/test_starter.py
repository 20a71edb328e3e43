"""The vocabulary that a new house begins with: concepts written for this project, in both languages."""

import csv
import re
from collections import defaultdict
from pathlib import Path
from typing import Final

import pytest
from django.conf import settings

from search.models import Concept
from search.models.concept import folded_name

STARTER: Final = Path(settings.BASE_DIR) / "search" / "starter" / "concepts.csv"
HEADER: Final = ["key", "kind", "name_en", "name_zh_hant", "aliases_en", "aliases_zh_hant"]
LIMIT: Final = 120

# Big5 has the characters that Taiwan writes and hardly a simplified one. Those that it lacks and we need:
BEYOND_BIG5: Final = set("酶瘻疱碸")
# and simplified ones that it has all the same, as rare characters of another meaning.
SIMPLIFIED_IN_BIG5: Final = set("体气痒种适虫价蜡腊听几后丰")

Row = dict[str, str]


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    """Return the rows of the file, in its order."""
    with STARTER.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def aliases(row: Row) -> list[str]:
    """Return the aliases of both languages."""
    return [alias for cell in (row["aliases_en"], row["aliases_zh_hant"]) for alias in cell.split("|") if cell]


def names(row: Row) -> list[str]:
    """Return all that one row is called."""
    return [row["name_en"], row["name_zh_hant"], *aliases(row)]


def is_simplified(character: str) -> bool:
    """Say whether Taiwan would not write this character."""
    beyond = character.encode("cp950", errors="ignore") == b"" and character not in BEYOND_BIG5
    return beyond or character in SIMPLIFIED_IN_BIG5


def test_the_file_has_its_header_and_more_than_four_hundred_concepts(rows: list[Row]) -> None:
    header = STARTER.read_text(encoding="utf-8").splitlines()[0]

    assert header == ",".join(HEADER)
    assert len(rows) >= 430


def test_every_row_has_six_cells(rows: list[Row]) -> None:
    odd = [row for row in rows if list(row) != HEADER or None in row.values()]

    assert odd == []


def test_every_kind_is_one_of_the_models_and_every_kind_occurs(rows: list[Row]) -> None:
    kinds = {row["kind"] for row in rows}

    assert kinds == set(Concept.Kind.values)


def test_keys_are_lower_case_slugs_once_each_and_in_order(rows: list[Row]) -> None:
    keys = [row["key"] for row in rows]

    odd = [key for key in keys if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key)]

    assert odd == []
    assert keys == sorted(set(keys))


def test_every_concept_is_named_in_both_languages(rows: list[Row]) -> None:
    unnamed = [row["key"] for row in rows if not row["name_en"] or not row["name_zh_hant"]]

    assert unnamed == []


def test_no_two_concepts_share_a_name_however_it_is_written(rows: list[Row]) -> None:
    called = defaultdict(set)
    for row in rows:
        for name in names(row):
            called[folded_name(name)].add(row["key"])

    shared = {name: keys for name, keys in called.items() if len(keys) > 1}

    assert shared == {}


def test_names_are_trimmed_not_empty_and_fit_the_column(rows: list[Row]) -> None:
    odd = [name for row in rows for name in names(row) if name != " ".join(name.split()) or not 0 < len(name) <= LIMIT]

    assert odd == []


def test_no_name_is_a_lone_sign_or_latin_letter(rows: list[Row]) -> None:
    lone = [name for row in rows for name in names(row) if len(name) == 1 and not "一" <= name <= "鿿"]

    assert lone == []


def test_chinese_is_written_as_in_taiwan(rows: list[Row]) -> None:
    chinese = [name for row in rows for name in (row["name_zh_hant"], *row["aliases_zh_hant"].split("|"))]

    simplified = [name for name in chinese if any(is_simplified(character) for character in name)]

    assert simplified == []


@pytest.mark.parametrize("word", ["气喘", "搔痒", "高血压", "B 型肝炎病毒携带者"])
def test_a_simplified_word_would_be_seen(word: str) -> None:
    assert any(is_simplified(character) for character in word)


def test_english_has_no_chinese_characters(rows: list[Row]) -> None:
    english = [name for row in rows for name in (row["name_en"], *row["aliases_en"].split("|"))]

    mixed = [name for name in english if re.search(r"[一-鿿]", name)]

    assert mixed == []


def test_shown_english_names_begin_as_a_sentence_does(rows: list[Row]) -> None:
    """Sentence case."""
    odd = [row["name_en"] for row in rows if row["name_en"][0].islower()]

    assert odd == []
