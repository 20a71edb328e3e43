"""A Redis that is away is slow once, never an error, and its work is done by the database's cache."""

import socket
import time

import pytest
from django.core.cache import caches

from portal.caches import RedisOrDatabase
from tests.pgplugin import free_port


@pytest.fixture
def away() -> RedisOrDatabase:
    return RedisOrDatabase(f"redis://127.0.0.1:{free_port()}/0", {"OPTIONS": {"socket_connect_timeout": 0.5}})


@pytest.mark.django_db
def test_every_operation_falls_back(away: RedisOrDatabase) -> None:
    away.set("one", 1)
    away.set_many({"two": 2})

    assert away.add("one", 5) is False
    assert away.incr("two") == 3
    assert away.get_many(["one", "two"]) == {"one": 1, "two": 3}
    assert away.get_or_set("three", 3) == 3
    assert away.touch("one") is True
    assert away.has_key("one") is True
    assert away.delete("one") is True
    away.delete_many(["two"])
    assert (away.get("one", "gone"), away.get("two", "gone")) == ("gone", "gone")


@pytest.mark.django_db
def test_processes_share_what_fell_back(away: RedisOrDatabase) -> None:
    away.set("counted", 1)

    assert caches["database"].get("counted") == 1


@pytest.mark.django_db
def test_only_the_first_question_waits_for_a_redis_that_says_nothing() -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        url = f"redis://127.0.0.1:{mute.getsockname()[1]}/0"
        silent = RedisOrDatabase(url, {"OPTIONS": {"socket_timeout": 0.3, "socket_connect_timeout": 0.3}})
        silent.get("first")
        started = time.monotonic()

        for _attempt in range(20):
            silent.get("next")

    assert time.monotonic() - started < 3
