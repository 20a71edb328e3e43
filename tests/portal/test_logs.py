"""No line of a log holds a ticket's secret, a searched word, an address or what a form said."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
from django.test import Client

from portal.logs import ScrubbingFormatter, scrub

SECRET = "k7f3-9qwx-22mm-zzzz"


@pytest.fixture(params=[True, False], ids=["readable", "json"])
def lines(request: pytest.FixtureRequest) -> Iterator[io.StringIO]:
    """Everything that is logged, as the site's own formatter writes it."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(ScrubbingFormatter(readable=request.param))
    loggers = [logging.getLogger(), logging.getLogger("django")]
    for logger in loggers:
        logger.addHandler(handler)
    yield stream
    for logger in loggers:
        logger.removeHandler(handler)


@pytest.mark.parametrize(
    ("line", "scrubbed"),
    [
        ("Not Found: /en/ticket/abc/", "Not Found: /en/ticket/[secret]/"),
        ("GET /zh-hant/ticket/abc?x=1 HTTP/1.1", "GET /zh-hant/ticket/[secret]?x=1 HTTP/1.1"),
        ("'/ticket/a%20b/follow-up/'", "'/ticket/[secret]/follow-up/'"),
        ('{"path": "/ticket/abc"}', '{"path": "/ticket/[secret]"}'),
        ("/ticket/abc/ then /ticket/def/", "/ticket/[secret]/ then /ticket/[secret]/"),
        ("/tickets/abc/", "/tickets/abc/"),
    ],
)
def test_the_secret_of_a_ticket_is_scrubbed(line: str, scrubbed: str) -> None:
    assert scrub(line) == scrubbed


@pytest.mark.urls("tests.portal.broken_urls")
def test_an_error_on_a_ticket_is_logged_without_its_secret(lines: io.StringIO) -> None:
    client = Client(raise_request_exception=False)

    client.post(f"/zh-hant/ticket/{SECRET}/?q={SECRET}", {"words": SECRET})

    assert "RuntimeError: broken at /zh-hant/ticket/[secret]/" in lines.getvalue()
    assert SECRET not in lines.getvalue()


def test_a_request_is_one_line_without_the_client(lines: io.StringIO, client: Client) -> None:
    client.get("/health/live?q=lupus", headers={"user-agent": "Browser"}, REMOTE_ADDR="203.0.113.5")

    line = lines.getvalue()
    assert len(line.splitlines()) == 1
    assert [word for word in ("lupus", "203.0.113.5", "Browser") if word in line] == []
    if line.startswith("{"):
        fields = ["event", "level", "logger", "method", "ms", "path", "request_id", "status", "timestamp"]
        assert sorted(json.loads(line)) == fields


def test_a_malformed_request_writes_no_traceback(lines: io.StringIO, client: Client) -> None:
    client.get("/en/?q=%00")

    assert len(lines.getvalue().splitlines()) == 1
