"""The landing page of a concept: what is public about it in every department."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from faq.concept_page import concept_address
from faq.models import Question
from faq.states import Status
from search.models import Concept, ConceptName
from tests.factories import (
    make_article,
    make_concept,
    make_department,
    make_physician,
    make_question,
    make_topic,
)
from tests.reading import links, queries, read

pytestmark = pytest.mark.django_db


def make_sle() -> Concept:
    concept = make_concept("SLE", "紅斑性狼瘡")
    ConceptName.objects.create(concept=concept, text="lupus", language="en")
    ConceptName.objects.create(concept=concept, text="蝴蝶病", language="zh-hant")
    return concept


def make_about(concept: Concept, title: str = "About it", **fields: Any) -> Question:
    return make_question(Status.PUBLISHED, concepts=[concept], title=title, **fields)


def test_it_shows_all_names_in_both_languages_and_the_kind(client: Client) -> None:
    concept = make_sle()
    make_about(concept)

    page = read(client, concept_address(concept))

    assert page.one("h1").words == "SLE"
    assert [(fact["lang"], fact.words) for fact in page.one("dl", "facts").every("dd")] == [
        ("", "disease"),
        ("en", "SLE lupus"),
        ("zh-Hant", "紅斑性狼瘡 蝴蝶病"),
    ]


def test_it_leads_to_its_topics_in_the_departments_with_the_start_of_what_was_reviewed(client: Client) -> None:
    concept = make_sle()
    review: dict[str, Any] = {"reviewed_by": make_physician(), "reviewed_on": timezone.localdate()}
    first = make_topic(
        concept, make_department(name_en="Internal Medicine", order=1), introduction="What *it* is.", **review
    )
    second = make_topic(
        concept, make_department(name_en="Dermatology", order=2), introduction="Old.", outdated_on=dt.date(2026, 1, 1),
        **review,
    )  # fmt: skip
    make_topic(concept, make_department(), is_public=False)
    make_topic(concept, make_department(), "zh-hant")

    section = read(client, concept_address(concept)).one("section", **{"aria-labelledby": "departments"})

    assert links(section) == {
        "SLE (Internal Medicine)": first.get_absolute_url(),
        "SLE (Dermatology)": second.get_absolute_url(),
    }
    assert [card.words for card in section.every("p")] == ["What it is."]


def test_it_lists_public_questions_of_every_department_and_articles(client: Client) -> None:
    concept = make_sle()
    make_about(concept, "Newer")
    make_about(concept, "Another department")
    make_question(Status.ANSWERED, concepts=[concept], title="Hidden")
    make_question(Status.PUBLISHED, title="Other concept", concepts=[make_concept()])
    make_about(concept, "中文", language="zh-hant")
    make_article(title="Living with SLE").tagged.create(tag=concept)

    page = read(client, concept_address(concept))

    assert [title.words for title in page.every("h3", "entry__title")] == ["Another department", "Newer"]
    assert list(links(page.one("section", **{"aria-labelledby": "articles"}))) == ["Living with SLE"]
    assert "also 1 in Chinese" in links(page.one("main"))


def test_slug_and_missing_slug_are_corrected(client: Client) -> None:
    concept = make_sle()
    make_about(concept)

    wrong, short = (client.get(f"/en/concepts/{concept.pk}/{end}?a=1") for end in ("lupus/", ""))

    assert (wrong.status_code, wrong["Location"]) == (301, f"/en/concepts/{concept.pk}/sle/?a=1")
    assert (short.status_code, short["Location"]) == (301, f"/en/concepts/{concept.pk}/sle/?a=1")


def test_each_language_has_its_page_and_names_the_other(client: Client) -> None:
    concept = make_sle()
    make_about(concept)
    make_question(Status.PUBLISHED, language="zh-hant", concepts=[concept])
    chinese = concept_address(concept, "zh-hant")

    page = read(client, chinese)

    assert page.one("h1").words == "紅斑性狼瘡"
    alternates = [link["href"] for link in page.every("link", rel="alternate")]
    # Once for those who read English, once for those who read neither.
    assert [address.partition("/en/")[2] for address in alternates if "/en/" in address] == [
        concept_address(concept, "en").removeprefix("/en/")
    ] * 2


def test_a_merged_concept_leads_to_the_one_it_became(client: Client) -> None:
    concept = make_sle()
    merged = make_concept("Lupus", merged_into=concept)

    response = client.get(f"/en/concepts/{merged.pk}/lupus/")

    assert (response.status_code, response["Location"]) == (301, concept_address(concept))


def test_a_concept_with_nothing_public_is_404_and_so_is_a_proposal(client: Client) -> None:
    bare, proposal, hidden = make_sle(), make_concept("My own", is_proposal=True), make_concept("Hidden")
    make_about(proposal)
    make_question(Status.ANSWERED, concepts=[hidden])
    make_article(status="draft").tagged.create(tag=hidden)
    make_topic(hidden, is_public=False)
    written = make_concept("Only written about")
    make_article().tagged.create(tag=written)

    answers = {
        concept.name_en: client.get(concept_address(concept)).status_code
        for concept in (bare, proposal, hidden, written)
    }

    assert answers == {"SLE": 404, "My own": 404, "Hidden": 404, "Only written about": 200}
    assert client.get("/en/concepts/999999/x/").status_code == 404
    assert client.get(f"/en/concepts/{10**30}/x/").status_code == 404


def test_a_question_leads_to_the_pages_of_its_concepts_without_those_that_have_none(client: Client) -> None:
    concept, proposal = make_sle(), make_concept("My own", is_proposal=True)
    question = make_question(Status.PUBLISHED, concepts=[concept, proposal])

    section = read(client, question.get_absolute_url()).one("section", **{"aria-labelledby": "concepts"})

    assert links(section) == {"SLE": concept_address(concept)}


def test_it_costs_the_same_for_one_three_and_fifty_rows(client: Client) -> None:
    concept, costs = make_sle(), list[int]()
    review: dict[str, Any] = {"reviewed_by": make_physician(), "reviewed_on": timezone.localdate()}
    for more in (1, 2, 47):
        for _row in range(more):
            make_about(concept)
            make_topic(concept, introduction="Words.", **review)
            make_article().tagged.create(tag=concept)
            ConceptName.objects.create(concept=concept, text=f"name {len(costs)} {_row}", language="en")
        costs.append(queries(client, concept_address(concept)))

    assert costs == [costs[0]] * 3
