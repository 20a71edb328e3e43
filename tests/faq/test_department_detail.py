"""A department as everyone reads it."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from faq.states import Status
from tests.factories import (
    make_article,
    make_concept,
    make_department,
    make_physician,
    make_question,
    make_topic,
    make_user,
)
from tests.reading import links, queries, read

pytestmark = pytest.mark.django_db


def test_it_shows_its_own_physicians_topics_and_questions(client: Client) -> None:
    department = make_department("skin", name_en="Dermatology")
    shown = make_physician(departments=[department], name_romanised="Shown")
    make_physician(departments=[department], name_romanised="Unverified", verified=False)
    make_physician(departments=[department], name_romanised="Merged", merged_into=shown)
    make_topic(make_concept("Eczema"), department)
    make_topic(make_concept("Hidden"), department, is_public=False)
    make_topic(make_concept("Elsewhere"))
    asked = make_question(Status.PUBLISHED, department, title="Rash")
    asked.answers.update(physician=shown)
    make_question(Status.PUBLISHED, title="Other department")
    make_article(title="About skin", department=department)

    page = read(client, "/en/departments/skin/")

    named = set(links(page.one("ul", "people")))
    assert named == {"Dr. Shown", *(f"Dr. {row.name_romanised}" for row in department.physicians.verified().current())}
    assert "Dr. Unverified" not in named
    assert list(links(page.one("section", **{"aria-labelledby": "topics"}))) == ["Eczema", "All topics of Dermatology"]
    assert [title.words for title in page.every("h3", "entry__title")] == ["Rash"]
    assert list(links(page.one("section", **{"aria-labelledby": "articles"}))) == ["About skin"]


def test_it_counts_what_awaits_an_answer(client: Client) -> None:
    department = make_department("skin")
    for status in Status:
        make_question(status, department)

    page = read(client, "/en/departments/skin/")

    assert "2 questions are waiting for an answer." in [text.words for text in page.every("p", "meta")]


def test_an_open_department_offers_to_ask_and_a_closed_one_says_when_it_opens(client: Client) -> None:
    make_department("open")
    make_department("closed", is_open=False, reopens_on=dt.date(2999, 1, 2))

    opened = read(client, "/en/departments/open/")
    closed = read(client, "/en/departments/closed/")

    assert links(opened)["Ask Open"] == "/en/ask/?department=open"
    assert "Ask Closed" not in links(closed)
    assert closed.one("p", "notice--warning").words == (
        "Closed takes no questions at the moment. It opens again on Jan. 2, 2999."
    )


def test_a_full_department_takes_more_tomorrow(client: Client) -> None:
    department = make_department("skin", daily_quota=1)
    before = read(client, "/en/departments/skin/").every("p", "notice--warning")
    make_question(Status.SUBMITTED, department, asked_on=timezone.localdate())

    after = read(client, "/en/departments/skin/").one("p", "notice--warning").words

    assert before == []
    assert after == "Skin has received as many questions as it can answer today. It takes more tomorrow."


def test_an_unknown_department_is_404(client: Client) -> None:
    make_department("skin")

    assert client.get("/en/departments/heart/").status_code == 404
    assert client.get("/en/departments/SKIN/").status_code == 404


def test_it_has_a_name_and_a_twin_in_the_other_language(client: Client) -> None:
    make_department("skin", name_zh_hant="皮膚科")

    page = read(client, "/zh-hant/departments/skin/")

    assert page.one("h1").words == "皮膚科"
    assert page.one("html")["lang"] == "zh-Hant"
    assert page.one("a", "site-switch")["href"] == "/en/departments/skin/"


def test_it_costs_the_same_for_one_three_and_fifty_rows(client: Client) -> None:
    department = make_department("skin", daily_quota=1000)
    administrator, costs = make_user(), []
    for more in (1, 2, 47):
        for _row in range(more):
            make_physician(departments=[department], verified_by=administrator)
            make_topic(make_concept(), department)
            make_question(Status.PUBLISHED, department)
            make_question(Status.ACCEPTED, department)
            make_article(department=department)
        costs.append(queries(client, "/en/departments/skin/"))

    assert costs == [10, 10, 10]
