"""The feed of articles."""

import datetime as dt
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories import make_article, make_department, make_user
from tests.reading import queries, read

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"


def titles(client: Client, prefix: str = "en") -> list[str]:
    found = ET.fromstring(client.get(f"/{prefix}/articles/feed/").content)  # noqa: S314  # our own
    return [each.text or "" for each in found.findall(f"{ATOM}entry/{ATOM}title")]


def test_public_articles_of_the_language_the_newest_first(client: Client) -> None:
    make_article(title="Old", published_at=timezone.now() - dt.timedelta(days=3))
    make_article(title="New", department=make_department())
    make_article(title="Not yet", published_at=timezone.now() + dt.timedelta(days=3))
    make_article("zh-hant", title="中文文章")

    assert (titles(client), titles(client, "zh-hant")) == (["New", "Old"], ["中文文章"])


def test_what_is_withdrawn_is_gone_at_once(client: Client) -> None:
    article = make_article(title="Old")
    before = titles(client)

    article.withdraw(by=make_user(), note="It was wrong.")

    assert (before, titles(client)) == (["Old"], [])


def test_the_list_leads_to_it(client: Client) -> None:
    make_article()

    page = read(client, "/en/articles/")

    assert page.one("link", type="application/atom+xml")["href"] == "http://testserver/en/articles/feed/"
    assert page.one("a", type="application/atom+xml")["href"] == "/en/articles/feed/"


def test_it_costs_one_query_for_one_and_for_three(client: Client) -> None:
    make_article(department=make_department())
    one = queries(client, "/en/articles/feed/")

    make_article(department=make_department())
    make_article(department=make_department())

    assert (one, queries(client, "/en/articles/feed/")) == (1, 1)
