"""Articles, the newest first."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from faq.paging import PAGE_SIZE
from tests.factories import make_article, make_department
from tests.reading import links, queries, read

pytestmark = pytest.mark.django_db


def test_public_articles_of_the_language_are_listed_newest_first(client: Client) -> None:
    now = timezone.now()
    for days, title in ((3, "Old"), (1, "New"), (-1, "Waiting")):
        make_article(title=title, published_at=now - dt.timedelta(days=days))
    make_article(title="Draft", status="draft")
    make_article("zh-hant", title="文章")

    page = read(client, "/en/articles/")

    assert [title.words for title in page.every("h2", "entry__title")] == ["New", "Old"]
    assert links(page)["also 1 in Chinese"] == "/zh-hant/articles/"


def test_older_leads_to_the_rest(client: Client) -> None:
    now = timezone.now()
    for number in range(PAGE_SIZE + 2):
        make_article(title=f"Article {number}", published_at=now - dt.timedelta(days=number))

    first = read(client, "/en/articles/")
    second = read(client, f"/en/articles/{links(first)['Older']}")

    shown = [title.words for page in (first, second) for title in page.every("h2", "entry__title")]
    assert shown == [f"Article {number}" for number in range(PAGE_SIZE + 2)]
    assert client.get("/en/articles/?page=0").status_code == 404


def test_it_costs_the_same_for_one_three_and_fifty_rows(client: Client) -> None:
    department, costs = make_department(), []
    for more in (1, 2, 47):
        for _row in range(more):
            make_article(department=department)
        costs.append(queries(client, "/en/articles/"))

    assert costs == [4, 4, 4]
