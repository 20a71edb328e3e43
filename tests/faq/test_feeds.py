"""Feeds of what was answered: of everything, of a department, of a topic."""

import datetime as dt
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from django.utils import timezone

from faq.states import Status
from tests.factories import make_concept, make_department, make_question, make_topic, make_user
from tests.reading import queries, read

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def feed(client: Client, address: str) -> ET.Element:
    response = client.get(address)
    assert (response.status_code, response["Content-Type"]) == (200, "application/atom+xml; charset=utf-8")
    return ET.fromstring(response.content)  # noqa: S314  # our own


def titles(found: ET.Element) -> list[str]:
    return [each.text or "" for each in found.findall(f"{ATOM}entry/{ATOM}title")]


def test_what_was_published_last_comes_first_whenever_it_was_asked(client: Client) -> None:
    now = timezone.now()
    make_question(Status.PUBLISHED, title="Lupus", published_at=now, asked_on=dt.date(2011, 5, 1))
    make_question(Status.PUBLISHED, title="Heart", published_at=now - dt.timedelta(days=9))
    make_question(Status.ANSWERED, title="Not public yet")
    make_question(Status.PUBLISHED, language="zh-hant", title="頭痛三週")

    assert titles(feed(client, "/en/questions/feed/")) == ["Lupus", "Heart"]
    assert titles(feed(client, "/zh-hant/questions/feed/")) == ["頭痛三週"]


def test_departments_and_topics_have_their_own(client: Client) -> None:
    skin, concept = make_department("skin"), make_concept("Lupus", "紅斑性狼瘡")
    topic = make_topic(concept, skin)
    make_question(Status.PUBLISHED, skin, title="Lupus rash", concepts=[concept])
    make_question(Status.PUBLISHED, skin, title="Warts")
    make_question(Status.PUBLISHED, title="Lupus of the heart", concepts=[concept])

    assert titles(feed(client, "/en/departments/skin/feed/")) == ["Warts", "Lupus rash"]
    assert titles(feed(client, f"/en/topics/{topic.pk}/feed/")) == ["Lupus rash"]
    assert client.get(f"/zh-hant/topics/{topic.pk}/feed/").status_code == 404


def test_an_entry_says_who_answered_what_and_when_under_a_name_that_lasts(client: Client) -> None:
    question = make_question(Status.PUBLISHED, title="Tea & milk?", body="Hello doctor, is 1 < 2 cups fine?")
    physician = question.answers.get().physician
    assert physician is not None

    found = feed(client, "/en/questions/feed/")

    entry = found.find(f"{ATOM}entry")
    assert entry is not None
    texts = {name: entry.findtext(f"{ATOM}{name}") for name in ("id", "title", "published", "updated", "summary")}
    assert question.published_at is not None
    assert question.changed_at is not None
    assert texts == {
        "id": f"tag:testserver,2026:question:{question.pk}",
        "title": "Tea & milk?",
        "published": question.published_at.isoformat(),
        "updated": question.changed_at.isoformat(),
        "summary": f"<p>is 1 &lt; 2 cups fine?</p><p>{question.answer_teaser}</p>",
    }
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == physician.name_romanised
    assert (found.get(XML_LANG), found.findtext(f"{ATOM}id")) == ("en", "tag:testserver,2026:feed:questions:en")
    assert found.findtext(f"{ATOM}author/{ATOM}name") == "Wenyi 問醫"
    links = {link.get("rel"): link.get("href") for link in found.findall(f"{ATOM}link")}
    assert links == {
        "alternate": "http://testserver/en/questions/",
        "self": "http://testserver/en/questions/feed/",
    }


def test_whoever_has_it_is_told_so_and_a_withdrawal_is_news(client: Client) -> None:
    question = make_question(Status.PUBLISHED, title="Lupus")
    make_question(Status.PUBLISHED, title="Heart", published_at=timezone.now() - dt.timedelta(days=9))
    first = client.get("/en/questions/feed/")
    had = {"If-None-Match": first["ETag"], "If-Modified-Since": first["Last-Modified"]}
    again = client.get("/en/questions/feed/", headers=had)

    question.withdraw()
    after = client.get("/en/questions/feed/", headers=had)
    by_date = client.get("/en/questions/feed/", headers={"If-Modified-Since": first["Last-Modified"]})

    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert [answer.status_code for answer in (after, by_date)] == [200, 200]
    assert titles(ET.fromstring(after.content)) == ["Heart"]  # noqa: S314


def test_an_empty_feed_is_valid_and_stays_as_it_is(client: Client) -> None:
    found = feed(client, "/en/questions/feed/")

    assert (titles(found), found.findtext(f"{ATOM}updated")) == ([], "1970-01-01T00:00:00+00:00")


@pytest.mark.parametrize("place", ["/en/", "/en/questions/", "/en/departments/skin/", "topic"])
def test_the_pages_lead_to_their_feeds(client: Client, place: str) -> None:
    topic = make_topic(department=make_department("skin"))
    address = topic.get_absolute_url() if place == "topic" else place
    feeds = {
        "/en/": "/en/questions/feed/",
        "/en/questions/": "/en/questions/feed/",
        "/en/departments/skin/": "/en/departments/skin/feed/",
        "topic": f"/en/topics/{topic.pk}/feed/",
    }

    page = read(client, address)

    told = [link["href"] for link in page.every("link", type="application/atom+xml")]
    shown = [link["href"] for link in page.every("a", type="application/atom+xml")]
    assert told == [f"http://testserver{feeds[place]}"]
    assert shown == ([] if place == "/en/" else [feeds[place]])


def test_it_costs_the_same_for_one_and_for_three(client: Client) -> None:
    department, concept = make_department("skin"), make_concept()
    topic = make_topic(concept, department)
    addresses = ["/en/questions/feed/", "/en/departments/skin/feed/", f"/en/topics/{topic.pk}/feed/"]
    make_question(Status.PUBLISHED, department, concepts=[concept])
    one = [queries(client, address) for address in addresses]

    for _number in range(2):
        make_question(Status.PUBLISHED, department, concepts=[concept])

    assert [queries(client, address) for address in addresses] == one == [1, 2, 2]


def test_what_is_unpublished_is_gone_at_once(client: Client) -> None:
    question = make_question(Status.PUBLISHED, title="Lupus")
    before = titles(feed(client, "/en/questions/feed/"))

    question.unpublish(by=make_user(role="moderator"), reason="A reason.")

    assert (before, titles(feed(client, "/en/questions/feed/"))) == (["Lupus"], [])
