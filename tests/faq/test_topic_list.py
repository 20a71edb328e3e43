"""The index of topics, over all and per department."""

import pytest
from django.test import Client

from faq.views.topics import OF_EACH
from tests.factories import make_concept, make_department, make_topic
from tests.reading import links, queries, read

pytestmark = pytest.mark.django_db


def test_topics_stand_under_their_departments_by_name(client: Client) -> None:
    skin, heart = make_department("skin", order=2), make_department("heart", order=1)
    for department, name in ((skin, "Rash"), (heart, "Pulse"), (skin, "Acne"), (heart, "Hidden"), (heart, "中文")):
        make_topic(make_concept(name), department, "zh-hant" if name == "中文" else "en", is_public=name != "Hidden")

    page = read(client, "/en/topics/").one("main")

    assert [head.words for head in page.every("h2")] == ["Heart", "Skin"]
    assert [list(links(topics)) for topics in page.every("ul", "links")] == [["Pulse"], ["Acne", "Rash"]]
    assert links(page)["All topics of Skin"] == "/en/topics/?department=skin"


def test_a_department_with_many_topics_shows_some_and_all_on_its_own_index(client: Client) -> None:
    department = make_department("skin")
    for number in range(OF_EACH + 3):
        make_topic(make_concept(f"Topic {number:02}"), department)

    some = read(client, "/en/topics/").one("ul", "links")
    every = read(client, "/en/topics/?department=skin").one("ul", "links")

    assert list(links(some)) == [f"Topic {number:02}" for number in range(OF_EACH)]
    assert list(links(every)) == [f"Topic {number:02}" for number in range(OF_EACH + 3)]


def test_some_of_each_are_the_first_by_chinese_name_too(client: Client) -> None:
    department = make_department("skin")
    for number in range(OF_EACH + 1):
        make_topic(make_concept(f"E{99 - number}", f"Z{number:02}"), department, "zh-hant")

    some = read(client, "/zh-hant/topics/").one("ul", "links")

    assert list(links(some)) == [f"Z{number:02}" for number in range(OF_EACH)]


def test_the_index_of_a_department_is_a_page_with_a_twin(client: Client) -> None:
    make_topic(department=make_department("skin"))

    page = read(client, "/en/topics/?department=skin&x=1")

    assert page.one("link", rel="canonical")["href"] == "http://testserver/en/topics/?department=skin"
    assert page.one("a", "site-switch")["href"] == "/zh-hant/topics/?department=skin"


@pytest.mark.parametrize("slug", ["heart", "", "x" * 5000, "%F0%9F%98%80"])
def test_an_unknown_department_is_404(client: Client, slug: str) -> None:
    make_department("skin")

    assert client.get(f"/en/topics/?department={slug}").status_code == 404


def test_it_costs_the_same_for_one_three_and_fifty_rows(client: Client) -> None:
    costs = []
    for more in (1, 2, 47):
        for _row in range(more):
            make_topic()
        costs.append(queries(client, "/en/topics/"))

    assert costs == [3, 3, 3]
