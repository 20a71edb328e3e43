"""A page as a reader meets it: its parts found by element, class or id, and their words."""

from collections.abc import Iterator
from html.parser import HTMLParser

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

EMPTY = {"base", "br", "col", "hr", "img", "input", "link", "meta", "path", "rect", "source", "wbr"}


class Part:
    """One element with what is in it."""

    def __init__(self, tag: str, attributes: dict[str, str]) -> None:
        self.tag, self.attributes = tag, attributes
        self.inside: list[Part | str] = []

    def __getitem__(self, name: str) -> str:
        return self.attributes.get(name, "")

    def every(self, tag: str = "", cls: str = "", **attributes: str) -> "list[Part]":
        """The parts of that element, class and attributes, in their order."""
        return [part for part in self._parts() if part._is(tag, cls, attributes)]

    def one(self, tag: str = "", cls: str = "", **attributes: str) -> "Part":
        """The only such part."""
        (part,) = self.every(tag, cls, **attributes)
        return part

    @property
    def words(self) -> str:
        """What is read in it, whitespace as single spaces."""
        return " ".join("".join(self._texts()).split())

    def _is(self, tag: str, cls: str, attributes: dict[str, str]) -> bool:
        named = self.tag == (tag or self.tag) and (not cls or cls in self["class"].split())
        return named and all(self[name] == value for name, value in attributes.items())

    def _parts(self) -> "Iterator[Part]":
        for part in self.inside:
            if isinstance(part, Part):
                yield part
                yield from part._parts()

    def _texts(self) -> Iterator[str]:
        for part in self.inside:
            if isinstance(part, str):
                yield part
            else:
                yield from part._texts()


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Part("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        part = Part(tag, {name: value or "" for name, value in attrs})
        self.open[-1].inside.append(part)
        if tag == "br":
            part.inside.append("\n")
        if tag not in EMPTY:
            self.open.append(part)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].inside.append(Part(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if tag not in EMPTY:
            assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)


def parse(html: str) -> Part:
    """The page as a tree; fails where an element is closed that is not open."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    assert [part.tag for part in builder.open] == [""], "elements are left open"
    return builder.open[0]


def read(client: Client, address: str, status: int = 200) -> Part:
    """The page at an address, which must answer with that status."""
    response = client.get(address)
    assert response.status_code == status, f"{response.status_code} {address}"
    return parse(response.content.decode())


def links(part: Part) -> dict[str, str]:
    """Address by words of the links in a part."""
    return {link.words: link["href"] for link in part.every("a")}


def queries(client: Client, address: str) -> int:
    """How many queries a page costs that answers 200."""
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)
