"""The front door."""

import datetime as dt

import pytest
from django.test import Client

from articles.models import Article
from faq.models import Question, Topic
from faq.states import Status
from portal.views import NEWEST
from tests.factories import (
    make_article,
    make_concept,
    make_department,
    make_feature,
    make_menu_item,
    make_notice,
    make_question,
    make_topic,
)
from tests.reading import links, queries, read

pytestmark = pytest.mark.django_db


def test_departments_stand_in_a_grid_in_both_languages(client: Client) -> None:
    for order in range(35):
        make_department(f"dept-{order:02}", order=order, name_zh_hant=f"第{order:02}科")

    english = read(client, "/en/").one("ul", "tiles")
    chinese = read(client, "/zh-hant/").one("ul", "tiles")

    assert list(links(english)) == [f"Dept {order:02}" for order in range(35)]
    assert list(links(chinese)) == [f"第{order:02}科" for order in range(35)]


def test_the_newest_public_questions_of_the_language_are_shown(client: Client) -> None:
    first = dt.date(2024, 1, 1)
    for day in range(NEWEST + 2):
        make_question(Status.PUBLISHED, title=f"Asked {day}", asked_on=first + dt.timedelta(days=day))
    make_question(Status.PUBLISHED, language="zh-hant")
    make_question(Status.ACCEPTED, title="Waiting")

    newest = read(client, "/en/").one("section", **{"aria-labelledby": "newest"})

    titles = [title.words for title in newest.every("h3")]
    assert titles == [f"Asked {day}" for day in reversed(range(2, NEWEST + 2))]


def test_what_is_featured_stands_in_its_order_as_far_as_it_is_public(client: Client) -> None:
    department = make_department(name_en="Skin")
    topic = make_topic(make_concept("Rash"), department)
    article = make_article(title="An article")
    question = make_question(Status.PUBLISHED, department, title="A rash?")
    subjects: list[Article | Topic | Question] = [question, article, topic]
    for order, subject in enumerate(subjects):
        make_feature(subject, order=order)
    make_feature(make_topic(is_public=False))
    make_feature(make_article(title="A draft", status="draft"))
    make_feature(make_question(Status.ACCEPTED))
    make_feature(make_article("zh-hant"))
    make_article(title="Not featured")

    section = read(client, "/en/").one("section", **{"aria-labelledby": "features"})

    assert [title.words for title in section.every("h3")] == ["A rash?", "An article", "Rash (Skin)"]
    assert [kind.words for kind in section.every("p", "eyebrow")] == ["Question", "Article", "FAQ topic"]


def test_without_features_there_is_no_section_of_them(client: Client) -> None:
    assert read(client, "/en/").every("section", **{"aria-labelledby": "features"}) == []


def test_there_is_one_obvious_way_to_ask_and_a_search_box(client: Client) -> None:
    page = read(client, "/zh-hant/")

    asks = [link["href"] for link in page.every("a", "button--primary")]
    assert asks == ["/zh-hant/ask/", "/zh-hant/ask/"]
    form = page.one("form", "search-box")
    assert (form["method"], form["action"], form.one("input")["name"]) == ("get", "/zh-hant/search/", "q")
    assert form.one("label")["for"] == form.one("input")["id"]


def test_the_head_says_language_address_and_twin(client: Client) -> None:
    page = read(client, "/zh-hant/")

    assert page.one("html")["lang"] == "zh-Hant"
    assert page.one("link", rel="canonical")["href"] == "http://testserver/zh-hant/"
    assert {link["hreflang"]: link["href"] for link in page.every("link", rel="alternate", type="")} == {
        "zh-Hant": "http://testserver/zh-hant/",
        "en": "http://testserver/en/",
        "x-default": "http://testserver/",
    }
    assert page.one("meta", name="description")["content"] != ""


def test_the_emergency_line_can_be_dialled(client: Client) -> None:
    assert links(read(client, "/en/").one("aside", "emergency")) == {":::": "#upper", "119": "tel:119"}


def test_it_costs_the_same_for_one_three_and_fifty_rows(client: Client) -> None:
    department, costs = make_department(), []
    for more in (1, 2, 47):
        for _row in range(more):
            make_question(Status.PUBLISHED, department)
            make_feature(make_topic(department=department))
            make_feature(make_article(department=department))
            make_menu_item()
            make_notice()
        costs.append(queries(client, "/en/"))

    assert costs == [5, 5, 5]
