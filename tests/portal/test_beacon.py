"""Pages tell that they were read; people are counted once, robots and made-up pages are not."""

import http.client
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.db.models import Sum
from django.test import Client
from playwright.sync_api import Browser, BrowserContext
from pytest_django import DjangoAssertNumQueries
from pytest_django.live_server_helper import LiveServer

from articles.models import Article
from faq.models import Question
from faq.states import Status
from portal.management.commands.serve import server_command
from search.counting import PAUSE, VIEWS
from search.models import Document, ViewCount
from tests.conftest import OpenPage
from tests.factories import make_article, make_question
from tests.pgplugin import free_port
from tests.reading import read

PHONE = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36"
)
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 15_8 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/15.6.6 "
    "Mobile/15E148 Safari/604.1"
)
CUBOT = (
    "Mozilla/5.0 (Linux; Android 9; CUBOT X19) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/99.0.0.0 Safari/537.36"
)
GOOGLE = (
    "Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile "
    "Safari/537.36 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"
)
SENT_ALONG = {
    "User-Agent": PHONE,
    "Accept-Language": "zh-TW,zh;q=0.9",
    "Origin": "http://testserver",
    "Sec-Fetch-Site": "same-origin",
}


@pytest.fixture(autouse=True)
def _nothing_noted() -> Iterator[None]:
    """What one test noted is not written into the database of another."""
    VIEWS.forget()
    yield
    VIEWS.forget()


def send(
    body: str | bytes = "question:1",
    *,
    without: str = "",
    content_type: str = "text/plain;charset=UTF-8",
    secure: bool = False,
    **headers: str,
) -> int:
    """The status of a beacon as a telephone sends it, but for what is said: `Sec_Purpose="prefetch"`."""
    sent = SENT_ALONG | {name.replace("_", "-"): value for name, value in headers.items()}
    sent.pop(without, None)
    if secure and "Origin" in sent:
        sent["Origin"] = "https://testserver"
    client = Client(headers=sent)
    return client.post("/views", body, content_type=content_type, secure=secure).status_code


def noted() -> dict[str, int]:
    return dict(VIEWS._counts)


def test_a_beacon_is_answered_with_nothing_and_asks_nothing_of_the_database() -> None:
    response = Client(headers=SENT_ALONG).post("/views", "question:12", content_type="text/plain;charset=UTF-8")

    assert (response.status_code, response.content, list(response.cookies)) == (204, b"", [])
    assert "no-store" in response["Cache-Control"]
    assert noted() == {"question:12": 1}


@pytest.mark.django_db
def test_a_beacon_asks_nothing_of_the_database(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        send("question:12")

    assert noted() == {"question:12": 1}


def test_a_repeat_from_the_same_address_is_not_counted() -> None:
    for address in ("192.0.2.1", "192.0.2.1", "192.0.2.2", "2001:db8::1", "2001:db8::2"):
        client = Client(headers=SENT_ALONG, REMOTE_ADDR=address)
        client.post("/views", "question:1", content_type="text/plain")

    assert noted() == {"question:1": 3}


@pytest.mark.parametrize("agent", [PHONE, IPHONE, CUBOT])
def test_browsers_that_people_hold_are_counted(agent: str) -> None:
    status = send(User_Agent=agent)

    assert (status, noted()) == (204, {"question:1": 1})


def test_an_old_iphone_that_sends_no_fetch_metadata_is_counted() -> None:
    status = send(User_Agent=IPHONE, without="Sec-Fetch-Site", secure=True)

    assert (status, noted()) == (204, {"question:1": 1})


def test_on_plain_http_no_browser_sends_fetch_metadata() -> None:
    status = send(without="Sec-Fetch-Site")

    assert (status, noted()) == (204, {"question:1": 1})


@pytest.mark.parametrize(
    "unlike",
    [
        {"User_Agent": GOOGLE},
        {"User_Agent": PHONE.replace("Chrome/", "HeadlessChrome/")},
        {"User_Agent": "curl/8.5.0"},
        {"User_Agent": ""},
        {"without": "User-Agent"},
        {"without": "Accept-Language"},
        {"without": "Origin"},
        {"without": "Sec-Fetch-Site", "secure": True},
        {"Sec_Fetch_Site": "none"},
        {"Sec_Purpose": "prefetch;prerender"},
        {"Purpose": "prefetch"},
        {"Sec_GPC": "1"},
        {"DNT": "1"},
    ],
    ids=str,
)
def test_robots_pages_loaded_for_later_and_who_asks_to_be_left_alone_are_not_counted(unlike: dict[str, Any]) -> None:
    status = send(**unlike)

    assert (status, noted()) == (204, {})


@pytest.mark.parametrize(
    "foreign", [{"Origin": "https://elsewhere.example"}, {"Origin": "null", "Sec_Fetch_Site": "cross-site"}]
)
def test_another_site_cannot_count_for_us(foreign: dict[str, Any]) -> None:
    status = send(**foreign)

    assert (status, noted()) == (403, {})


@pytest.mark.parametrize(
    "body",
    ["", "question", "question:", "question:0", "question:-1", "question:01", "question:1\n", "question:1 ", "menu:1"]
    + ["question:１", "question:" + "9" * 19, "question:1" * 1_000, b"\xff\xfe", b"question:1\0", "Question:1"],
    ids=repr,
)
def test_what_is_no_key_is_refused(body: str | bytes) -> None:
    status = send(body)

    assert (status, noted()) == (400, {})


@pytest.mark.parametrize(
    "content_type",
    ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json", "text/html", ""]
    + ["text/plain; charset=utf-16", "\x00"],
    ids=repr,
)
def test_a_body_that_is_no_plain_text_is_refused(content_type: str) -> None:
    status = send("question:1", content_type=content_type)

    assert (status, noted()) == (400, {})


# --- In a browser -------------------------------------------------------------------------------------------


@pytest.fixture
def reader(browser: Browser, live_server: LiveServer) -> Iterator[BrowserContext]:
    """A browser that does not say that a program steers it; otherwise nothing of it would be counted."""
    context = browser.new_context(base_url=live_server.url, user_agent=PHONE, locale="zh-TW")
    context.add_init_script("Object.defineProperty(Navigator.prototype, 'webdriver', {get: () => false})")
    yield context
    context.close()


def wait_until(true: Callable[[], bool], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while not true() and time.monotonic() < deadline:
        time.sleep(0.05)
    return true()


@pytest.mark.browser
def test_a_page_is_counted_when_it_has_been_in_sight_for_three_seconds_and_sends_no_cookie(
    reader: BrowserContext,
) -> None:
    pages: list[Question | Article] = [make_question(Status.PUBLISHED), make_article()]
    opened = [reader.new_page() for _page in pages]
    sent = []
    reader.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    for tab, page in zip(opened, pages, strict=True):
        tab.goto(page.get_absolute_url())
        tab.evaluate("document.cookie = 'kept=1; path=/'")
    opened[0].wait_for_timeout(1_500)
    too_early = noted()

    opened[0].wait_for_timeout(3_000)

    assert too_early == {}
    assert [tab.evaluate("document.cookie") for tab in opened] == ["kept=1", "kept=1"]
    assert [request.all_headers().get("cookie") for request in sent] == [None, None]
    assert sorted(str(request.post_data) for request in sent) == sorted(
        [f"article:{pages[1].pk}", f"question:{pages[0].pk}"]
    )


@pytest.mark.browser
def test_a_page_out_of_sight_waits(reader: BrowserContext) -> None:
    question = make_question(Status.PUBLISHED)
    tab = reader.new_page()
    tab.add_init_script(
        "window.sight = 'hidden'; Object.defineProperty(Document.prototype, 'visibilityState', {get: () => sight})"
    )
    turn = "(sight) => { window.sight = sight; document.dispatchEvent(new Event('visibilitychange')); }"
    tab.goto(question.get_absolute_url())
    seen = []

    for sight, milliseconds in [("", 3_500), ("visible", 2_000), ("hidden", 2_000), ("visible", 1_500)]:
        if sight:
            tab.evaluate(turn, sight)
        tab.wait_for_timeout(milliseconds)
        seen.append(sum(noted().values()) + total())

    assert seen == [0, 0, 0, 1]


@pytest.mark.browser
def test_a_browser_that_a_program_steers_sends_nothing(open_page: OpenPage) -> None:
    question = make_question(Status.PUBLISHED)
    tab = open_page("/en/")
    sent = []
    tab.on("request", lambda request: sent.append(request) if request.url.endswith("/views") else None)

    tab.goto(question.get_absolute_url())
    tab.wait_for_timeout(4_000)

    assert sent == []


@pytest.mark.django_db
def test_only_pages_that_print_a_figure_name_themselves(client: Client) -> None:
    question, article = make_question(Status.PUBLISHED), make_article()

    named = {
        address: read(client, address).one("main")["data-views"]
        for address in (question.get_absolute_url(), article.get_absolute_url(), "/en/", "/en/questions/")
    }

    assert named == {
        question.get_absolute_url(): f"question:{question.pk}",
        article.get_absolute_url(): f"article:{article.pk}",
        "/en/": "",
        "/en/questions/": "",
    }


# --- Against the server that people run ---------------------------------------------------------------------


class Server:
    """The server of `manage.py serve` on the tests' database, behind a proxy that names its clients."""

    def __init__(self) -> None:
        self.port = free_port()
        name = str(connection.settings_dict["NAME"])
        server = os.environ.get("DATABASE_URL", "").rpartition("/")[0]
        environment = {
            "DATABASE_URL": f"sqlite:///{name}" if connection.vendor == "sqlite" else f"{server}/{name}",
            "DJANGO_SETTINGS_MODULE": "portal.settings",
            "LOG_LEVEL": "WARNING",
            "PORT": str(self.port),
            "SITE_URL": f"http://127.0.0.1:{self.port}",
            "TRUSTED_PROXIES": "127.0.0.1",
        }
        command = [str(self.port) if part == "8000" else part for part in server_command()]
        self.process = subprocess.Popen(command, env=os.environ | environment, start_new_session=True)

    def client(self) -> "Clients":
        return Clients(self.port)

    def end(self, number: int) -> None:
        os.killpg(self.process.pid, number)
        self.process.wait(20)


class Clients:
    """One connection, over which a proxy passes on the beacons of many people."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        self.headers = SENT_ALONG | {"Content-Type": "text/plain;charset=UTF-8", "Origin": f"http://127.0.0.1:{port}"}

    def send(self, key: str, address: str) -> int:
        self.connection.request("POST", "/views", key, self.headers | {"X-Forwarded-For": address})
        response = self.connection.getresponse()
        response.read()
        return response.status


@pytest.fixture
def server(transactional_db: None) -> Iterator[Server]:
    server = Server()
    assert wait_until(lambda: answers(server), 30)
    yield server
    if server.process.poll() is None:
        server.end(signal.SIGKILL)


def answers(server: Server) -> bool:
    try:
        return server.client().send("question:1", "192.0.2.1") == 204
    except OSError:
        return False


NOTE_WRITES = {
    "sqlite": [
        "CREATE TABLE written (one integer)",
        "CREATE TRIGGER written_new AFTER INSERT ON search_viewcount BEGIN INSERT INTO written VALUES (1); END",
        "CREATE TRIGGER written_more AFTER UPDATE ON search_viewcount BEGIN INSERT INTO written VALUES (1); END",
    ],
    "postgresql": [
        "CREATE TABLE written (one integer)",
        "CREATE FUNCTION note_written() RETURNS trigger LANGUAGE plpgsql AS "
        "'BEGIN INSERT INTO written VALUES (1); RETURN NULL; END'",
        "CREATE TRIGGER written AFTER INSERT OR UPDATE ON search_viewcount "
        "FOR EACH ROW EXECUTE FUNCTION note_written()",
    ],
}
NOTE_NO_LONGER = {
    "sqlite": ["DROP TRIGGER written_new", "DROP TRIGGER written_more", "DROP TABLE written"],
    "postgresql": ["DROP FUNCTION note_written CASCADE", "DROP TABLE written"],
}


@pytest.fixture
def written_rows(transactional_db: None) -> Iterator[Callable[[], int]]:
    """How many rows of counted views any process has written, as the database itself notes it."""
    with connection.cursor() as cursor:
        for statement in NOTE_WRITES[connection.vendor]:
            cursor.execute(statement)
    yield lambda: int(one("SELECT count(*) FROM written"))
    with connection.cursor() as cursor:
        for statement in NOTE_NO_LONGER[connection.vendor]:
            cursor.execute(statement)


def one(statement: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]


def total() -> int:
    return ViewCount.objects.aggregate(total=Sum("count"))["total"] or 0


def test_ten_thousand_beacons_of_eight_clients_are_counted_with_few_writes(
    server: Server, written_rows: Callable[[], int]
) -> None:
    keys = [f"question:{number}" for number in range(101, 121)]
    Document.objects.bulk_create(Document(key=key, kind="question", language="en") for key in keys)

    def read_pages(number: int) -> list[int]:
        client = server.client()
        people = [f"10.{number}.{person // 250}.{person % 250}" for person in range(1_250)]
        return [client.send(keys[at % 20], address) for at, address in enumerate(people)]

    with ThreadPoolExecutor(8) as pool:
        statuses = [status for answered in pool.map(read_pages, range(8)) for status in answered]
    wait_until(lambda: total() == 10_000, 4 * PAUSE)

    assert statuses == [204] * 10_000
    assert 9_900 <= total() <= 10_000
    assert written_rows() <= 400


def test_a_killed_server_loses_at_most_the_last_seconds(server: Server) -> None:
    Document.objects.create(key="question:101", kind="question", language="en")
    client = server.client()
    answered: list[float] = []

    ends = time.monotonic() + 3 * PAUSE
    while time.monotonic() < ends:
        client.send("question:101", f"10.0.{len(answered) // 250}.{len(answered) % 250}")
        answered.append(time.monotonic())
        time.sleep(0.01)
    server.end(signal.SIGKILL)
    killed = time.monotonic()

    safe = sum(moment < killed - PAUSE - 1 for moment in answered)
    assert 0 < safe <= total() <= len(answered)


def test_a_server_that_is_told_to_stop_loses_nothing(server: Server) -> None:
    Document.objects.create(key="question:101", kind="question", language="en")
    client = server.client()
    for person in range(50):
        client.send("question:101", f"10.0.0.{person}")
    before = total()

    os.kill(server.process.pid, signal.SIGTERM)
    server.process.wait(20)

    assert (before, total()) == (0, 50)
