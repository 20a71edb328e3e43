"""Links that readers or search engines would not like."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import unquote, urlsplit

import regex

from text import anchors
from text.editorial.passages import Heading, Link
from text.editorial.remarks import Remark, remark
from text.fold import fold

MANY: Final = 4
"""From how many links to one outside site on a text counts as full of them."""

_VAGUE: Final = frozenset(
    (
        *("here", "click", "click here", "tap here", "this", "this link", "this page", "link", "more", "read more"),
        *("learn more", "see more", "see here", "find out more", "website", "this website", "source", "details"),
        *(
            "這裡",
            "這裏",
            "這邊",
            "此處",
            "點我",
            "點此",
            "點這裡",
            "點擊這裡",
            "請點我",
            "請點此",
            "請點這裡",
            "按這裡",
            "按此",
        ),
        *(
            "連結",
            "此連結",
            "這個連結",
            "更多",
            "看更多",
            "閱讀更多",
            "了解更多",
            "詳見",
            "詳情",
            "網站",
            "網址",
            "來源",
            "参考",
            "參考",
        ),
    )
)
_OTHER = regex.compile(r"[^\p{L}\p{N}]+")
_ADDRESS = regex.compile(r"(?:https?:|www\.)|[\w-]+\.\w{2,}|.*@", regex.IGNORECASE)
_BODY = regex.compile(
    r".*(?:署|部|局|會|院|所|處|司|中心|大學|組織|學會|協會|基金會|官網|網站|網|平台|百科|期刊|雜誌)$"
)


def linking(links: Iterable[Link], headings: Iterable[Heading]) -> Iterator[Remark]:
    """Remarks `link_vague`, `link_keyword`, `links_many` (once a site, at its last link), `anchor_unknown`."""
    hosts: Counter[str] = Counter()
    last: dict[str, Link] = {}
    fragments = _fragments(headings)
    for link in links:
        host = host_of(link.href)
        if _folded(link.words) in _VAGUE:
            yield remark("link_vague", link.words, link.where)
        elif host and not link.is_source and _is_keyword(link.words):
            yield remark("link_keyword", link.words, link.where)
        if link.href[:1] == "#" and anchors.fragment(unquote(link.href[1:])) not in fragments:
            yield remark("anchor_unknown", link.href, link.where)
        if host:
            hosts[host] += 1
            last[host] = link
    yield from (remark("links_many", host, last[host].where) for host, times in hosts.items() if times >= MANY)


def host_of(href: str) -> str:
    """The host of an outside address without "www.", in lower case; nothing for every other address."""
    try:
        parts = urlsplit(href)
    except ValueError:
        return ""
    return (
        parts.netloc.lower().rpartition("@")[2].removeprefix("www.") if parts.scheme in ("", "http", "https") else ""
    )


def _folded(words: str) -> str:
    return " ".join(_OTHER.sub(" ", fold(words)).split())


def _is_keyword(words: str) -> bool:
    """Whether words name a thing and nobody: one to four small words, or up to eight characters that name no body."""
    if _ADDRESS.match(words):
        return False
    if regex.search(r"\p{Han}", words):
        return len(words) <= 8 and not regex.search(r"[《》「」]", words) and not _BODY.match(words)
    return 1 <= len(words.split()) <= 4 and words == words.lower()


def _fragments(headings: Iterable[Heading]) -> set[str]:
    headings = list(headings)
    names = anchors.Names(heading.name for heading in headings if heading.name)
    return {heading.name or names.give(heading.words) for heading in headings}
