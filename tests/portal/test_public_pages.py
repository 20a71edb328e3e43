"""What holds for every page that everyone may read."""

from itertools import pairwise
from typing import Any

import pytest
from django.test import Client

from tests.factories import make_article, make_department, make_page, make_physician, make_topic, make_user
from tests.faq.thread import make_full_thread
from tests.reading import Part, parse

pytestmark = pytest.mark.django_db


def public_addresses(language: str) -> list[str]:
    """One address of each kind, with rows behind it."""
    question = make_full_thread(2, language)
    rows: list[Any] = [
        question,
        make_topic(language=language),
        make_physician(),
        make_article(language),
        make_page("about", language),
        make_department("skin"),
    ]
    lists = [
        "",
        "questions/",
        "topics/",
        "topics/?department=skin",
        "articles/",
        "departments/",
        "search/?q=a",
        "sitemap/",
    ]
    own = [row.get_absolute_url().replace("/en/physicians", f"/{language}/physicians") for row in rows]
    return [*(f"/{language}/{name}" for name in lists), *own]


def every_page(client: Client, language: str) -> list[tuple[str, bytes]]:
    pages = []
    for address in public_addresses(language):
        response = client.get(address, follow=True, headers={"accept-language": "de"})
        assert response.status_code == 200, address
        assert not response.cookies, address
        # Pages are sent compressed to who takes that.
        assert response.get("Vary", "") == "Accept-Encoding", address
        assert "public" in response["Cache-Control"], address
        pages.append((address, response.content))
    return pages


@pytest.mark.parametrize("language", ["en", "zh-hant"])
def test_it_is_the_same_for_everyone(client: Client, language: str) -> None:
    guest = dict(every_page(client, language))
    staff = Client()
    staff.force_login(make_user(role="administrator"))

    for address, page in guest.items():
        assert b"csrf" not in page.lower(), address
        seen = staff.get(address, follow=True)
        assert (seen.content, seen.get("Vary", "")) == (page, "Accept-Encoding"), address


@pytest.mark.parametrize("language", ["en", "zh-hant"])
def test_it_is_well_made(client: Client, language: str) -> None:
    for address, content in every_page(client, language):
        page = parse(content.decode())
        ids = [part["id"] for part in page.every() if part["id"]]
        assert len(ids) == len(set(ids)), (address, ids)
        assert len(page.every("h1")) == 1, address
        assert {part["aria-labelledby"] for part in page.every() if part["aria-labelledby"]} <= set(ids), address
        assert ranks_skip_none(page), address
        assert not [part for part in page.every() if part["style"] or part["onclick"]], address
        # What describes the page to search engines is data and never run.
        run = [part for part in page.every("script") if part["type"] != "application/ld+json"]
        assert not [part for part in run if not part["src"].startswith("/static/")], address
        assert all(link.words or link["aria-label"] for link in page.every("a")), address
        assert page.one("meta", name="description")["content"] != "", address


def ranks_skip_none(page: Part) -> bool:
    ranks = [int(part.tag[1]) for part in page.every() if part.tag in {"h1", "h2", "h3", "h4", "h5", "h6"}]
    return all(later - earlier <= 1 for earlier, later in pairwise(ranks))


def test_it_is_only_for_reading(client: Client) -> None:
    for address in public_addresses("en"):
        assert client.head(address, follow=True).status_code == 200, address
        assert client.post(address).status_code == 405, address
