"""What a reader narrows a search by."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.index.schema import Facets, checksum
from search.models import Document
from search.narrowing import NAMES, Narrowing

FACETS = Facets("question", "en", checksum("skin"), 2011, "urgent", False)
FITTING = {"kind": "question", "language": "en", "department": "skin", "year": "2011", "care": "urgent"}


def test_what_is_known_is_read_and_the_rest_is_told() -> None:
    typed = {"kind": "question", "department": "skin", "language": "de", "year": "20", "care": "", "q": "x"}

    assert Narrowing.read(typed, {"skin"}) == (Narrowing(kind="question", department="skin"), ["de", "20"])


@given(st.dictionaries(st.sampled_from(NAMES), st.text(max_size=60)))
def test_nothing_that_is_typed_is_an_error(typed: dict[str, str]) -> None:
    narrowing, unknown = Narrowing.read(typed, {"skin"})

    assert len(narrowing.chosen) + len(unknown) == sum(map(bool, typed.values()))


@pytest.mark.parametrize("name", NAMES)
def test_each_value_is_a_condition(name: str) -> None:
    other = {**FITTING, "kind": "topic", "language": "zh-hant", "department": "heart", "year": "2012", "care": "soon"}

    assert Narrowing(**FITTING).fits(FACETS)
    assert not Narrowing(**{**FITTING, name: other[name]}).fits(FACETS)
    assert Narrowing(**FITTING).altered(name).fits(FACETS)


def test_the_index_and_the_database_know_the_same_conditions(db: None) -> None:
    row = Document.objects.create(
        key="question:1", kind="question", language="en", department="skin", listed_on=dt.date(2011, 5, 1),
        care_level="urgent",
    )  # fmt: skip
    Document.objects.create(key="question:2", kind="question", language="en")

    assert list(Document.objects.filter(Narrowing(**FITTING).condition)) == [row]
    assert {term for terms in Narrowing(**FITTING).terms for term in terms} == set(Facets.of(row).terms())
