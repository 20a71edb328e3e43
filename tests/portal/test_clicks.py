"""The page of results tells which one was opened; people are counted once, robots and made-up lines are not."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, BrowserContext
from pytest_django import DjangoAssertNumQueries
from pytest_django.live_server_helper import LiveServer

from search.searches import SEARCHES
from tests.portal.test_beacon import PHONE, SENT_ALONG

LINE = "en 3 question:12 stem cells"


def send(body: str | bytes = LINE, *, content_type: str = "text/plain;charset=UTF-8", **headers: str) -> int:
    sent = SENT_ALONG | {name.replace("_", "-"): value for name, value in headers.items()}
    return Client(headers=sent).post("/clicks", body, content_type=content_type).status_code


def noted() -> dict[tuple[str, str], list[tuple[str, int]]]:
    return {key: each.clicked for key, each in SEARCHES._counts.items()}


@pytest.fixture(autouse=True)
def _no_thread(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    SEARCHES.forget()
    monkeypatch.setattr(SEARCHES, "_open_batch", lambda: None)
    yield
    SEARCHES.forget()


@pytest.mark.django_db
def test_a_click_is_answered_with_nothing_and_asks_nothing_of_the_database(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(0):
        response = Client(headers=SENT_ALONG).post("/clicks", LINE, content_type="text/plain;charset=UTF-8")

    assert (response.status_code, response.content, list(response.cookies)) == (204, b"", [])
    assert "no-store" in response["Cache-Control"]
    assert noted() == {("stem cells", "en"): [("question:12", 3)]}


def test_a_repeat_from_the_same_address_is_not_counted() -> None:
    for address in ("192.0.2.1", "192.0.2.1", "192.0.2.2", "2001:db8::1", "2001:db8::2"):
        Client(headers=SENT_ALONG, REMOTE_ADDR=address).post("/clicks", LINE, content_type="text/plain")

    assert noted() == {("stem cells", "en"): [("question:12", 3)] * 3}


@pytest.mark.parametrize(
    "unlike",
    [{"User_Agent": "curl/8.5.0"}, {"User_Agent": PHONE + " Googlebot/2.1"}, {"Sec_GPC": "1"}, {"DNT": "1"}],
    ids=str,
)
def test_robots_and_who_asks_to_be_left_alone_are_not_counted(unlike: dict[str, Any]) -> None:
    assert (send(**unlike), noted()) == (204, {})


def test_another_site_cannot_count_for_us() -> None:
    assert (send(Origin="https://elsewhere.example"), noted()) == (403, {})


@pytest.mark.parametrize(
    "body",
    ["", "en", "en 0 question:1 x", "en -1 question:1 x", "de 1 question:1 x", "en 1 question x", "en 1 question:1 "]
    + [
        "en 1000 question:1 x",
        "en １ question:1 x",
        f"en 1 question:1 {'x' * 201}",
        b"\xff\xfe",
        "en 1 question:1 \0",
    ],
    ids=repr,
)
def test_what_is_no_such_line_is_refused(body: str | bytes) -> None:
    assert (send(body), noted()) == (400, {})


@pytest.mark.parametrize("content_type", ["application/x-www-form-urlencoded", "application/json", ""], ids=repr)
def test_a_body_that_is_no_plain_text_is_refused(content_type: str) -> None:
    assert (send(content_type=content_type), noted()) == (400, {})


def test_a_click_for_words_about_a_person_is_not_noted() -> None:
    assert (send("en 1 question:1 my id A123456789"), noted()) == (204, {})


@settings(deadline=None)
@given(st.binary(max_size=1100) | st.text(max_size=300).map(lambda words: f"en 1 question:1 {words}".encode()))
def test_no_body_breaks_it(body: bytes) -> None:
    assert send(body) in {204, 400, 413}


@pytest.fixture
def reader(browser: Browser, live_server: LiveServer) -> Iterator[BrowserContext]:
    """A browser that does not say that a program steers it; otherwise nothing of it would be counted."""
    context = browser.new_context(base_url=live_server.url, user_agent=PHONE, locale="zh-TW")
    context.add_init_script("Object.defineProperty(Navigator.prototype, 'webdriver', {get: () => false})")
    yield context
    context.close()


RESULTS = """
    () => {
      document.getElementById('content').innerHTML =
        '<a id="elsewhere" href="#a">no result</a>' +
        '<ol data-search="紅斑 &quot;x&quot;" data-language="zh-hant"><li data-key="question:12" data-position="3">' +
        '<a id="result" href="#b"><span>words</span></a><b id="beside">no link</b></li></ol>';
      const script = document.createElement('script');
      script.src = '/static/js/clicks.js';
      return new Promise((done) => { script.onload = done; document.head.append(script); });
    }
"""


@pytest.mark.browser
def test_a_result_that_is_opened_is_told_without_a_cookie_and_nothing_else_is(reader: BrowserContext) -> None:
    tab = reader.new_page()
    tab.goto("/zh-hant/sitemap/")
    tab.evaluate("document.cookie = 'kept=1; path=/'")
    tab.evaluate(RESULTS)
    sent: list[Any] = []
    reader.on("request", lambda request: sent.append(request) if request.method == "POST" else None)

    for place in ("#elsewhere", "#beside", "#result span"):
        tab.click(place)
    tab.click("#result span", button="middle")
    tab.wait_for_timeout(500)

    assert [request.post_data for request in sent] == ['zh-hant 3 question:12 紅斑 "x"'] * 2
    assert [request.all_headers().get("cookie") for request in sent] == [None, None]
    assert noted() == {('紅斑 "x"', "zh-hant"): [("question:12", 3)]}
