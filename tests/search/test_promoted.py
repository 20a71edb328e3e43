"""Results that staff put before all others."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from faq.states import Status
from search.models import Change, Document, PromotedResult, SearchQuery
from search.models.promoted import CHANGED, MOST_PROMOTED
from tests.factories import make_concept, make_promoted, make_question, make_user
from tests.searching import write

pytestmark = pytest.mark.django_db


def make_documents(*keys: str) -> None:
    Document.objects.bulk_create(Document(key=key, kind="question", language="en", title=key) for key in keys)


def first_for(typed: str, language: str = "en") -> list[str]:
    return [document.key for document in PromotedResult.objects.for_query(typed, language)]


def test_they_are_found_by_exactly_the_words_however_they_are_written() -> None:
    make_documents("question:1")
    make_promoted("question:1", "台灣 Dengue")

    found = {
        typed: first_for(typed) for typed in ("台灣 dengue", " 臺灣　ＤＥＮＧＵＥ ", "dengue", "台灣 dengue fever", "")
    }

    assert found == {
        "台灣 dengue": ["question:1"],
        " 臺灣　ＤＥＮＧＵＥ ": ["question:1"],
        "dengue": [],
        "台灣 dengue fever": [],
        "": [],
    }


def test_they_come_in_their_order_on_the_pages_of_their_language() -> None:
    make_documents("question:1", "question:2", "question:3")
    make_promoted("question:1", order=3)
    make_promoted("question:2", language="en", order=1)
    make_promoted("question:3", language="zh-hant", order=2)

    assert (first_for("dengue"), first_for("dengue", "zh-hant")) == (
        ["question:2", "question:1"], ["question:3", "question:1"]
    )  # fmt: skip


def test_what_is_taken_down_is_not_shown_and_comes_back_with_its_place() -> None:
    question, moderator = make_question(Status.PUBLISHED, concepts=[make_concept()]), make_user(role="moderator")
    key = f"question:{question.pk}"
    make_documents("question:0")
    make_promoted(key, order=0)
    make_promoted("question:0", order=1)

    before = first_for("dengue")
    question.unpublish(by=moderator, reason="a test")
    during = first_for("dengue")
    question.publish(by=moderator)

    assert (before, during, first_for("dengue")) == ([key, "question:0"], ["question:0"], [key, "question:0"])


def test_whoever_promotes_settles_the_search_and_says_that_results_changed() -> None:
    make_documents("question:1")
    write("Dengue")
    write("dengue", language="zh-hant")
    last = Change.objects.order_by("number").last()

    is_new = PromotedResult.objects.promote("DENGUE", "en", "question:1", by=make_user())

    row, changes = PromotedResult.objects.get(), Change.objects.filter(number__gt=last.number if last else 0)
    assert (is_new, row.shown, row.folded) == (True, "DENGUE", "dengue")
    assert list(changes.values_list("key", flat=True)) == [CHANGED]
    assert list(SearchQuery.objects.open().values_list("language", flat=True)) == ["zh-hant"]


def test_each_is_promoted_once_and_no_more_than_enough() -> None:
    keys = [f"question:{number}" for number in range(MOST_PROMOTED + 1)]
    make_documents(*keys)
    user = make_user()

    promoted = [PromotedResult.objects.promote("dengue", "", key, by=user) for key in [keys[0], *keys]]

    assert promoted == [True, False, *[True] * (MOST_PROMOTED - 1), False]
    assert first_for("dengue") == keys[:MOST_PROMOTED]


def test_they_are_moved_and_taken_off_and_each_change_is_told() -> None:
    make_documents("question:1", "question:2", "question:3")
    rows = [make_promoted(f"question:{number}", order=number) for number in (1, 2, 3)]
    seen = []

    for place, step in [(2, -1), (0, -1), (2, -1), (1, 0)]:
        number = Change.objects.filter(key=CHANGED).count()
        rows[place].move(step=step) if step else rows[place].demote()
        seen.append((first_for("dengue"), Change.objects.filter(key=CHANGED).count() - number))

    one, two, three = (f"question:{number}" for number in (1, 2, 3))
    assert seen == [([one, three, two], 1), ([one, three, two], 0), ([three, one, two], 1), ([three, one], 1)]


def test_a_query_without_any_costs_one_statement(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        first_for("dengue")
    for number in (1, 2, 3):
        make_documents(f"question:{number}")
        make_promoted(f"question:{number}")
    with django_assert_num_queries(2):
        first_for("dengue")


@settings(deadline=None)
@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=300))
def test_no_query_breaks_it(typed: str) -> None:
    assert first_for(typed) == []
