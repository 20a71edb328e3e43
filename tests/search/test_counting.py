"""Views are counted in memory, written in batches, and taken into the printed figure once a day."""

import datetime as dt
import os
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from django.db import connections
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from articles import sweeps as article_sweeps
from faq import sweeps
from faq.models import Question
from faq.states import Status
from search.batching import Batches
from search.counting import MOST_VIEWS, VIEWS, Views
from search.models import Change, Document, ViewCount
from tests.factories import make_article, make_question

TAIPEI = dt.timezone(dt.timedelta(hours=8))
NEVER = 3600.0
"""A pause that no test waits for: what is written is written by the test."""


@pytest.fixture
def views() -> Iterator[Views]:
    views = Views(pause=NEVER)
    yield views
    views.forget()


def make_documents(*keys: str, **fields: object) -> None:
    Document.objects.bulk_create(Document(key=key, kind="question", language="en", **fields) for key in keys)


def counted() -> dict[str, int]:
    return dict(ViewCount.objects.values_list("key", "count"))


def figure(question: Question) -> int:
    return Question.objects.values_list("views", flat=True).get(pk=question.pk)


@pytest.mark.django_db
def test_a_visitor_counts_once_a_page(views: Views) -> None:
    make_documents("question:1", "question:2")
    noted = [views.note("question:1", "anna") for _time in range(3)]
    noted += [views.note("question:1", "ben"), views.note("question:2", "anna")]

    views.write()
    again = views.note("question:1", "anna")

    assert (noted, again) == ([True, False, False, True, True], False)
    assert counted() == {"question:1": 2, "question:2": 1}


@pytest.mark.django_db
def test_batches_of_one_day_add_up_in_one_row(views: Views) -> None:
    make_documents("question:1")

    for visitor in "abc":
        views.note("question:1", visitor)
        views.write()

    assert list(ViewCount.objects.values_list("key", "day", "count")) == [("question:1", timezone.localdate(), 3)]


@pytest.mark.django_db
def test_what_was_never_public_and_what_was_taken_down_is_not_counted(views: Views) -> None:
    make_documents("question:1")
    make_documents("question:2", is_tombstone=True)
    for key in ("question:1", "question:2", "question:3"):
        views.note(key, "anna")

    written = views.write()

    assert (written, counted()) == (1, {"question:1": 1})


KEYS = st.sampled_from([f"question:{number}" for number in range(1, 6)])
VISITORS = st.sampled_from(["anna", "ben", "chen", "da"])


@pytest.mark.django_db
@given(st.lists(st.tuples(KEYS, VISITORS) | st.none()))
def test_whatever_the_order_every_pair_of_visitor_and_page_counts_once(
    notes_and_writes: list[tuple[str, str] | None],
) -> None:
    ViewCount.objects.all().delete()
    Document.objects.all().delete()
    make_documents(*(f"question:{number}" for number in range(1, 6)))
    views = Views(pause=NEVER)

    for step in notes_and_writes:
        if step:
            views.note(*step)
        else:
            views.write()
    views.write()

    pairs = {step for step in notes_and_writes if step}
    assert counted() == Counter(key for key, _visitor in pairs)


@pytest.mark.django_db
def test_nothing_is_asked_of_the_database_until_a_batch_is_written_in_few_statements(
    views: Views, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_documents(*(f"question:{number}" for number in range(1, 101)))

    with django_assert_num_queries(0):
        for number in range(1_000):
            views.note(f"question:{number % 100 + 1}", f"visitor {number}")
    with django_assert_num_queries(4):  # savepoint, what is public, rows, release
        views.write()

    assert counted() == {f"question:{number}": 10 for number in range(1, 101)}


def test_a_flood_of_made_up_pages_takes_bounded_memory() -> None:
    views = Views(pause=NEVER, most_keys=10, most_seen=20)

    noted = sum(views.note(f"question:{number}", "anna") for number in range(100))
    noted_again = sum(views.note("question:1", f"visitor {number}") for number in range(100))

    kept = (len(views._counts), len(views._seen) + len(views._seen_before))
    views.forget()

    assert (noted, noted_again) == (10, 100)
    assert kept == (10, 30)


@pytest.mark.django_db(transaction=True)
def test_threads_lose_nothing_while_batches_are_written() -> None:
    make_documents("question:1", "question:2")
    views = Views(pause=0.01)

    def read(thread: int) -> int:
        return sum(views.note(f"question:{number % 2 + 1}", f"{thread} {number}") for number in range(1_250))

    with ThreadPoolExecutor(8) as pool:
        noted = sum(pool.map(read, range(8)))
    writer = views._writer
    if writer:
        writer.join(20)

    assert (noted, counted()) == (10_000, {"question:1": 5_000, "question:2": 5_000})


@pytest.mark.django_db(transaction=True)
def test_views_wait_for_a_database_that_is_away(views: Views, monkeypatch: pytest.MonkeyPatch) -> None:
    make_documents("question:1")
    address = connections.settings["default"]

    def write_on_a_connection_of_its_own() -> int:
        try:
            return views.write()
        finally:
            connections.close_all()

    views.note("question:1", "anna")
    with monkeypatch.context() as away, ThreadPoolExecutor(1) as pool:
        away.setitem(address, "NAME", "/nowhere/at/all")
        lost = pool.submit(write_on_a_connection_of_its_own).result()
    views.note("question:1", "ben")
    with ThreadPoolExecutor(1) as pool:
        found = pool.submit(write_on_a_connection_of_its_own).result()

    assert (lost, found, counted()) == (0, 2, {"question:1": 2})


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this machine")
def test_a_forked_process_begins_with_nothing() -> None:
    VIEWS.forget()
    VIEWS.note("question:1", "anna")

    child = os.fork()
    if child == 0:
        os._exit(0 if not VIEWS._counts and VIEWS.note("question:1", "anna") else 1)
    _child, status = os.waitpid(child, 0)
    kept = dict(VIEWS._counts)
    VIEWS.forget()

    assert (os.waitstatus_to_exitcode(status), kept) == (0, {"question:1": 1})


def count_on(day: dt.date, question: Question, count: int) -> None:
    ViewCount.objects.create(key=f"question:{question.pk}", day=day, count=count)


@pytest.mark.django_db
def test_figures_are_renewed_once_a_day_from_days_that_are_over() -> None:
    question = make_question(Status.PUBLISHED, views=1_000)
    seen = []

    views = Views(pause=NEVER)
    for day, hour in [(1, 9), (1, 23), (2, 0), (2, 1), (2, 20), (3, 0), (3, 3)]:
        with time_machine.travel(dt.datetime(2026, 3, day, hour, 30, tzinfo=TAIPEI), tick=False):
            views.note(f"question:{question.pk}", f"visitor of {day}, {hour}")
            views.write()
            renewed = sweeps.renew_views()
            seen.append((day, hour, renewed, figure(question)))

    assert seen == [
        (1, 9, 0, 1_000),
        (1, 23, 0, 1_000),
        (2, 0, 0, 1_000),
        (2, 1, 1, 1_002),
        (2, 20, 0, 1_002),
        (3, 0, 0, 1_002),
        (3, 3, 1, 1_005),
    ]


@pytest.mark.django_db
def test_only_pages_whose_figure_is_new_are_said_to_have_changed() -> None:
    read, unread, gone = (make_question(Status.PUBLISHED) for _number in range(3))
    before = timezone.localdate() - dt.timedelta(days=2)
    for question, count in ((read, 2), (gone, 7)):
        count_on(before, question, count)
    ViewCount.objects.filter(key=f"question:{gone.pk}").update(key="question:999999999")
    last = Change.objects.latest("number").number

    renewed = sweeps.renew_views()

    assert (renewed, figure(read), figure(unread)) == (1, 2, 0)
    assert list(Change.objects.filter(number__gt=last).values_list("key", flat=True)) == [f"question:{read.pk}"]
    assert not ViewCount.objects.exists()


@pytest.mark.django_db
def test_days_of_a_worker_that_was_away_are_all_taken_and_articles_apart() -> None:
    question, article = make_question(Status.PUBLISHED, views=5), make_article(views=8)
    for days, count in ((4, 1), (3, 10), (2, 100)):
        day = timezone.localdate() - dt.timedelta(days=days)
        count_on(day, question, count)
        ViewCount.objects.create(key=f"article:{article.pk}", day=day, count=count)

    questions = sweeps.renew_views()
    article.refresh_from_db()
    article_views_before = article.views
    articles = article_sweeps.renew_views()
    article.refresh_from_db()

    assert (questions, figure(question), article_views_before) == (1, 116, 8)
    assert (articles, article.views) == (1, 119)


@pytest.mark.django_db
def test_a_figure_that_an_archive_brought_close_to_the_end_stays_there() -> None:
    question = make_question(Status.PUBLISHED, views=MOST_VIEWS - 3)
    count_on(timezone.localdate() - dt.timedelta(days=2), question, 10)

    sweeps.renew_views()

    assert figure(question) == MOST_VIEWS


@pytest.mark.django_db(transaction=True)
def test_workers_that_renew_at_the_same_time_add_nothing_twice() -> None:
    questions = [make_question(Status.PUBLISHED) for _number in range(3)]
    for question in questions:
        for days in range(2, 6):
            count_on(timezone.localdate() - dt.timedelta(days=days), question, 5)
    together = threading.Barrier(4)

    def renew(_worker: int) -> None:
        try:
            together.wait()
            sweeps.renew_views()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(renew, range(4)))

    assert [figure(question) for question in questions] == [20, 20, 20]


def test_a_thread_whose_notes_were_forgotten_writes_nothing_of_what_came_since() -> None:
    written = []

    class Notes(Batches):
        thread_name = "notes"
        _counts: list[int]

        def note(self, number: int) -> threading.Thread:
            with self._lock:
                self._counts.append(number)
                self._open_batch()
                assert self._writer
                return self._writer

        def forget(self) -> None:
            super().forget()
            self._counts = []

        def write(self) -> int:
            written.append((threading.current_thread(), list(self._counts)))
            self._counts = []
            return 0

    notes = Notes(pause=0.2)
    before = notes.note(1)
    notes.forget()
    since = notes.note(2)

    before.join()
    since.join()

    assert written == [(since, [2])]
