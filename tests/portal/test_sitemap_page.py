"""The sitemap for people."""

import pytest
from django.test import Client

from tests.factories import make_department, make_page
from tests.reading import links, queries, read

pytestmark = pytest.mark.django_db


def test_it_leads_to_every_room(client: Client) -> None:
    make_department("skin", name_zh_hant="皮膚科")
    make_page("about", "zh-hant", title="關於本站")
    make_page("draft", "zh-hant", title="草稿", is_public=False)

    main = read(client, "/zh-hant/sitemap/").one("main")

    addresses = [link["href"] for link in main.every("a")]
    rooms = ["", "ask/", "ticket/", "questions/", "departments/", "topics/", "articles/", "search/"]
    assert addresses == [
        "#content", "/zh-hant/", "#upper", "#content", "#lower",
        *(f"/zh-hant/{room}" for room in rooms),
        "/zh-hant/departments/skin/", "/zh-hant/topics/?department=skin", "/zh-hant/about/", "/zh-hant/contact/",
    ]  # fmt: skip
    assert links(main)["關於本站"] == "/zh-hant/about/"


def test_it_costs_the_same_for_one_three_and_fifty_rows(client: Client) -> None:
    costs = []
    for more in (1, 2, 47):
        for _row in range(more):
            make_department()
            make_page()
        costs.append(queries(client, "/en/sitemap/"))

    assert costs == [4, 4, 4]
