"""No line of a log holds a ticket's secret, a searched word, an address or what a form said."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.test import Client

from faq.states import Status
from portal.logs import ScrubbingFormatter, scrub
from search.index.follower import Follower
from search.searches import SEARCHES
from tests.factories import make_question

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


@pytest.mark.django_db
def test_what_somebody_looks_for_is_in_no_line_no_cookie_and_no_table(
    lines: io.StringIO, index: Follower, caplog: pytest.LogCaptureFixture
) -> None:
    SEARCHES.forget()
    question = make_question(Status.PUBLISHED, title="Lupus and zebrafish")
    index.step()
    sent = {"Origin": "http://testserver", "Accept-Language": "en", "User-Agent": "Mozilla/5.0"}
    client = Client(raise_request_exception=False, headers={**sent, "Sec-Fetch-Site": "same-origin"})
    typed = "zebrafish lupus TYPEDMARKER"
    caplog.set_level(logging.DEBUG)

    answers = [client.get(f"/en/search/{way}", {"q": typed}) for way in ("", "feed/", "suggest")]
    answers += [client.get("/en/search/", {"q": words, "after": typed}) for words in (typed, f"{typed}\0")]
    answers += [client.post("/en/ask/nearest/", {"title": typed, "body": typed, "language": "en"})]
    answers += [client.post("/en/ask/answered/", {"document": typed})]
    answers += [client.post("/clicks", f"en 1 question:{question.pk} {typed}", content_type="text/plain")]
    counts = dict(SEARCHES._counts)
    SEARCHES.write()

    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 400, 200, 404, 204]
    assert list(counts) == [("zebrafish lupus typedmarker", "en")]
    assert [name for answer in answers for name in answer.cookies] == []
    assert "/en/search/" in lines.getvalue()
    assert "typedmarker" not in lines.getvalue().lower()
    tables = {model.__name__: str(list(model._base_manager.values())) for model in apps.get_models()}
    assert [name for name, text in tables.items() if "typedmarker" in text.lower()] == []
