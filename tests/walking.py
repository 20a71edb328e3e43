"""A reader who begins at the home page and follows every link, on a site with one of everything that is published."""

import datetime as dt
from collections import deque
from typing import Final
from urllib.parse import urldefrag, urlsplit

from django.test import Client
from django.urls import resolve
from django.utils import timezone
from django.utils.translation import override

from faq.states import Status
from tests.factories import (
    make_article,
    make_comment,
    make_concept,
    make_feature,
    make_menu_item,
    make_more_info,
    make_page,
    make_question,
    make_topic,
)
from tests.links import Page, is_own

SITE: Final = "http://testserver"
LANGUAGES: Final = {"en": "en", "zh-hant": "zh-Hant"}
"""The beginning of an address, and what its pages say of themselves."""
MOST: Final = 2_000
MOST_ALIKE: Final = 3


class Walk:
    """A reader who follows every link once. `found` is status and page by address."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.found: dict[str, tuple[int, Page | None]] = {}
        self.bodies: dict[str, bytes] = {}
        self.came_from: dict[str, str] = {}
        self.queries: dict[tuple[str, ...], set[str]] = {}

    def from_home(self) -> "Walk":
        waiting = deque(f"{SITE}/{language}/" for language in LANGUAGES)
        while waiting and len(self.found) < MOST:
            address = waiting.popleft()
            if address in self.found:
                continue
            links = {urldefrag(link).url for link in self._look(address) if is_own(link, SITE)}
            for link in sorted(link for link in links if not urlsplit(link).path.startswith("/static/")):
                if self._is_new_enough(link):
                    self.came_from.setdefault(link, address)
                    waiting.append(link)
        assert len(self.found) < MOST, "the walk finds no end"
        return self

    def _is_new_enough(self, link: str) -> bool:
        """Whether few addresses were seen that differ only in what their query says: `?about=` a page, `?page=`."""
        path, query = urlsplit(link).path, urlsplit(link).query
        alike = self.queries.setdefault((path, *sorted(part.split("=")[0] for part in query.split("&"))), set())
        alike |= {link} if len(alike) < MOST_ALIKE else set()
        return not query or link in alike

    def _look(self, address: str) -> list[str]:
        """The links of the page at an address, or the one address that it leads to."""
        parts = urlsplit(address)
        response = self.client.get(f"{parts.path}?{parts.query}" if parts.query else parts.path)
        is_page = response.get("Content-Type", "").startswith("text/html") and response.status_code == 200
        page = Page(response.content.decode(), address) if is_page else None
        self.bodies[address] = response.content if is_page else b""
        self.found[address] = response.status_code, page
        if response.status_code in {301, 302}:
            return [f"{SITE}{response['Location']}" if response["Location"].startswith("/") else response["Location"]]
        return [*page.links, *page.parts] if page else []

    def pages(self) -> dict[str, Page]:
        return {address: page for address, (_status, page) in self.found.items() if page}


def publish(language: str) -> None:
    """One of everything that can be published, with more than one list holds."""
    concept = make_concept(f"Lupus {language}", f"紅斑性狼瘡 {language}")
    question = make_question(Status.PUBLISHED, None, language, concepts=[concept])
    for _number in range(21):
        make_question(Status.PUBLISHED, question.department, language, concepts=[concept])
    make_question(Status.CLOSED, question.department, language)
    make_more_info(question)
    make_topic(concept, question.department, language)
    article = make_article(language, department=question.department, takes_comments=True, sources=["A guideline"])
    article.concepts.add(concept)
    for _number in range(51):
        make_comment(article)
    overdue = timezone.localdate() - dt.timedelta(days=1)
    make_menu_item(page=make_page(f"words-{language}", language, next_review_on=overdue))
    make_feature(article)


def name_of(address: str) -> str:
    """The name of an address in the site's map."""
    path = urlsplit(address).path
    with override(path.split("/")[1]):
        return resolve(path).view_name
