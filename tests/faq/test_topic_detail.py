"""A FAQ topic: a concept in a department."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from faq.concept_page import concept_address
from faq.models import FeaturedQuestion, RelatedTopic, Topic
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


def make_lupus(language: str = "en", **fields: Any) -> Topic:
    """The topic lupus with an introduction that somebody has reviewed."""
    department = fields.pop("department", None) or make_department(name_en="Internal Medicine")
    return make_topic(
        fields.pop("concept", None) or make_concept("SLE", "紅斑性狼瘡"),
        department,
        language,
        **{
            "introduction": "What it is.\n\n# Signs",
            "reviewed_by": make_physician(name_romanised="Demo Reader"),
            "reviewed_on": dt.date(2024, 5, 1),
            **fields,
        },
    )


def test_it_shows_its_name_as_people_write_it_and_who_reviewed_it(client: Client) -> None:
    topic = make_lupus()

    page = read(client, topic.get_absolute_url())

    assert page.one("h1").words == "SLE Internal Medicine"
    assert page.one("div", "prose").one("h2").words == "Signs"
    assert page.one("div", "prose").words == "What it is. Signs"
    assert "Medically reviewed by Dr. Demo Reader on 2024/05/01" in [text.words for text in page.every("p", "meta")]


def test_its_questions_are_the_department_s_public_ones_with_the_tag(client: Client) -> None:
    topic = make_lupus()
    here: dict[str, Any] = {"department": topic.department, "concepts": [topic.concept]}
    for status in Status:
        language = "zh-hant" if status == Status.MERGED else "en"
        make_question(status, language=language, **here, title="" if status == Status.WITHDRAWN else f"A {status}")
    make_question(Status.PUBLISHED, topic.department, title="Other tag")
    make_question(Status.PUBLISHED, concepts=[topic.concept], title="Other department")

    page = read(client, topic.get_absolute_url())

    assert [title.words for title in page.every("h3", "entry__title")] == ["A closed", "A published"]


def test_it_leads_to_the_same_concept_in_other_departments_and_in_all(client: Client) -> None:
    topic = make_lupus()
    other = make_topic(topic.concept, make_department(name_en="Dermatology"))
    make_topic(topic.concept, is_public=False)
    make_topic(topic.concept, language="zh-hant")
    make_topic()

    section = read(client, topic.get_absolute_url()).one("section", **{"aria-labelledby": "elsewhere"})

    assert links(section) == {
        "SLE (Dermatology)": other.get_absolute_url(),
        "SLE in all departments": concept_address(topic.concept, "en"),
    }


def test_it_shows_articles_with_its_concept(client: Client) -> None:
    topic = make_lupus()
    make_article(title="Elsewhere")
    make_article(title="Living with SLE").tagged.create(tag=topic.concept)

    articles = read(client, topic.get_absolute_url()).one("section", **{"aria-labelledby": "articles"})

    assert list(links(articles)) == ["Living with SLE"]


def test_slug_and_prefix_are_corrected(client: Client) -> None:
    topic = make_lupus()
    wrong = client.get(f"/en/topics/{topic.pk}/lupus/?a=1")
    alone = client.get(f"/zh-hant/topics/{topic.pk}/x/")
    twin = make_lupus("zh-hant", concept=topic.concept, department=topic.department)
    paired = client.get(f"/zh-hant/topics/{topic.pk}/x/")

    assert (wrong.status_code, wrong["Location"]) == (301, f"/en/topics/{topic.pk}/sle/?a=1")
    assert (alone.status_code, alone["Location"]) == (302, topic.get_absolute_url())
    assert (paired.status_code, paired["Location"]) == (302, twin.get_absolute_url())
    assert links(read(client, topic.get_absolute_url()).one("main"))["中文"] == twin.get_absolute_url()


def test_a_topic_taken_down_is_410_and_one_never_public_404(client: Client) -> None:
    topic = make_lupus()
    draft = make_topic(department=topic.department, is_public=False)
    topic.is_public = False
    topic.save()

    assert client.get(topic.get_absolute_url()).status_code == 410
    assert client.get(draft.get_absolute_url()).status_code == 404
    assert client.get("/en/topics/999999/").status_code == 404


def test_it_costs_the_same_for_one_three_and_fifty_rows(client: Client) -> None:
    topic, by, costs = make_lupus(), make_user(), []
    for more in (1, 2, 47):
        for _row in range(more):
            question = make_question(Status.PUBLISHED, topic.department, concepts=[topic.concept])
            FeaturedQuestion.append(topic, question, by=by)
            make_topic(topic.concept)
            RelatedTopic.objects.create(topic=topic, other=make_topic())
            make_article().tagged.create(tag=topic.concept)
        costs.append(queries(client, topic.get_absolute_url()))

    assert costs == [9, 9, 9]
