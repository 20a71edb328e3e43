"""The change sequence: numbers come in the order of commits, once a transaction, and nothing is missed."""

import threading
import time

import pytest
from django.db import IntegrityError, connection, transaction

from search.changes import bury_document, changing, put_document
from search.models import Change, Document


@pytest.fixture(autouse=True)
def _nothing_changed_yet(db: None) -> None:
    """The site's first rows (menus, roles) are changes too."""
    Change.objects.all().delete()


def _document(key: str = "question:1") -> Document:
    return Document(key=key, kind="question", language="en", title="Lupus", body="Words", path="/en/questions/1/")


def _numbers() -> list[tuple[int, str]]:
    return list(Change.objects.order_by("number", "key").values_list("number", "key"))


@pytest.mark.django_db
def test_what_changes_together_has_one_number_and_the_next_has_the_next() -> None:
    with changing() as keys:
        keys.update({"menu", "page:about"})
    with changing() as keys:
        keys.add("menu")

    (first, _), (same, _), (second, _) = _numbers()

    assert (same, second) == (first, first + 1)


@pytest.mark.django_db
def test_a_block_in_a_block_is_one_change() -> None:
    with changing() as outer:
        outer.add("a")
        with changing() as inner:
            inner.add("b")

    assert len({number for number, _key in _numbers()}) == 1


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_leaves_no_number() -> None:
    def fail() -> None:
        with changing() as keys:
            keys.add("menu")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()

    with changing() as keys:
        keys.add("page:about")

    assert [key for _number, key in _numbers()] == ["page:about"]


@pytest.mark.django_db
def test_a_withdrawn_document_stays_as_an_empty_tombstone_with_a_newer_number() -> None:
    put_document(_document())
    before = Document.objects.get().number

    bury_document("question:1")

    document = Document.objects.get()
    assert (document.is_tombstone, document.title, document.body, document.teaser) == (True, "", "", "")
    assert document.number == before + 1
    assert not Document.objects.live().exists()


@pytest.mark.django_db
def test_what_was_never_public_leaves_no_tombstone() -> None:
    bury_document("question:1")

    assert not Document.objects.exists()
    assert not Change.objects.exists()


@pytest.mark.django_db
def test_the_database_refuses_a_tombstone_with_words() -> None:
    put_document(_document())

    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.update(is_tombstone=True)


@pytest.mark.django_db(transaction=True)
def test_a_follower_misses_nothing_when_an_earlier_transaction_commits_later() -> None:
    """Two open transactions: the one that changed first commits last. Who has read up to n has all below it."""
    if connection.vendor == "sqlite":
        # One writer at a time is SQLite's own rule; the race exists only where two can be open.
        pytest.skip("SQLite has one writer at a time")
    first_is_open, second_is_done = threading.Event(), threading.Event()
    seen: list[set[str]] = []

    def slow() -> None:
        with changing() as keys:
            put_document(_document("question:1"))
            keys.add("question:1")
            first_is_open.set()
            second_is_done.wait(1)
        connection.close()

    def quick() -> None:
        first_is_open.wait(5)
        put_document(_document("question:2"))
        second_is_done.set()
        connection.close()

    threads = [threading.Thread(target=run) for run in (slow, quick)]
    for thread in threads:
        thread.start()
    position = 0
    while any(thread.is_alive() for thread in threads) or Change.objects.filter(number__gt=position).exists():
        rows = list(Change.objects.filter(number__gt=position).order_by("number"))
        if rows:
            position = rows[-1].number
            seen.append({row.key for row in rows})
        time.sleep(0.005)
    for thread in threads:
        thread.join()

    assert set().union(*seen) == {"question:1", "question:2"}


@pytest.mark.django_db(transaction=True)
def test_many_writers_leave_a_sequence_without_gap_or_repetition() -> None:
    def write(name: str) -> None:
        for turn in range(5):
            with changing() as keys:
                keys.add(f"{name}:{turn}")
        connection.close()

    with changing() as keys:
        keys.add("start")
    start = _numbers()[0][0]
    threads = [threading.Thread(target=write, args=(str(number),)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [number for number, _key in _numbers()] == list(range(start, start + 31))
