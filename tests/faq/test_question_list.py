"""Lists of questions by key: the newest first, twenty a page."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from faq.models import Question
from faq.paging import COUNTED_TO, PAGE_SIZE, tally
from faq.states import Status
from tests.factories import make_department, make_question
from tests.reading import Part, links, queries, read

pytestmark = pytest.mark.django_db


def make_questions(number: int, **fields: Any) -> list[Question]:
    """Public questions of consecutive days with the titles "Asked 0", "Asked 1", …"""
    department = make_department()
    first = dt.date(2020, 1, 1)
    return [
        make_question(
            Status.PUBLISHED, department, title=f"Asked {day}", asked_on=first + dt.timedelta(days=day), **fields
        )
        for day in range(number)
    ]


def titles(page: Part) -> list[str]:
    return [title.words for title in page.every("h3", "entry__title")]


def test_the_newest_question_stands_first_and_undated_ones_last(client: Client) -> None:
    make_questions(2)
    make_question(Status.PUBLISHED, title="Undated", asked_on=None, source="archive", external_id="1")

    assert titles(read(client, "/en/questions/")) == ["Asked 1", "Asked 0", "Undated"]


def test_only_public_questions_of_the_language_are_listed(client: Client) -> None:
    for status in Status:
        language = "en" if status not in {Status.MERGED} else "zh-hant"
        make_question(status, language=language, title="" if status == Status.WITHDRAWN else f"A {status}")
    make_question(Status.PUBLISHED, language="zh-hant", title="中文")
    make_question(Status.PUBLISHED, language="zh-hans", title="简体")

    assert titles(read(client, "/en/questions/")) == ["A closed", "A published"]
    assert titles(read(client, "/zh-hant/questions/"))[:2] == ["简体", "中文"]


def test_older_and_newer_lead_through_every_question_once(client: Client) -> None:
    make_questions(2 * PAGE_SIZE + 5)
    address, pages, ways_back = "/en/questions/", [], []
    while address:
        page = read(client, address)
        pages.append(titles(page))
        ways_back.append(links(page).get("Newer", ""))
        address = f"/en/questions/{links(page)['Older']}" if "Older" in links(page) else ""

    assert [len(page) for page in pages] == [PAGE_SIZE, PAGE_SIZE, 5]
    assert [title for page in pages for title in page] == [
        f"Asked {day}" for day in reversed(range(2 * PAGE_SIZE + 5))
    ]
    assert ways_back[0] == ""
    assert [titles(read(client, f"/en/questions/{way}")) for way in ways_back[1:]] == pages[:-1]


def test_questions_of_one_day_are_not_lost_between_pages(client: Client) -> None:
    day = dt.date(2020, 1, 1)
    made = [make_question(Status.PUBLISHED, asked_on=day).title for _number in range(PAGE_SIZE + 3)]

    first = read(client, "/en/questions/")
    second = read(client, f"/en/questions/{links(first)['Older']}")

    assert titles(first) + titles(second) == made[::-1]


@pytest.mark.parametrize(
    "query",
    [
        "before=x", "before=", "before=2020-01-01", "before=2020-13-01.1", "before=2020-01-01.-1",
        "before=0000-01-01.1", "before=2020-01-01.1&after=2020-01-01.1", "after=２０２０-01-01.1",
        f"before=2020-01-01.{10**30}", f"page={10**30}", "page=0", "page=-1", "page=1.5",
        "page=x", "page=٣", "page=", "page=%201",
    ],
)  # fmt: skip
def test_a_malformed_place_in_the_list_is_404(client: Client, query: str) -> None:
    make_questions(1)

    assert client.get(f"/en/questions/?{query}").status_code == 404


@pytest.mark.parametrize(
    "query", ["page=1", "page=999999", "before=1900-01-01.1", "after=2999-01-01.999999999999999999"]
)
def test_a_well_formed_place_is_a_page_even_where_nothing_is(client: Client, query: str) -> None:
    make_questions(1)

    assert client.get(f"/en/questions/?{query}").status_code == 200


class CursorTests(TestCase):
    """Addresses come from people."""

    @given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=40))
    def test_no_cursor_breaks_the_page(self, cursor: str) -> None:
        response = self.client.get("/en/questions/", {"before": cursor})

        assert response.status_code in {200, 404}


def test_a_list_names_its_language_and_links_the_other(client: Client) -> None:
    make_questions(1)
    make_question(Status.PUBLISHED, language="zh-hant")
    make_question(Status.PUBLISHED, language="zh-hans")
    make_question(Status.SUBMITTED, language="zh-hant")

    page = read(client, "/en/questions/")

    assert page.every("p", "meta")[0].words == "In English · also 2 in Chinese"
    assert links(page)["also 2 in Chinese"] == "/zh-hant/questions/"


def test_the_other_language_is_counted_no_further_than_a_hundred() -> None:
    department = make_department()
    Question.objects.bulk_create(
        Question(department=department, language="en", prefix="en", title="t") for _number in range(COUNTED_TO + 20)
    )

    assert tally(Question.objects.all()).number == COUNTED_TO
    assert tally(Question.objects.all()).is_more
    assert not tally(Question.objects.filter(pk=0)).is_more


def test_a_list_costs_the_same_for_one_three_and_fifty_rows(client: Client) -> None:
    costs = []
    for more in (1, 2, 47):
        make_questions(more)
        costs.append(queries(client, "/en/questions/"))

    assert costs == [4, 4, 4]
