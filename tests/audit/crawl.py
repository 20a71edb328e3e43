"""Every address of the running site that a reader, or an account, comes to by following links from one page."""

import http.client
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urldefrag, urljoin, urlsplit

from django.urls import Resolver404, resolve
from django.utils.translation import override

from tests.links import Page, is_own

MOST: Final = 4000
"""Addresses that a crawl looks at."""
LANGUAGES: Final = ("en", "zh-hant")


@dataclass
class Seen:
    """An answer of the site. `kind` is what pages have in common of which two are looked at."""

    address: str
    status: int
    content_type: str
    body: bytes
    leads_to: str = ""
    came_from: str = ""
    page: Page | None = None

    @property
    def is_html(self) -> bool:
        return self.content_type.startswith("text/html")

    @property
    def name(self) -> str:
        """The name of the address in the site's map; empty where it has none."""
        with override(self.language or "en"):
            try:
                return resolve(urlsplit(self.address).path).view_name
            except Resolver404:
                return ""

    @property
    def language(self) -> str:
        first = urlsplit(self.address).path.split("/")[1]
        return first if first in LANGUAGES else ""

    @property
    def kind(self) -> tuple[str, str, int, bool]:
        return self.language, self.name, self.status, bool(urlsplit(self.address).query)


@dataclass
class Crawl:
    """What was seen, by address without fragment."""

    site: str
    cookies: str = ""
    seen: dict[str, Seen] = field(default_factory=dict)
    follows: Callable[["Seen", str], bool] = lambda seen, link: True

    def __post_init__(self) -> None:
        self._connection = http.client.HTTPConnection(urlsplit(self.site).netloc, timeout=60)

    def get(self, address: str, came_from: str = "") -> Seen:
        """Look once at an address of the site."""
        if address in self.seen:
            return self.seen[address]
        parts = urlsplit(address)
        path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
        headers = {"Cookie": self.cookies, "Accept-Language": "en"} if self.cookies else {}
        answer = self._ask(path, headers)
        kind, target = answer.headers.get("Content-Type", ""), answer.headers.get("Location", "")
        leads_to = urljoin(address, target) if target else ""
        found = Seen(address, answer.status, kind, answer.read(), leads_to, came_from)
        if found.is_html:
            found.page = Page(found.body.decode(), address)
        self.seen[address] = found
        return found

    def _ask(self, path: str, headers: dict[str, str]) -> http.client.HTTPResponse:
        """The answer, on a new connection where the server has closed the idle one."""
        try:
            self._connection.request("GET", path, headers=headers)
            return self._connection.getresponse()
        except (http.client.RemoteDisconnected, ConnectionError):
            self._connection.close()
            self._connection.request("GET", path, headers=headers)
            return self._connection.getresponse()

    def run(self, start: Iterable[str]) -> "Crawl":
        """Follow every link from these addresses on; what a page loads is looked at, too."""
        waiting = deque((urljoin(self.site, path), "") for path in start)
        while waiting and len(self.seen) < MOST:
            address, came_from = waiting.popleft()
            if address in self.seen:
                continue
            found = self.get(address, came_from)
            further = [found.leads_to] if found.leads_to else []
            if found.page and found.status < 400:
                further = [*found.page.links, *found.page.parts]
            own = [urldefrag(link).url for link in further if is_own(link, self.site)]
            waiting.extend((link, address) for link in own if link not in self.seen and self.follows(found, link))
        return self

    def pages(self) -> list[Seen]:
        """The answers that are pages."""
        return [seen for seen in self.seen.values() if seen.page and not seen.leads_to]

    def examples(self) -> list[Seen]:
        """Of each kind of page the first that was seen and the longest."""
        kinds: dict[tuple[str, str, int, bool], list[Seen]] = {}
        for seen in self.pages():
            kinds.setdefault(seen.kind, []).append(seen)
        chosen = []
        for pages in kinds.values():
            longest = max(pages, key=lambda seen: len(seen.body))
            chosen += [pages[0]] if longest is pages[0] else [pages[0], longest]
        return chosen

    def broken(self) -> list[str]:
        """Links that lead to an error, and fragments that name no part of the page they lead to."""
        found = [
            f"{seen.status} {seen.address} (linked from {seen.came_from})"
            for seen in self.seen.values()
            if seen.status >= 400 and seen.came_from
        ]
        for seen in self.pages():
            assert seen.page
            found += [f"no #{part} for the link of {seen.address}" for part in sorted(self._lost_parts(seen.page))]
        return found

    def _lost_parts(self, page: Page) -> set[str]:
        lost = set()
        for link in page.links:
            address, part = urldefrag(link)
            target = self.seen.get(address)
            if part and target and target.page and part not in target.page.ids and part != "top":
                lost.add(f"{part} in {address}")
        return lost
