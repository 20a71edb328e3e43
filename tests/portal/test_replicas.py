"""Reads go to a replica unless somebody may just have written."""

import pytest
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from pytest_django import Settings

from people.models import User
from portal.replicas import PinToPrimary, Replicas


def read_during(request: HttpRequest, *, write_first: bool = False) -> str:
    """Where a view that answers `request` would read from."""
    found = []

    def view(request: HttpRequest) -> HttpResponse:
        if write_first:
            Replicas().db_for_write(User)
        found.append(Replicas().db_for_read(User))
        return HttpResponse()

    PinToPrimary(view)(request)
    return found[0]


@pytest.fixture(autouse=True)
def _replica(settings: Settings) -> None:
    settings.REPLICAS = ["replica1"]


def test_a_page_is_read_from_the_replica() -> None:
    assert read_during(RequestFactory().get("/en/")) == "replica1"


def test_after_a_write_the_same_request_reads_the_primary_and_the_next_does_not() -> None:
    after_write = read_during(RequestFactory().get("/en/"), write_first=True)
    next_request = read_during(RequestFactory().get("/en/"))

    assert (after_write, next_request) == ("default", "replica1")


@pytest.mark.parametrize("path", ["/en/ticket/secret/", "/zh-hant/ask/", "/admin/", "/accounts/login/"])
def test_a_persons_own_pages_read_the_primary(path: str) -> None:
    assert read_during(RequestFactory().get(path)) == "default"


def test_forms_and_signed_in_staff_read_the_primary() -> None:
    signed_in = RequestFactory().get("/en/")
    signed_in.COOKIES["session"] = "key"

    assert read_during(RequestFactory().post("/en/")) == "default"
    assert read_during(signed_in) == "default"


@pytest.mark.django_db(transaction=True)
def test_a_transaction_reads_what_it_wrote() -> None:
    with transaction.atomic():
        assert Replicas().db_for_read(User) == "default"


def test_what_is_read_to_be_changed_is_never_read_from_a_replica() -> None:
    assert Replicas().db_for_read(Session) == "default"


def test_only_the_primary_is_migrated() -> None:
    assert (Replicas().allow_migrate("default", "faq"), Replicas().allow_migrate("replica1", "faq")) == (True, False)


def test_without_replicas_there_is_only_the_primary(settings: Settings) -> None:
    settings.REPLICAS = []

    assert read_during(RequestFactory().get("/en/")) == "default"
