"""Searches without a result: what is kept of them tells nothing about anybody, and no page writes."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from search.misses import LONGEST, MISSES, Misses, forget_misses
from search.models import Concept, SearchMiss
from search.models.miss import DAYS_UNTIL_SHOWN, KEPT
from tests.factories import make_concept

DAY = dt.date(2026, 3, 1)


@pytest.fixture
def misses(db: None) -> Misses:
    SearchMiss.objects.all().delete()
    return Misses(pause=3600)


def searched(misses: Misses, typed: str, *, days: int, language: str = "en", times: int = 1) -> None:
    """The same query on several days, written down at the end of each."""
    for day in range(days):
        for _each in range(times):
            note(misses, typed, language)
        misses.write(DAY + dt.timedelta(days=day))


def note(misses: Misses, typed: str, language: str = "en") -> bool:
    """Note without the thread that would write it down later."""
    misses._open_batch = lambda: None  # type: ignore[method-assign]  # the test says when
    return misses.note(typed, language)


def test_words_are_kept_and_shown_once_they_were_asked_on_three_days(misses: Misses) -> None:
    searched(misses, "Dengue fever", days=DAYS_UNTIL_SHOWN, times=2)

    row = SearchMiss.objects.open().get()
    assert (row.shown, row.folded, row.language, row.days, row.count) == ("Dengue fever", "dengue fever", "en", 3, 6)


def test_before_that_no_word_of_it_is_anywhere_in_the_table(misses: Misses) -> None:
    searched(misses, "王小明的病", days=DAYS_UNTIL_SHOWN - 1, times=50, language="zh-hant")

    row = SearchMiss.objects.get()
    told = " ".join(str(getattr(row, field.attname)) for field in row._meta.concrete_fields)
    assert (row.shown, row.folded, row.count, "王" in told) == ("", "", 100, False)
    assert not SearchMiss.objects.open().exists()


def test_a_query_in_another_writing_is_the_same_query_and_in_another_language_another(misses: Misses) -> None:
    for typed, language in [("Dengue", "en"), (" ＤＥＮＧＵＥ ", "en"), ("dengue", "zh-hant")]:
        note(misses, typed, language)
    misses.write(DAY)

    assert sorted(SearchMiss.objects.values_list("language", "count")) == [("en", 2), ("zh-hant", 1)]


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "  \u200b ",
        "x" * (LONGEST + 1),
        "0912-345-678",
        "my id A123456789",
        "anna@example.org",
        "電話 02-2312-3456",
    ],
)
def test_what_is_empty_too_long_or_about_a_person_is_not_noted(misses: Misses, typed: str) -> None:
    assert note(misses, typed) is False
    assert misses.write(DAY) == 0


def test_what_a_concept_is_called_by_now_is_not_counted(misses: Misses) -> None:
    make_concept("Dengue")
    note(misses, "dengue")

    assert (misses.write(DAY), SearchMiss.objects.count()) == (0, 0)


def test_a_batch_has_an_end(db: None) -> None:
    small = Misses(most=2)

    assert [note(small, word) for word in ("a", "b", "c", "a")] == [True, True, False, True]


def test_a_search_that_finds_nothing_is_noted_without_a_write(client: Client, db: None) -> None:
    MISSES.forget()
    try:
        client.get("/en/search/?q=zebra+stripes")
        noted = dict(MISSES._counts)
        written = SearchMiss.objects.exists()
    finally:
        MISSES._counts = {}

    assert (noted, written) == ({("zebra stripes", "en"): ("zebra stripes", 1)}, False)


@pytest.mark.parametrize("address", ["/en/search/", "/en/search/?q=", "/en/search/?q=" + "x" * 201])
def test_a_search_for_nothing_is_no_miss(client: Client, db: None, address: str) -> None:
    MISSES.forget()

    client.get(address)

    assert MISSES._counts == {}


def test_it_becomes_a_concept_another_name_or_nothing_and_does_not_come_up_again(misses: Misses) -> None:
    sle = make_concept("SLE")
    for typed, language in [("Dengue", "en"), ("蝴蝶病", "zh-hant"), ("asdf", "en")]:
        searched(misses, typed, days=3, language=language)
    rows = {row.shown: row for row in SearchMiss.objects.open()}

    made = rows["Dengue"].make_concept()
    rows["蝴蝶病"].name(sle)
    rows["asdf"].dismiss()

    assert (made.name_en, made.is_proposal, SearchMiss.objects.open().count()) == ("Dengue", False, 0)
    assert list(Concept.objects.called("蝴蝶病")) == [sle]


def test_what_nobody_repeats_is_forgotten(misses: Misses) -> None:
    today = timezone.localdate()
    for typed, on in [("old", today - KEPT - dt.timedelta(days=1)), ("new", today - KEPT + dt.timedelta(days=2))]:
        note(misses, typed)
        misses.write(on)

    assert (forget_misses(), SearchMiss.objects.count()) == (1, 1)
