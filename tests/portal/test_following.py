"""The worker's share in finding: what is published is found without anybody asking for it, as long as it runs."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connections

from portal.management.commands.work import Shift
from search.changes import bury_document, put_document
from search.finding import find
from search.index.folder import POINTER
from search.index.follower import Follower
from search.models import Document

LIMIT = 20.0
"""Seconds until a test gives up; on a quiet machine it takes half of one."""


@contextmanager
def following() -> Iterator[None]:
    """A worker's thread that follows, and nothing else of the worker."""
    shift = Shift("test", 1)

    def follow() -> None:
        try:
            shift.keep_following()
        finally:
            connections.close_all()

    thread = threading.Thread(target=follow)
    thread.start()
    try:
        yield
    finally:
        shift.stopping.set()
        thread.join()


def becomes(condition: Callable[[], bool]) -> bool:
    """Whether a condition comes true before the limit."""
    end = time.monotonic() + LIMIT
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def hits(typed: str) -> int:
    """How many hits the index has; -1 while there is none."""
    found = find(typed, limit=5)
    return -1 if found is None else len(found)


def put(title: str) -> None:
    put_document(Document(key="question:1", kind="question", language="en", title=title, path="/en/questions/1/"))


@pytest.mark.django_db(transaction=True)
def test_what_is_published_and_withdrawn_is_followed_by_itself(index: Follower) -> None:
    with following():
        put("Lupus in summer")
        assert becomes(lambda: hits("lupus") == 1)

        put("Gout in summer")
        assert becomes(lambda: (hits("lupus"), hits("gout")) == (0, 1))

        bury_document("question:1")
        assert becomes(lambda: hits("gout") == 0)


@pytest.mark.django_db(transaction=True)
def test_an_index_that_is_lost_while_the_worker_runs_comes_back(index: Follower) -> None:
    put("Lupus in summer")
    with following():
        assert becomes(lambda: hits("lupus") == 1)

        (index.folder / POINTER).unlink()

        assert becomes(lambda: hits("lupus") == 1)


@pytest.mark.django_db(transaction=True)
def test_one_round_of_the_worker_leaves_an_index(index: Follower) -> None:
    put("Lupus in summer")

    call_command("work", once=True)

    assert hits("lupus") == 1


@pytest.mark.django_db
def test_reindex_says_how_many_texts_can_be_found(index: Follower, capsys: pytest.CaptureFixture[str]) -> None:
    put("Lupus in summer")

    call_command("reindex", verbosity=0)

    assert (capsys.readouterr().out, hits("lupus")) == ("1 texts can be found\n", 1)


@pytest.mark.django_db
def test_a_folder_that_cannot_be_written_is_answered_with_a_sentence(index: Follower, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    settings.INDEX_DIR = tmp_path / "file" / "index"

    with pytest.raises(CommandError, match="The index cannot be written"):
        call_command("reindex", verbosity=0)
