"""The newest results of a search as a feed."""

import datetime as dt
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest
from django.conf import settings
from django.test import Client

from faq.states import Status
from search.index.follower import Follower
from search.models import Change
from search.searches import SEARCHES
from tests.factories import make_article, make_question, make_user
from tests.reading import queries, read

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"


def feed(client: Client, query: str) -> ET.Element:
    response = client.get(f"/en/search/feed/?{query}")
    assert (response.status_code, response["Content-Type"]) == (200, "application/atom+xml; charset=utf-8")
    return ET.fromstring(response.content)  # noqa: S314  # our own


def titles(found: ET.Element) -> list[str]:
    return [each.text or "" for each in found.findall(f"{ATOM}entry/{ATOM}title")]


def test_the_newest_come_first_in_every_language(client: Client, index: Follower) -> None:
    make_question(Status.PUBLISHED, title="Lupus <old>", asked_on=dt.date(2011, 5, 1))
    make_question(Status.PUBLISHED, language="zh-hant", title="Lupus 狼瘡", asked_on=dt.date(2024, 5, 1))
    make_question(Status.PUBLISHED, title="Heart", asked_on=dt.date(2025, 5, 1))
    index.step()

    assert titles(feed(client, "q=lupus")) == ["Lupus 狼瘡", "Lupus <old>"]


def test_the_page_leads_to_the_feed_of_the_same_filters(client: Client, index: Follower) -> None:
    make_question(Status.PUBLISHED, title="Lupus asked")
    make_article(title="Lupus article")
    index.step()

    page = read(client, "/en/search/?q=lupus&kind=article")

    address = page.one("link", rel="alternate")["href"]
    assert address == f"{settings.SITE_URL}/en/search/feed/?q=lupus&kind=article"
    assert [link["href"] for link in page.every("a", type="application/atom+xml")] == [
        "/en/search/feed/?q=lupus&kind=article"
    ]
    assert titles(feed(client, address.partition("?")[2])) == ["Lupus article"]


def test_an_entry_has_its_day_its_change_and_a_name_that_lasts(client: Client, index: Follower) -> None:
    question = make_question(Status.PUBLISHED, title="Lupus", body="1 < 2 & more", asked_on=dt.date(2011, 5, 1))
    index.step()

    entry = feed(client, "q=lupus").findall(f"{ATOM}entry")[0]

    changed = Change.objects.filter(key=f"question:{question.pk}").latest("pk").changed_at
    texts = {name: entry.findtext(f"{ATOM}{name}") for name in ("id", "published", "updated", "summary")}
    assert texts["id"] == f"tag:{urlsplit(settings.SITE_URL).hostname},2026:question:{question.pk}"
    assert texts["published"] == "2011-05-01T00:00:00+08:00"
    assert texts["updated"] == changed.isoformat()
    assert texts["summary"] == "1 &lt; 2 &amp; more"


def test_what_was_taken_down_is_gone_at_once(client: Client, index: Follower) -> None:
    question = make_question(Status.PUBLISHED, title="Lupus")
    index.step()
    before = titles(feed(client, "q=lupus"))

    question.unpublish(by=make_user(role="moderator"), reason="a reason")

    assert (before, titles(feed(client, "q=lupus"))) == (["Lupus"], [])


@pytest.mark.parametrize("query", ["", "q=", "q=-lupus", "q=%01", "q=lupus%02&kind=%03", "q=" + "x" * 300])
def test_odd_queries_give_a_feed_without_entries(client: Client, index: Follower, query: str) -> None:
    make_question(Status.PUBLISHED, title="Heart")
    index.step()

    found = feed(client, query)

    assert titles(found) == []
    assert found.findtext(f"{ATOM}updated") == "1970-01-01T00:00:00+00:00"


def test_a_feed_costs_the_same_however_many_entries_and_is_noted_by_nobody(client: Client, index: Follower) -> None:
    costs = []
    for number in (1, 2):
        for _each in range(number):
            make_question(Status.PUBLISHED, title="Lupus")
        index.step()
        costs.append(queries(client, "/en/search/feed/?q=lupus"))

    assert costs[0] == costs[1]
    assert SEARCHES._counts == {}
