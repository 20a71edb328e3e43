"""Every department."""

import pytest
from django.test import Client

from tests.factories import make_department
from tests.reading import links, queries, read

pytestmark = pytest.mark.django_db


def test_departments_stand_in_their_order_in_the_language_of_the_page(client: Client) -> None:
    make_department("late", order=2, name_zh_hant="後科")
    make_department("early", order=1, name_zh_hant="先科")

    english = read(client, "/en/departments/").one("ul", "departments")
    chinese = read(client, "/zh-hant/departments/").one("ul", "departments")

    assert links(english) == {"Early": "/en/departments/early/", "Late": "/en/departments/late/"}
    assert list(links(chinese)) == ["先科", "後科"]


def test_a_closed_department_is_marked(client: Client) -> None:
    make_department("closed", is_open=False)
    make_department("open")

    badges = read(client, "/en/departments/").every("span", "badge")

    assert [badge.words for badge in badges] == ["Takes no questions at the moment"]


def test_it_costs_the_same_for_one_three_and_fifty_rows(client: Client) -> None:
    costs = []
    for more in (1, 2, 47):
        for _row in range(more):
            make_department()
        costs.append(queries(client, "/en/departments/"))

    assert costs == [3, 3, 3]
