"""What search engines and feed readers read: feeds, sitemaps, robots.txt and JSON-LD, by the rules of each format."""

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import urlsplit
from xml.etree import ElementTree

from tests.audit.crawl import Seen
from tests.reading import parse

ATOM: Final = "{http://www.w3.org/2005/Atom}"
SITEMAP: Final = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
MOST_ADDRESSES: Final = 50_000
MOST_BYTES: Final = 50 * 1024 * 1024

REQUIRED: Final[dict[str, tuple[str, ...]]] = {
    # What schema.org's readers ask for by type: https://developers.google.com/search/docs/appearance/structured-data
    "Article": ("headline", "datePublished", "author"),
    "BreadcrumbList": ("itemListElement",),
    "ListItem": ("position", "name"),
    "FAQPage": ("mainEntity",),
    "MedicalWebPage": ("name", "url"),
    "Organization": ("name",),
    "Person": ("name",),
    "Physician": ("name", "url"),
    "QAPage": ("mainEntity",),
    "SearchAction": ("target", "query-input"),
    "WebSite": ("name", "url"),
}
MOMENTS: Final = ("dateCreated", "dateModified", "datePublished")
DAYS: Final = ("lastReviewed",)


def feed_errors(seen: Seen) -> list[str]:
    """What RFC 4287 asks for and an Atom feed lacks."""
    feed, errors = _xml(seen)
    if feed is None:
        return errors
    if feed.tag != f"{ATOM}feed":
        return [f"the root is {feed.tag}"]
    ids = [entry.findtext(f"{ATOM}id", "") for entry in feed.findall(f"{ATOM}entry")]
    errors += [f"two entries share {name}" for name in {name for name in ids if ids.count(name) > 1}]
    has_author = feed.find(f"{ATOM}author") is not None
    for part in (feed, *feed.findall(f"{ATOM}entry")):
        where = part.findtext(f"{ATOM}id", "") or part.findtext(f"{ATOM}title", "")
        errors += [f"{where}: {error}" for error in _atom_errors(part)]
        if not has_author and part.tag == f"{ATOM}entry" and part.find(f"{ATOM}author") is None:
            errors.append(f"{where}: no author, neither of the entry nor of the feed")
    return errors


def _atom_errors(part: ElementTree.Element) -> Iterator[str]:
    for name in ("id", "title", "updated"):
        if len(part.findall(f"{ATOM}{name}")) != 1 or not part.findtext(f"{ATOM}{name}", "").strip():
            yield f"not exactly one {name}"
    if not urlsplit(part.findtext(f"{ATOM}id", "")).scheme:
        yield "the id is no whole address"
    for name in ("updated", "published"):
        value = part.findtext(f"{ATOM}{name}")
        if value is not None and not _is_moment(value):
            yield f"{name} is {value}"
    for link in part.findall(f"{ATOM}link"):
        if not link.get("href", "").startswith("http"):
            yield f"a link leads to {link.get('href')}"


def sitemap_errors(seen: Seen) -> list[str]:
    """What sitemaps.org's protocol asks for and a sitemap, or an index of them, lacks."""
    root, errors = _xml(seen)
    if root is None:
        return errors
    if root.tag not in {f"{SITEMAP}urlset", f"{SITEMAP}sitemapindex"}:
        return [f"the root is {root.tag}"]
    if len(root) > MOST_ADDRESSES or len(seen.body) > MOST_BYTES:
        errors.append(f"{len(root)} addresses in {len(seen.body)} bytes")
    addresses = sitemap_addresses(seen)
    errors += [f"{address} is no whole address" for address in addresses if not urlsplit(address).netloc]
    if len(set(addresses)) < len(addresses):
        errors.append("an address stands there twice")
    days = [row.text or "" for row in root.iter(f"{SITEMAP}lastmod")]
    return errors + [f"lastmod is {day}" for day in days if not (_is_moment(day) or _is_day(day))]


def sitemap_addresses(seen: Seen) -> list[str]:
    """The addresses that a sitemap lists, or the sitemaps that an index does."""
    root, _errors = _xml(seen)
    return [] if root is None else [(row.text or "").strip() for row in root.iter(f"{SITEMAP}loc")]


def json_ld(seen: Seen) -> list[Any]:
    """The JSON-LD of a page, each script as it was read. Raises ValueError where one is no JSON."""
    scripts = parse(seen.body.decode()).every("script", type="application/ld+json")
    return [json.loads("".join(part for part in script.inside if isinstance(part, str))) for script in scripts]


def json_ld_errors(seen: Seen) -> list[str]:
    """What is missing or malformed in the JSON-LD of a page, and more than one question on it."""
    try:
        data = json_ld(seen)
    except ValueError as error:
        return [f"no JSON: {error}"]
    nodes = [node for part in data for node in _nodes(part)]
    errors = [error for node in nodes for error in _node_errors(node)]
    errors += ["no @context" for part in data if "schema.org" not in str(part.get("@context", ""))]
    if sum("QAPage" in _types(node) for node in nodes) > 1:
        errors.append("more than one QAPage")
    return errors


def _node_errors(node: dict[str, Any]) -> Iterator[str]:
    if set(node) == {"@id"}:
        return
    for kind in _types(node):
        for name in REQUIRED.get(kind, ()):
            if not node.get(name):
                yield f"{kind} without {name}"
    yield from _date_errors(node)
    yield from _question_errors(node)
    if "BreadcrumbList" in _types(node):
        positions = [row.get("position") for row in node.get("itemListElement", [])]
        if positions != list(range(1, len(positions) + 1)):
            yield f"breadcrumbs are numbered {positions}"


def _date_errors(node: dict[str, Any]) -> Iterator[str]:
    for name in MOMENTS:
        if name in node and not _is_moment(node[name]):
            yield f"{name} is {node[name]!r}: no moment with its time zone"
    yield from (f"{name} is {node[name]!r}" for name in DAYS if name in node and not _is_day(node[name]))


def _question_errors(node: dict[str, Any]) -> Iterator[str]:
    """A FAQPage's questions have exactly one answer each with words in it, a QAPage's a count and an answer."""
    questions = node.get("mainEntity", [])
    questions = questions if isinstance(questions, list) else [questions]
    if "FAQPage" in _types(node):
        for question in questions:
            answer = question.get("acceptedAnswer")
            if not question.get("name") or not isinstance(answer, dict) or not answer.get("text"):
                yield f"a question of the FAQPage without its one answer: {question.get('name')}"
    if "QAPage" in _types(node):
        for question in questions:
            if not question.get("name") or "answerCount" not in question:
                yield "the question of the QAPage without name or answerCount"
            answers = [question.get("acceptedAnswer"), *(question.get("suggestedAnswer") or [])]
            if not any(isinstance(answer, dict) and answer.get("text") for answer in answers):
                yield "the question of the QAPage without an answer"


def _nodes(part: Any) -> Iterator[dict[str, Any]]:
    if isinstance(part, dict):
        if "@type" in part or "@id" in part:
            yield part
        for value in part.values():
            yield from _nodes(value)
    elif isinstance(part, list):
        for value in part:
            yield from _nodes(value)


def _types(node: dict[str, Any]) -> list[str]:
    kinds = node.get("@type", [])
    return kinds if isinstance(kinds, list) else [kinds]


def _xml(seen: Seen) -> tuple[ElementTree.Element | None, list[str]]:
    try:
        return ElementTree.fromstring(seen.body), []  # noqa: S314  # our own server's
    except ElementTree.ParseError as error:
        return None, [f"not well-formed: {error}"]


def _is_moment(value: str) -> bool:
    try:
        return dt.datetime.fromisoformat(value).tzinfo is not None
    except (TypeError, ValueError):
        return False


def _is_day(value: str) -> bool:
    try:
        return bool(dt.date.fromisoformat(value[:10]))
    except (TypeError, ValueError):
        return False
