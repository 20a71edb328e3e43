"""axe-core on pages in a real browser, in the light and the dark theme."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import axe_playwright_python
from playwright.sync_api import Browser, Page

NEWEST: Final = Path(__file__).resolve().parents[2] / ".audit" / "node_modules" / "axe-core" / "axe.min.js"
OF_TESTS: Final = Path(axe_playwright_python.__file__).with_name("axe.min.js")
"""The one that the tests' own package brings."""
DEPENDS_ON_THEME: Final = ["color-contrast", "link-in-text-block"]
"""The rules that a dark theme can break while the light one keeps them."""
WIDTH, HEIGHT = 360, 800

SETTLED: Final = (
    "() => Promise.all(document.getAnimations().map((one) => one.finished.catch(() => null))).then(() => 0)"
)
"""Colours that are on their way from one theme to the other are none."""

RUN: Final = """(rules) => axe.run(document, {
  resultTypes: ["violations"],
  ...(rules ? {runOnly: {type: "rule", values: rules}} : {}),
}).then((found) => found.violations)"""


def look(
    browser: Browser, site: str, addresses: Iterable[str], cookies: str = "", script: Path = NEWEST
) -> dict[str, list[str]]:
    """The violations by address, theme first where it is the dark one. `cookies` is a request header's value."""
    source = script.read_text()
    context = browser.new_context(base_url=site, viewport={"width": WIDTH, "height": HEIGHT}, reduced_motion="reduce")
    context.set_default_timeout(30_000)
    for pair in filter(None, cookies.split("; ")):
        name, _, value = pair.partition("=")
        context.add_cookies([{"name": name, "value": value, "url": site}])
    page = context.new_page()
    try:
        return {address: found for address in addresses if (found := _look_at(page, address, source))}
    finally:
        context.close()


def _look_at(page: Page, address: str, source: str) -> list[str]:
    page.emulate_media(color_scheme="light")
    page.goto(address)
    page.evaluate(source)
    light = page.evaluate(RUN, None)
    page.emulate_media(color_scheme="dark")
    page.evaluate(SETTLED)
    dark = page.evaluate(RUN, DEPENDS_ON_THEME)
    return [*map(_told, light), *(f"dark: {_told(row)}" for row in dark)]


def _told(row: dict[str, Any]) -> str:
    nodes = row["nodes"]
    return f"{row['id']} ({len(nodes)}): {nodes[0]['html'][:160]} {_measured(nodes[0])}".strip()


def _measured(node: dict[str, Any]) -> str:
    """What a rule has measured, such as a contrast."""
    data = (node.get("any") or [{}])[0].get("data") or {}
    return f"[{data['contrastRatio']} of {data['expectedContrastRatio']}]" if "contrastRatio" in data else ""


def path_of(address: str) -> str:
    """An address without its site."""
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
