"""What readers search for: what is kept of it tells nothing about anybody, and no page writes."""

import datetime as dt
import json
from importlib import import_module
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models import F
from django.test import Client
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from search.forgetting import SETTLED_FOR, forget_searches
from search.models import Concept, Document, SearchDay, SearchPlace, SearchQuery, WantedTopic
from search.models.searched import LONGEST
from search.places import ENOUGH, MOST, STEP, VALUES, WINDOW, Place, kept_until, network_of, periods_of, places_of
from search.searches import SEARCHES, Searches
from tests.factories import make_concept, make_question, make_user
from tests.searching import DAY, addresses, ask, kept, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def searches() -> Searches:
    return Searches(pause=3600)


@pytest.fixture(autouse=True)
def _no_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test says when something is written."""
    monkeypatch.setattr(Searches, "_open_batch", lambda _self: None)


def words_in_the_database() -> str:
    """Every value of every row that is kept of searches."""
    rows = [row for model in (SearchQuery, SearchDay, SearchPlace) for row in model.objects.values()]
    return json.dumps(rows, default=str, ensure_ascii=False)


def test_words_are_kept_once_three_places_have_asked(searches: Searches) -> None:
    ask(searches, "Dengue fever", places=ENOUGH, results=0, on=DAY)

    row = SearchQuery.objects.get()
    assert (row.shown, row.folded, row.language, row.count, row.misses, row.results) == (
        "Dengue fever", "dengue fever", "en", 3, 3, 0
    )  # fmt: skip
    assert row.kept_until == DAY + dt.timedelta(days=WINDOW)


def test_before_that_no_word_of_it_is_anywhere(searches: Searches) -> None:
    ask(searches, "王小明的病", places=ENOUGH - 1, language="zh-hant", on=DAY)
    ask(searches, "王小明的病", places=ENOUGH - 1, language="zh-hant", on=DAY + dt.timedelta(days=1))

    row = SearchQuery.objects.get()
    assert (row.shown, row.folded, row.count, row.kept_until) == ("", "", 4, None)
    assert "王" not in words_in_the_database()


def test_one_place_that_asks_every_day_for_two_months_stays_one_place(searches: Searches) -> None:
    seen = set()
    for day in range(60):
        ask(searches, "my secret", places=1, on=DAY + dt.timedelta(days=day))
        seen.add(kept("my secret"))

    assert seen == {""}


def test_words_go_with_everything_when_the_third_place_is_too_long_ago(searches: Searches) -> None:
    ask(searches, "dengue", places=ENOUGH, on=DAY)
    seen = []
    for days in (WINDOW - 1, WINDOW):
        forget_searches(DAY + dt.timedelta(days=days))
        seen.append((kept("dengue"), SearchDay.objects.count(), SearchPlace.objects.exists()))

    assert seen == [("dengue", 1, True), ("", 0, False)]
    assert not SearchQuery.objects.exists()


def test_words_are_seen_no_longer_also_where_the_worker_is_away(searches: Searches) -> None:
    today = timezone.localdate()
    for words, days in [("over", WINDOW), ("current", WINDOW - 1)]:
        ask(searches, words, places=ENOUGH, on=today - dt.timedelta(days=days))

    assert [row.shown for row in SearchQuery.objects.open()] == ["current"]


def test_two_that_ask_again_do_not_keep_the_words_of_three(searches: Searches) -> None:
    later = DAY + dt.timedelta(days=WINDOW)
    ask(searches, "dengue", places=ENOUGH, on=DAY)
    ask(searches, "dengue", places=ENOUGH - 1, on=later)

    assert kept("dengue") == ""


@settings(deadline=None, max_examples=50)
@given(st.lists(st.tuples(st.integers(0, 80), st.integers(0, 5)), max_size=30))
def test_words_are_never_there_without_three_networks_within_thirty_days(visits: list[tuple[int, int]]) -> None:
    SearchQuery.objects.all().delete()
    people = addresses("dengue", 6)
    asked: list[tuple[int, int]] = []

    for day, person in sorted(visits):
        ask(Searches(pause=3600), "dengue", from_=[people[person]], on=DAY + dt.timedelta(days=day))
        asked.append((day, person))
        within = {each for when, each in asked if day - when < WINDOW}
        close = {each for when, each in asked if day - when < STEP}

        assert len(within) >= ENOUGH or kept("dengue") == ""
        assert len(close) < ENOUGH or kept("dengue") == "dengue"


@settings(deadline=None)
@given(st.ip_addresses().map(str) | st.text(max_size=40), st.text(max_size=20), st.dates())
def test_a_place_is_one_of_256_and_another_one_for_other_words_or_under_another_key(
    address: str, what: str, on: dt.date
) -> None:
    places = places_of(address, what, on)

    assert {place.period for place in places} == set(periods_of(on))
    assert all(0 <= place.number < VALUES for place in places)


def test_no_key_lives_longer_than_thirty_days() -> None:
    days: dict[int, list[dt.date]] = {}
    for number in range(200):
        for period in periods_of(DAY + dt.timedelta(days=number)):
            days.setdefault(period, []).append(DAY + dt.timedelta(days=number))

    assert max(len(each) for each in days.values()) == WINDOW


def test_a_household_is_one_place_and_what_is_no_address_another() -> None:
    names = ["2001:db8::1", "2001:db8::2", "2001:db8:0:1::1", "::ffff:192.0.2.1", "192.0.2.1", "fe80::1%eth0"]

    assert len({network_of(name) for name in names}) == 4
    assert {network_of(odd) for odd in ("", "unix:", "192.0.2", "a" * 99)} == {""}


def test_of_places_under_different_keys_nobody_knows_whether_they_are_the_same() -> None:
    seen = [(Place(period, 1), DAY) for period in range(5)]

    assert kept_until(seen) is None


def test_no_more_places_are_kept_than_are_needed(searches: Searches) -> None:
    ask(searches, "dengue", from_=[f"10.0.0.{number}" for number in range(100)], on=DAY)

    assert (SearchPlace.objects.count(), SearchQuery.objects.get().count) == (2 * MOST, 100)


def test_a_query_in_another_writing_is_the_same_query_and_in_another_language_another(searches: Searches) -> None:
    for place, (typed, language) in enumerate([("Dengue", "en"), (" ＤＥＮＧＵＥ ", "en"), ("dengue", "zh-hant")]):
        searches.note(typed, language, results=1, place=f"192.0.2.{place}")
    searches.write(DAY)

    assert sorted(SearchQuery.objects.values_list("language", "count")) == [("en", 2), ("zh-hant", 1)]


NAMES = st.sampled_from(["Anna Miller", "王小明", "Nguyễn Thị Mai", "歐陽娜娜"])
TITLED = st.builds(lambda name: f"{name}先生", st.sampled_from("陳林黃張"))
NUMBERS = st.sampled_from(["A123456789", "0912-345-678", "02-2312-3456", "anna@example.org", "+886 912 345 678"])
BIRTHDAYS = st.dates(dt.date(1900, 1, 1)).map(lambda day: day.strftime("%Y/%m/%d"))


@settings(deadline=None)
@given(
    st.sampled_from(["", "my id ", "電話 ", "call "]),
    NUMBERS | BIRTHDAYS | TITLED | st.builds("my name is {}".format, NAMES),
)
def test_what_the_guard_finds_is_never_written_however_many_ask(before: str, secret: str) -> None:
    SearchQuery.objects.all().delete()
    searches = Searches(pause=3600)

    typed, people = before + secret, [f"10.0.0.{number}" for number in range(9)]
    noted = [searches.note(typed, "en", results=0, place=place) for place in people]
    noted += [searches.click(typed, "en", key="question:1", position=1, place=place) for place in people]
    searches.write(DAY)

    assert (set(noted), SearchQuery.objects.count(), searches._counts) == ({False}, 0, {})


@settings(deadline=None)
@given(NAMES, st.sampled_from(["en", "zh-hant"]))
def test_a_bare_name_is_never_written_while_fewer_than_three_places_ask_for_it(name: str, language: str) -> None:
    SearchQuery.objects.all().delete()
    for day in range(5):
        ask(Searches(pause=3600), name, places=ENOUGH - 1, language=language, on=DAY + dt.timedelta(days=day))

    assert name not in words_in_the_database()
    assert name.casefold() not in words_in_the_database()


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=300))
def test_no_query_breaks_the_log(typed: str) -> None:
    SearchQuery.objects.all().delete()
    searches = Searches(pause=3600)

    noted = [searches.note(typed, "en", results=1, place=place) for place in addresses("any", 5)]
    searches.write(DAY)

    assert SearchQuery.objects.count() == noted[0]


@pytest.mark.parametrize("typed", ["", "  \u200b ", "x" * (LONGEST + 1)])
def test_what_is_empty_or_too_long_is_not_noted(searches: Searches, typed: str) -> None:
    assert searches.note(typed, "en", results=0, place="192.0.2.1") is False


def test_a_network_counts_once_a_day_and_query(searches: Searches) -> None:
    for place in ("192.0.2.1", "192.0.2.1", "192.0.2.2", "2001:db8::1", "2001:db8::2"):
        searches.note("dengue", "en", results=2, place=place)
    searches.write(DAY)

    assert SearchQuery.objects.get().count == 3


def test_a_batch_has_an_end_and_so_has_what_one_network_may_ask() -> None:
    batch, visitor = Searches(most=2), Searches(a_visitor=2)

    in_batch = [batch.note(word, "en", results=0, place=f"192.0.2.{n}") for n, word in enumerate("abca")]
    by_one = [visitor.note(word, "en", results=0, place="192.0.2.1") for word in "abc"]
    by_another = visitor.note("c", "en", results=0, place="192.0.2.2")

    assert (in_batch, by_one, by_another) == ([True, True, False, True], [True, True, False], True)


def test_days_count_searches_those_in_vain_and_where_the_opened_results_stood(searches: Searches) -> None:
    live = make_document("question:1").key
    for day, results in [(0, 0), (0, 5), (1, 5)]:
        ask(searches, "dengue", places=ENOUGH, results=results, on=DAY + dt.timedelta(days=day))
    for place, (key, position) in enumerate([(live, 4), (live, 7), ("question:999", 1)]):
        searches.click("Dengue", "en", key=key, position=position, place=f"192.0.2.{place}")
    searches.write(DAY + dt.timedelta(days=1))

    days = SearchDay.objects.order_by("day").values_list("count", "misses", "clicks", "positions", "best_position")
    row = SearchQuery.objects.get()
    assert list(days) == [(6, 3, 0, 0, None), (3, 0, 2, 11, 4)]
    assert (row.count, row.misses, row.clicks, row.results) == (9, 3, 2, 5)


def make_document(key: str, **fields: Any) -> Document:
    return Document.objects.create(**{"key": key, "kind": "question", "language": "en", "title": key, **fields})


@pytest.mark.parametrize("position", [0, -1, 1001])
def test_a_position_that_is_none_is_not_noted(searches: Searches, position: int) -> None:
    assert searches.click("dengue", "en", key="question:1", position=position, place="192.0.2.1") is False


def test_the_best_position_of_a_day_is_the_best_of_its_batches(searches: Searches) -> None:
    make_document("question:1")
    for place, position in enumerate([5, 2, 9]):
        searches.click("dengue", "en", key="question:1", position=position, place=f"192.0.2.{place}")
        searches.write(DAY)

    assert list(SearchDay.objects.values_list("clicks", "positions", "best_position")) == [(3, 16, 2)]


def test_a_batch_costs_the_same_for_one_query_and_a_hundred(
    searches: Searches, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for words in (["one"], [f"word {number}" for number in "abcdefghij"]):
        for word in words:
            for place in addresses(word, 3):
                searches.note(word, "en", results=0, place=place)
        with django_assert_num_queries(9):
            searches.write(DAY)


def test_old_days_are_no_longer_counted(searches: Searches) -> None:
    for day, results in [(0, 0), (20, 3)]:
        ask(searches, "dengue", places=ENOUGH, results=results, on=DAY + dt.timedelta(days=day))

    forget_searches(DAY + dt.timedelta(days=WINDOW))

    row = SearchQuery.objects.get()
    assert (row.shown, row.count, row.misses, SearchDay.objects.count()) == ("dengue", 3, 0, 1)


def test_of_what_was_settled_the_decision_stays_without_a_word(searches: Searches) -> None:
    ask(searches, "asdf", places=ENOUGH, on=DAY)
    SearchQuery.objects.get().settle()
    forget_searches(DAY + dt.timedelta(days=WINDOW))
    bare = words_in_the_database()

    ask(searches, "asdf", places=ENOUGH, on=DAY + dt.timedelta(days=WINDOW))
    is_open = SearchQuery.objects.filter(settled_at__isnull=True).exists()
    forget_searches(DAY + dt.timedelta(days=WINDOW) + SETTLED_FOR)

    assert ("asdf" in bare, is_open, SearchQuery.objects.exists()) == (False, False, False)


def test_what_was_asked_once_is_gone_after_thirty_days(searches: Searches) -> None:
    ask(searches, "old", places=1, on=DAY)
    ask(searches, "new", places=1, on=DAY + dt.timedelta(days=2))

    forget_searches(DAY + dt.timedelta(days=WINDOW))

    assert [row.last_on for row in SearchQuery.objects.all()] == [DAY + dt.timedelta(days=2)]


def test_the_database_itself_refuses_words_of_fewer_than_three_places(searches: Searches) -> None:
    ask(searches, "dengue", places=1, on=DAY)
    query = SearchQuery.objects.get()

    for change in ({"shown": "dengue"}, {"folded": "dengue"}, {"shown": "dengue", "kept_until": F("last_on")}):
        with pytest.raises(IntegrityError), transaction.atomic():
            SearchQuery.objects.filter(pk=query.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        SearchPlace.objects.create(query=query, period=1, number=VALUES, last_on=DAY)


def test_what_is_searched_in_vain_and_what_is_seldom_opened(searches: Searches) -> None:
    today = timezone.localdate()
    make_document("question:1")
    write("in vain", count=3, results=0, on=today)
    write("seldom opened", count=10, results=4, clicks=1, on=today)
    write("often opened", count=10, results=4, clicks=2, on=today)
    write("too few to tell", count=9, results=4, on=today)

    assert [row.shown for row in SearchQuery.objects.open().in_vain()] == ["in vain"]
    assert [row.shown for row in SearchQuery.objects.open().seldom_clicked()] == ["seldom opened"]


def test_it_becomes_a_concept_another_name_a_wish_or_nothing_and_does_not_come_up_again() -> None:
    sle, moderator = make_concept("SLE"), make_user(role="moderator")
    for words, language in [("Dengue", "en"), ("蝴蝶病", "zh-hant"), ("lupus and sun", "en"), ("asdf", "en")]:
        write(words, count=3, language=language)
    rows = {row.shown: row for row in SearchQuery.objects.open()}

    made = rows["Dengue"].make_concept()
    rows["蝴蝶病"].name(sle)
    wanted = rows["lupus and sun"].want_topic(by=moderator)
    rows["asdf"].settle()

    assert (made.name_en, made.is_proposal, SearchQuery.objects.open().count()) == ("Dengue", False, 0)
    assert list(Concept.objects.called("蝴蝶病")) == [sle]
    assert (wanted.shown, wanted.language, wanted.searches, wanted.by) == ("lupus and sun", "en", 3, moderator)


def test_a_wish_is_open_once_and_knows_its_concept() -> None:
    sle, moderator = make_concept("SLE"), make_user(role="moderator")

    wishes = {
        WantedTopic.objects.want(words, "en", searches=count, by=moderator)
        for words, count in [("sle", 3), ("SLE", 9)]
    }

    wished = WantedTopic.objects.open().get()
    assert (wishes, wished.concept, wished.searches) == ({wished}, sle, 9)


def test_a_search_is_noted_without_a_write(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    make_question(title="Zebra stripes")
    client.get("/en/search/?q=zebra+stripes")

    noted = {key: (each.count, each.misses) for key, each in SEARCHES._counts.items()}

    assert (noted, SearchQuery.objects.exists()) == ({("zebra stripes", "en"): (1, 1)}, False)


@pytest.mark.parametrize("address", ["/en/search/", "/en/search/?q=", "/en/search/?q=" + "x" * 201])
def test_a_search_for_nothing_is_none(client: Client, address: str) -> None:
    client.get(address)

    assert SEARCHES._counts == {}


@pytest.mark.parametrize(
    "headers",
    [{"Sec-GPC": "1"}, {"DNT": "1"}, {"Sec-Purpose": "prefetch"}, {"User-Agent": "Mozilla/5.0 Googlebot/2.1"}],
)
def test_robots_and_who_asks_to_be_left_alone_are_not_noted(headers: dict[str, str]) -> None:
    Client(headers=headers).get("/en/search/?q=zebra")

    assert SEARCHES._counts == {}


def test_two_processes_lose_nothing_of_one_query() -> None:
    batches = [Searches(pause=3600) for _each in range(2)]
    for number, each in enumerate(batches):
        each.note("dengue", "en", results=0, place=addresses("dengue", 3)[number])
    for each in batches:
        each.write(DAY)

    assert SearchQuery.objects.get().count == 2


@pytest.mark.django_db(transaction=True)
def test_decisions_about_misses_are_kept_by_their_digest() -> None:
    before = MigrationExecutor(connection).loader.project_state(("search", "0006_searches")).apps
    miss: Any = before.get_model("search", "SearchMiss")
    settled, times = timezone.now(), {"days": 3, "count": 5, "last_on": DAY}
    with connection.schema_editor() as editor:
        editor.create_model(miss)
    try:
        miss.objects.create(digest="a" * 64, language="en", shown="asdf", folded="asdf", settled_at=settled, **times)
        miss.objects.create(digest="b" * 64, language="en", shown="dengue", folded="dengue", **times)
        import_module("search.migrations.0007_from_misses").keep_decisions(before, None)
    finally:
        with connection.schema_editor() as editor:
            editor.delete_model(miss)

    row = SearchQuery.objects.get()
    assert (row.digest, row.language, row.last_on, row.settled_at) == ("a" * 64, "en", DAY, settled)
    assert (row.shown, row.kept_until) == ("", None)
