"""What a page refers to and what can be referred to in it, read as leniently as a browser does."""

from html.parser import HTMLParser
from typing import Final
from urllib.parse import urljoin, urlsplit

REFERS: Final = {
    "a": "href",
    "area": "href",
    "audio": "src",
    "iframe": "src",
    "img": "src",
    "link": "href",
    "script": "src",
    "source": "src",
    "use": "href",
}
IS_NO_PAGE: Final = ("mailto:", "tel:", "data:", "sms:", "javascript:")


class Page(HTMLParser):
    """The links, pictures, styles and scripts of a page as whole addresses, its ids, its language, its title."""

    def __init__(self, html: str, address: str) -> None:
        super().__init__()
        self.address = address
        self.links: list[str] = []
        """Where a reader can go."""
        self.parts: list[str] = []
        """What the browser loads with it, and its relatives: canonical, other language, feeds."""
        self.ids: set[str] = set()
        self.language = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.language = found.get("lang", "")
        self.ids |= {found[name] for name in ("id", "name") if name in found}
        kept = self.links if tag in {"a", "area"} else self.parts
        for value in (found.get(REFERS.get(tag, "")), *_of_srcset(found.get("srcset", ""))):
            if value and not value.startswith(IS_NO_PAGE):
                kept.append(urljoin(self.address, value))

    handle_startendtag = handle_starttag


def _of_srcset(value: str) -> list[str]:
    return [part.split()[0] for part in value.split(",") if part.strip()]


def is_own(address: str, site: str) -> bool:
    """Whether an address lies on the site, `http://host:port`."""
    return urlsplit(address)[:2] == urlsplit(site)[:2]
