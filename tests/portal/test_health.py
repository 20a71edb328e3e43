"""What the machinery around the site asks it."""

import pytest
from django.db import connections
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from search.changes import changing
from search.index.follower import Follower


def test_a_live_process_needs_no_database(client: Client) -> None:
    response = client.get("/health/live")

    assert (response.status_code, response.json()) == (200, {"live": True})
    assert (response.cookies, "no-store" in response.headers["Cache-Control"]) == ({}, True)


@pytest.mark.django_db
def test_a_laid_out_database_makes_the_site_ready(client: Client) -> None:
    response = client.get("/health/ready")

    told = {"ready": True, "index_behind": None}
    assert (response.status_code, response.json(), response.cookies) == (200, told, {})


@pytest.mark.django_db
def test_it_says_how_far_the_search_index_is_behind(client: Client, index: Follower) -> None:
    index.step()
    with changing() as keys:
        keys.add("menu")

    before = client.get("/health/ready").json()["index_behind"]
    index.step()

    assert (before, client.get("/health/ready").json()["index_behind"]) == (1, 0)


@pytest.mark.django_db(transaction=True)
def test_a_database_that_is_away_makes_it_unready(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    connection = connections["default"]
    connection.close()
    nowhere = {"NAME": "/nowhere/wenyi.sqlite3", "HOST": "127.0.0.1", "PORT": "9"}
    monkeypatch.setattr(connection, "settings_dict", connection.settings_dict | nowhere)

    response = client.get("/health/ready")

    connection.close()
    assert (response.status_code, response.json()) == (503, {"ready": False})


@pytest.mark.django_db
def test_readiness_costs_next_to_nothing(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(1):
        client.get("/health/ready")
