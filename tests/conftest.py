"""What every test may use: the database that was asked for, a browser, and no skip without a reason."""

import os
import re
import shutil
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.utils import translation
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from search.counting import VIEWS
from search.index.follower import Follower
from search.searches import SEARCHES
from tests.pgplugin import ENGINE, IS_WORKER

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
CHROMIUM_FLAGS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
ALLOWED_SKIPS = Path(__file__).parent / "allowed_skips.txt"

# Playwright's synchronous interface leaves an event loop in this thread, where Django refuses to touch the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(scope="session", autouse=True)
def _engine() -> None:
    """A suite that was asked for PostgreSQL never stays on SQLite in silence."""
    assert connection.vendor == ENGINE


@pytest.fixture(autouse=True)
def _empty_cache(request: pytest.FixtureRequest) -> None:
    """Counted limits do not outlive a test; the cache's table is no model, and so no flush empties it."""
    if {"transactional_db", "live_server"} & set(request.fixturenames):
        request.getfixturevalue("transactional_db")
        cache.clear()


@pytest.fixture(autouse=True)
def _own_language() -> Iterator[None]:
    """A page that a test asked for in Chinese leaves its thread in Chinese; the next test begins in English."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture(autouse=True)
def _nothing_noted() -> Iterator[None]:
    """What a process counts in memory and writes later is not written into the database of another test."""
    yield
    VIEWS.forget()
    SEARCHES.forget()


@pytest.fixture
def index(tmp_path: Path, settings: Settings) -> Iterator[Follower]:
    """The index of this test, empty: `index.step()` brings it up to what is public now."""
    settings.INDEX_DIR = tmp_path / "index"
    follower = Follower(settings.INDEX_DIR)
    yield follower
    follower.close()


@pytest.fixture(autouse=True)
def _no_index(tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> None:
    """No test reads the index of the site that runs in this folder, nor what another test has left."""
    settings.INDEX_DIR = tmp_path_factory.getbasetemp() / "no-index" / uuid.uuid4().hex


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()


OpenPage = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, live_server: LiveServer) -> Iterator[OpenPage]:
    """Open an address of the live site in a window of its own, with its own cookies.

    `open_page("/en/", language="zh-TW", javascript=False, width=360)`; every window is closed after the test.
    """
    contexts = []

    def open_address(
        address: str, *, language: str = "en", javascript: bool = True, width: int = 1280, height: int = 900
    ) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            java_script_enabled=javascript,
            locale=language,
            viewport={"width": width, "height": height},
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.goto(address)
        return page

    yield open_address
    for context in contexts:
        context.close()


def unexplained_skips(config: pytest.Config) -> list[str]:
    """Skips that no line of allowed_skips.txt (`pattern  # reason`) matches, as `test: reason`."""
    lines = [line.partition("#")[0].strip() for line in ALLOWED_SKIPS.read_text().splitlines()]
    allowed = [re.compile(line) for line in lines if line]
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    assert reporter is not None
    skips = [f"{report.nodeid}: {report.longrepr[2]}" for report in reporter.stats.get("skipped", [])]
    return [skip for skip in skips if not any(pattern.search(skip) for pattern in allowed)]


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """In CI a skip that nobody has explained fails the run."""
    in_ci = os.environ.get("CI") == "true" and not IS_WORKER
    if in_ci and exitstatus == pytest.ExitCode.OK and unexplained_skips(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    skips = unexplained_skips(config) if os.environ.get("CI") == "true" else []
    if skips:
        terminalreporter.section("skips that tests/allowed_skips.txt does not explain", red=True)
        for skip in skips:
            terminalreporter.line(skip)
