"""No name of the starter vocabulary was taken from the queries by which the order of results is measured."""

import csv
import gzip
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from search.importing import STARTER
from tests.relevance.sets import SETS
from tests.shared_data import FOLDER, shared_data
from text.fold import fold
from text.han import simplified

COLUMNS = ("aliases_en", "aliases_zh_hant")
_LATIN = re.compile(r"[a-z0-9]")


def aliases() -> dict[str, str]:
    """Every alias of the vocabulary that Wenyi brings, by its folded and simplified form."""
    with STARTER.open(encoding="utf-8", newline="") as file:
        written = [name for row in csv.DictReader(file) for column in COLUMNS for name in row[column].split("|")]
    return {_form(name): name for name in written if name}


def only_asked(names: Iterable[str], queries: Iterable[str], texts: Iterable[str]) -> set[str]:
    """The names that occur in queries and in none of the texts."""
    asked = "\n".join(queries)
    left = {name for name in names if is_in(name, asked)}
    for text in texts:
        left -= {name for name in left if is_in(name, text)}
    return left


def is_in(name: str, text: str) -> bool:
    """Whether a text has a name; one in Latin letters as words of their own."""
    if name not in text:
        return False
    before = r"(?<![a-z0-9])" if _LATIN.match(name[0]) else ""
    behind = r"(?![a-z0-9])" if _LATIN.match(name[-1]) else ""
    return re.search(f"{before}{re.escape(name)}{behind}", text) is not None


def test_no_alias_occurs_in_a_query_file_alone() -> None:
    shared_data("threads_zh.jsonl.gz")
    known = aliases()

    found = only_asked(known, _queries(), _texts())

    assert sorted(known[form] for form in found) == []


@pytest.mark.parametrize(
    ("queries", "texts", "found"),
    [
        (["肝炎怎麼辦", "gout"], ["I have gout", "胃炎"], {"肝炎"}),
        (["肝炎怎麼辦", "gout"], ["肝炎", "gout"], set()),
        ([], ["肝炎"], set()),
        (["gouty feet", "pharmd"], [], set()),
        (["my gout?"], ["gouty"], {"gout"}),
    ],
)
def test_a_name_that_only_queries_have_is_found(queries: list[str], texts: list[str], found: set[str]) -> None:
    assert only_asked(["肝炎", "gout", "asthma"], queries, texts) == found


def _form(text: str) -> str:
    return simplified(fold(text))


def _queries() -> Iterator[str]:
    for name in dict.fromkeys(each.name for each in SETS):
        yield from (_form(row["text"]) for row in _rows(FOLDER / name / "queries.jsonl"))


def _texts() -> Iterator[str]:
    """The texts that are searched, and all threads: what people write anyway."""
    for name in dict.fromkeys(each.name for each in SETS):
        yield from (_form(f"{row['title']}\n{row['text']}") for row in _rows(FOLDER / name / "corpus.jsonl"))
    for name in ("threads_en.jsonl.gz", "threads_zh.jsonl.gz", "faq_en_medquad.jsonl.gz"):
        yield from (_form("\n".join(_strings(row))) for row in _rows(FOLDER / name))


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from _strings(each)
    elif isinstance(value, str):
        yield value
