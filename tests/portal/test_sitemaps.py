"""The sitemap for search engines: what is in it, what is not, and what it costs."""

import datetime as dt
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from faq.concept_page import concept_address
from faq.models import Question
from faq.states import Status
from people.models import Department
from portal import sitemap_rows, sitemaps
from tests.factories import (
    make_article,
    make_concept,
    make_department,
    make_page,
    make_physician,
    make_question,
    make_topic,
    make_user,
)

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
LONG_AGO = dt.timedelta(days=settings.REVIEW_GRACE_DAYS + 5)
HOST = "http://testserver"


def tree(client: Client, address: str) -> ET.Element:
    response = client.get(address)
    assert (response.status_code, response["Content-Type"]) == (200, "application/xml; charset=utf-8")
    return ET.fromstring(response.getvalue())  # noqa: S314  # our own


def locations(found: ET.Element) -> list[str]:
    return [(each.text or "").removeprefix(HOST) for each in found.iterfind(".//s:loc", NAMES)]


def cost_of(client: Client, address: str) -> int:
    """The queries of a part to its last line: it is read while it is sent."""
    with CaptureQueriesContext(connection) as captured:
        tree(client, address)
    return len(captured)


def index(client: Client) -> list[str]:
    return locations(tree(client, "/sitemap.xml"))


def everything(client: Client) -> set[str]:
    """Every address of every part that the index names."""
    return {address for part in index(client) for address in locations(tree(client, part))}


def one(client: Client, part: str, address: str) -> ET.Element:
    urls = tree(client, part).findall("s:url", NAMES)
    return next(each for each in urls if each.findtext("s:loc", "", NAMES) == f"{HOST}{address}")


def languages(entry: ET.Element) -> dict[str | None, str]:
    found = entry.findall("x:link", NAMES)
    return {each.get("hreflang"): (each.get("href") or "").removeprefix(HOST) for each in found}


@pytest.mark.django_db
def test_every_kind_of_public_page_is_in_it_and_answers(client: Client) -> None:
    department, concept = make_department("skin"), make_concept("Lupus", "紅斑性狼瘡")
    rows: list[Any] = [
        make_question(Status.PUBLISHED, department, concepts=[concept]),
        make_question(Status.PUBLISHED, department, "zh-hant", title="狼瘡能打疫苗嗎", concepts=[concept]),
        make_question(Status.CLOSED, department),
        make_topic(concept, department),
        make_article(),
        make_page("about"),
        department,
        make_physician(departments=[department], bio_en="Sees children."),
    ]

    found = everything(client)

    with override("en"):
        own = {row.get_absolute_url() for row in rows} | {concept_address(concept)}
    assert own - found == set()
    assert {"/en/", "/zh-hant/questions/", "/en/ask/", "/zh-hant/contact/"} - found == set()
    assert {address: client.get(address).status_code for address in found} == dict.fromkeys(found, 200)
    pages = {address: client.get(address).content.decode() for address in found}
    assert {address for address, page in pages.items() if '<meta name="robots"' in page} <= {
        # Lists that are empty here; on a site that is in use they are not.
        "/zh-hant/topics/",
        "/zh-hant/articles/",
    }


@pytest.mark.django_db
def test_what_is_not_public_outdated_or_thin_is_not_in_it(client: Client) -> None:
    overdue = timezone.localdate() - LONG_AGO
    shown = make_question(Status.PUBLISHED, make_department("heart"))
    old, outdated = make_question(Status.PUBLISHED), make_question(Status.PUBLISHED)
    old.answers.update(next_review_on=overdue)
    outdated.answers.update(outdated_on=timezone.localdate())
    reviewer = make_physician(verified=False)
    hidden: list[Any] = [
        old,
        outdated,
        make_question(Status.ANSWERED),
        make_question(Status.MERGED, merged_into=shown),
        make_article(next_review_on=overdue),
        make_article(published_at=timezone.now() + dt.timedelta(days=1)),
        make_topic(),
        make_topic(is_public=False),
        make_topic(introduction="Old.", reviewed_by=reviewer, reviewed_on=overdue, next_review_on=overdue),
        make_page("gone", is_public=False),
        reviewer,
    ]

    found = everything(client)

    assert shown.get_absolute_url() in found
    with override("en"):
        assert found & {row.get_absolute_url() for row in hidden} == set()
    assert {address for address in found if "/ticket" in address or "/search" in address} == set()


@pytest.mark.django_db
@pytest.mark.parametrize("way", ["withdraw", "unpublish"])
def test_what_is_taken_down_is_gone_at_once(client: Client, way: str) -> None:
    question = make_question(Status.PUBLISHED)
    before = question.get_absolute_url() in everything(client)

    if way == "withdraw":
        question.withdraw()
    else:
        question.unpublish(by=make_user(role="moderator"), reason="A reason.")

    assert (before, [part for part in index(client) if "questions" in part]) == (True, [])
    assert client.get("/sitemap-questions-0.xml").status_code == 404


@pytest.mark.django_db
def test_it_says_on_which_day_the_public_text_last_changed(client: Client) -> None:
    # Half past midnight in Taipei, the day before in Greenwich.
    changed_at = dt.datetime(2024, 5, 1, 16, 30, tzinfo=dt.UTC)
    question = make_question(Status.PUBLISHED)
    Question.objects.filter(pk=question.pk).update(changed_at=changed_at, helpful=7, views=9)
    page = make_page("about")

    told = one(client, "/sitemap-questions-0.xml", question.get_absolute_url()).findtext("s:lastmod", None, NAMES)

    assert told == "2024-05-02"
    about = one(client, "/sitemap-pages-0.xml", "/en/about/").findtext("s:lastmod", None, NAMES)
    assert about == timezone.localdate(page.text_changed_at).isoformat()


@pytest.mark.django_db
def test_twins_name_each_other(client: Client) -> None:
    question = make_question(Status.PUBLISHED)
    translation = make_question(Status.PUBLISHED, question.department, "zh-hant", translation_of=question)
    alone = make_question(Status.PUBLISHED)
    concept, department = make_concept("Lupus", "紅斑性狼瘡"), make_department("skin")
    topics = [make_topic(concept, department, language, introduction="") for language in ("en", "zh-hant")]
    for language in ("en", "zh-hant"):
        make_question(Status.PUBLISHED, department, language, concepts=[concept])
    article = make_article()
    chinese = make_article("zh-hant", translation_of=article)

    pairs = {
        "questions": {"en": question.get_absolute_url(), "zh-Hant": translation.get_absolute_url()},
        "topics": dict(zip(("en", "zh-Hant"), (topic.get_absolute_url() for topic in topics), strict=True)),
        "articles": {"en": article.get_absolute_url(), "zh-Hant": chinese.get_absolute_url()},
        "departments": {"en": "/en/departments/skin/", "zh-Hant": "/zh-hant/departments/skin/"},
        "pages": {"en": "/en/questions/", "zh-Hant": "/zh-hant/questions/"},
    }
    for section, pair in pairs.items():
        for address in pair.values():
            assert languages(one(client, f"/sitemap-{section}-0.xml", address)) == pair, (section, address)
    assert languages(one(client, "/sitemap-questions-0.xml", alone.get_absolute_url())) == {}


@pytest.mark.django_db
def test_parts_are_ranges_of_keys_and_empty_ones_are_left_out(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps, "SIZE", 10)
    keys = (5, 9, 10, 47)
    for key in keys:
        make_question(Status.PUBLISHED, pk=key)

    parts = [part for part in index(client) if "questions" in part]

    assert parts == [f"/sitemap-questions-{number}.xml" for number in (0, 1, 4)]
    held = [len(locations(tree(client, part))) for part in parts]
    assert held == [2, 1, 1]
    assert [client.get(f"/sitemap-questions-{number}.xml").status_code for number in (2, 3, 9999999999)] == [404] * 3


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/sitemap-nothing-0.xml", "/sitemap-pages-1.xml", f"/sitemap-topics-{10**30}.xml"]
)
def test_a_part_that_is_none_is_404(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.django_db
def test_a_page_whose_words_stand_on_another_is_listed_once(client: Client) -> None:
    contact = make_page("contact").get_absolute_url()

    listed = client.get("/sitemap-pages-0.xml").getvalue().decode()

    assert listed.count(f"{contact}</loc>") == 1


@pytest.mark.django_db
def test_it_costs_the_same_for_one_and_for_three(client: Client) -> None:
    def fill() -> None:
        concept, department = make_concept(), make_department()
        question = make_question(Status.PUBLISHED, department, concepts=[concept])
        make_question(Status.PUBLISHED, department, "zh-hant", translation_of=question)
        make_topic(concept, department)
        make_article()

    def costs() -> list[int]:
        parts = ["/sitemap.xml", *(f"/sitemap-{name}-0.xml" for name in ("pages", *sitemaps.SECTIONS))]
        return [cost_of(client, part) for part in parts]

    fill()
    first = costs()
    fill()
    fill()

    assert costs() == first
    assert max(first[1:]) <= 3


@pytest.mark.django_db
@given(slug=st.text(alphabet=st.characters(categories=("L", "N", "M")), min_size=1, max_size=60))
def test_the_address_made_by_hand_is_that_of_the_page(slug: str) -> None:
    question = Question(pk=12, prefix="zh-hant", language="zh-hant", slug=slug, department=Department(slug="skin"))

    assert sitemap_rows._question_path({"zh-hant": "/zh-hant/questions/"}, 12, "zh-hant", slug) == (
        question.get_absolute_url()
    )
