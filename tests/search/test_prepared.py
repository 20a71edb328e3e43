"""Queries that are compiled once give what Django gives, for every value and on every database."""

from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from search.models import Concept
from search.prepared import Part, Prepared
from tests.factories import make_concept

pytestmark = pytest.mark.django_db


def kind_of(number: int, others: tuple[int, ...]) -> QuerySet[Any, Any]:
    """Those of `others` that came after a concept, by its number."""
    return Concept.objects.filter(pk__gt=number, pk__in=others).order_by("pk").values_list("pk", "name_en")


def prepared() -> Prepared:
    """Such a query for up to three others."""
    return Prepared(Concept, kind_of, names=("number",), lists={"others": 3})


def test_a_prepared_query_gives_for_each_value_what_django_gives() -> None:
    first, second, third = (make_concept(name) for name in ("Lupus", "Fever", "Cough"))
    query = prepared()

    found = [query.rows(number=each.pk, others=[first.pk, second.pk, third.pk]) for each in (first, second, third)]

    assert found == [[(second.pk, "Fever"), (third.pk, "Cough")], [(third.pk, "Cough")], []]


def test_a_list_may_be_shorter_than_its_greatest_length_or_empty() -> None:
    first, second = make_concept("Lupus"), make_concept("Fever")
    query = prepared()

    assert query.rows(number=0, others=[second.pk]) == [(second.pk, "Fever")]
    assert query.rows(number=0, others=[]) == []
    assert query.rows(number=0, others=[first.pk]) == [(first.pk, "Lupus")]


def test_a_list_that_is_too_long_is_refused_and_not_cut() -> None:
    with pytest.raises(ValueError, match="others has 4 values, at most 3 fit"):
        prepared().rows(number=0, others=[1, 2, 3, 4])


def test_the_second_time_nothing_is_compiled_and_one_query_is_asked() -> None:
    made = []

    def counted(number: int, others: tuple[int, ...]) -> QuerySet[Any, Any]:
        made.append(number)
        return kind_of(number, others)

    query = Prepared(Concept, counted, names=("number",), lists={"others": 3})
    with CaptureQueriesContext(connection) as asked:
        query.rows(number=1, others=[1])
        query.rows(number=2, others=[2])

    assert (len(made), len(asked)) == (1, 2)


def test_a_part_makes_a_row_of_its_columns_and_reads_the_others_when_they_are_wanted() -> None:
    concept = make_concept("Lupus", kind=Concept.Kind.DISEASE)
    part = Part(Concept, "name_en", "id")
    values = Concept.objects.filter(pk=concept.pk).values_list(*part.paths, "kind").get()

    row = part.row(values)
    with CaptureQueriesContext(connection) as free:
        known = (row.pk, row.name_en)
    with CaptureQueriesContext(connection) as asked:
        later = row.kind

    assert (known, later, len(free), len(asked)) == ((concept.pk, "Lupus"), Concept.Kind.DISEASE, 0, 1)


def test_a_part_that_an_outer_join_did_not_find_is_no_row() -> None:
    part = Part(Concept, "id", "name_en", through="merged_into")

    assert part.paths == ["merged_into__id", "merged_into__name_en"]
    assert part.row_if_any([None, None]) is None
