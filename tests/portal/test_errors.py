"""An error page speaks the language of its address and touches nothing that may have broken."""

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

pytestmark = [pytest.mark.urls("tests.portal.broken_urls"), pytest.mark.django_db]

ERRORS = {
    "no/such/page/": 404,
    "broken/": 500,
    "forbidden/": 403,
    "often/": 429,
    "echo/?q=%ff": 400,
}


@pytest.mark.parametrize("language", ["en", "zh-hant"])
@pytest.mark.parametrize("address", ERRORS)
def test_an_error_speaks_the_language_of_its_address(
    language: str, address: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = Client(raise_request_exception=False, headers={"accept-language": "ja"})
    client.cookies["session"] = "of-somebody-who-is-signed-in"

    # A page that is not there may have moved, or stand for one of an archive: that much is asked.
    with django_assert_max_num_queries(2 if address.startswith("no/such") else 0):
        response = client.get(f"/{language}/{address}")

    lang = {"en": "en", "zh-hant": "zh-Hant"}[language]
    assert response.status_code == ERRORS[address]
    assert response.headers["Content-Language"] == language
    assert re.search(r'<html[^>]* lang="([^"]+)"', response.text)[1] == lang  # type: ignore[index]
    assert (response.cookies, response.headers["Cache-Control"]) == ({}, "no-store")


@pytest.mark.parametrize(
    ("preferred", "language"), [("zh-CN,zh;q=0.9", "zh-hant"), ("de,en;q=0.5", "en"), ("", "en"), ("fr", "en")]
)
def test_an_address_without_a_language_answers_in_the_one_that_the_browser_prefers(
    client: Client, preferred: str, language: str
) -> None:
    response = client.get("/health/nothing", headers={"accept-language": preferred})

    assert (response.status_code, response.headers["Content-Language"]) == (404, language)


def test_a_form_without_its_token_is_refused_with_a_page_of_ours() -> None:
    response = Client(enforce_csrf_checks=True).post("/en/echo/", {"word": "w"})

    assert (response.status_code, response.headers["Content-Language"]) == (403, "en")
