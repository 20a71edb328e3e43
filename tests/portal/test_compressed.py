"""Public pages come compressed to who asks for it; pages with a secret never do."""

import gzip

import brotli
import pytest
from django.test import Client

from faq.states import Status
from portal.compressed import accepted
from tests.factories import make_question

pytestmark = pytest.mark.django_db


@pytest.fixture
def address() -> str:
    return make_question(Status.PUBLISHED).get_absolute_url()


@pytest.mark.parametrize(
    ("wanted", "encoding"),
    [("br", "br"), ("gzip, deflate, br;q=0.9", "br"), ("gzip", "gzip"), ("gzip, br;q=0", "gzip"), ("identity", None)],
)
def test_a_public_page_comes_in_the_encoding_that_is_wanted(
    client: Client, address: str, wanted: str, encoding: str | None
) -> None:
    plain = client.get(address).content
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[encoding]

    response = client.get(address, headers={"Accept-Encoding": wanted})

    assert unpack(response.content) == plain
    assert response.get("Content-Encoding") == encoding
    assert response["Content-Length"] == str(len(response.content))


def test_a_cache_is_told_that_the_page_comes_in_several_encodings(client: Client, address: str) -> None:
    assert "Accept-Encoding" in client.get(address)["Vary"]


def test_a_page_with_a_secret_is_never_compressed(client: Client) -> None:
    ticket = make_question(Status.ACCEPTED).ticket.secret

    response = client.get(f"/en/ticket/{ticket}/", headers={"Accept-Encoding": "br, gzip"})

    assert response.status_code == 200
    assert "Content-Encoding" not in response


@pytest.mark.parametrize(
    ("header", "encodings"),
    [
        ("", set()),
        ("gzip;q=0, br", {"br"}),
        ("gzip;q=0.000", set()),
        ("BR ; q=1.0, gzip;q=0.5", {"br", "gzip"}),
    ],
)
def test_what_is_refused_is_not_accepted(header: str, encodings: set[str]) -> None:
    assert accepted(header) == encodings
