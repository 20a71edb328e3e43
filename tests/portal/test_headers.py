"""Every answer carries the security headers, whoever gave it."""

from pathlib import Path

import pytest
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.test import Client
from pytest_django import Settings

from portal.headers import SecurityHeaders

pytestmark = pytest.mark.django_db
HEADERS = [
    "Content-Security-Policy",
    "Permissions-Policy",
    "Referrer-Policy",
    "Cross-Origin-Opener-Policy",
    "X-Content-Type-Options",
]


def missing(response: HttpResponseBase) -> list[str]:
    return [name for name in HEADERS if name not in response.headers]


@pytest.mark.parametrize(
    ("address", "host", "status"),
    [
        ("/", "testserver", 302),
        ("/robots.txt", "testserver", None),
        ("/zh-hant/no/such/page/", "testserver", 404),
        ("/en/?q=%00", "testserver", 400),
        ("/en/", "other.example", 400),
        ("/health/live", "testserver", 200),
    ],
)
def test_pages_redirects_and_errors_carry_them(client: Client, address: str, host: str, status: int | None) -> None:
    response = client.get(address, headers={"host": host})

    assert status in (None, response.status_code)
    assert missing(response) == []


@pytest.mark.urls("tests.portal.broken_urls")
def test_an_error_of_ours_carries_them() -> None:
    response = Client(raise_request_exception=False).get("/en/broken/")

    assert response.status_code == 500
    assert missing(response) == []


def test_static_files_carry_them_and_are_open_to_this_site_alone(settings: Settings) -> None:
    (Path(settings.STATIC_ROOT) / "test.css").write_text("body{}")

    response = Client().get("/static/test.css")

    assert (response.status_code, missing(response)) == (200, [])
    assert "Access-Control-Allow-Origin" not in response.headers


def test_nothing_is_loaded_from_elsewhere_and_no_script_or_style_stands_in_a_page(client: Client) -> None:
    policy = client.get("/").headers["Content-Security-Policy"]

    assert dict(directive.split(" ", 1) for directive in policy.split("; ")) == {
        "default-src": "'none'",
        "base-uri": "'none'",
        "connect-src": "'self'",
        "font-src": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
        "img-src": "'self' data:",
        "manifest-src": "'self'",
        "script-src": "'self'",
        "style-src": "'self'",
        "worker-src": "'self'",
    }


def test_a_view_may_be_stricter() -> None:
    own = {"Referrer-Policy": "no-referrer", "Content-Security-Policy": "default-src 'none'"}

    response = SecurityHeaders(lambda request: HttpResponse()).process_response(
        HttpRequest(), HttpResponse(headers=own)
    )

    assert {name: response.headers[name] for name in own} == own


def test_a_site_on_https_redirects_there_and_says_so_for_a_year(client: Client, settings: Settings) -> None:
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 31_536_000

    plain = client.get("/en/no/such/page/")
    secure = client.get("/en/no/such/page/", secure=True)
    checked = client.get("/health/live")

    assert (plain.status_code, plain.headers["Location"]) == (301, "https://testserver/en/no/such/page/")
    assert secure.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert checked.status_code == 200
