"""The public profile of someone who answers."""

import pytest
from django.test import Client

from faq.models.publication import show
from faq.states import Status
from people.models import Physician
from tests.factories import make_answer, make_department, make_physician, make_question
from tests.reading import links, queries, read

pytestmark = pytest.mark.django_db


def make_answered(physician: Physician, number: int = 1, **fields: object) -> None:
    """Public questions that the physician was the first to answer."""
    for _row in range(number):
        question = make_question(Status.PUBLISHED, **fields)  # type: ignore[arg-type]
        question.answers.update(physician=physician)
        show(question)


def test_it_shows_the_profile_and_what_was_answered(client: Client) -> None:
    department = make_department(name_en="Internal Medicine")
    physician = make_physician(departments=[department], name_romanised="Lin Demo", bio_en="One.\nTwo.")
    make_answered(physician, title="Answered here")
    make_question(Status.PUBLISHED, title="Answered by another")

    page = read(client, physician.get_absolute_url())

    assert page.one("h1").words == "D" + "Dr. Lin Demo"  # after the letter of the seal, which nobody hears
    facts = [fact.words for fact in page.one("dl", "facts").every("dd")]
    assert facts[:3] == ["Attending physician", "Example Hospital", "Internal Medicine"]
    assert page.one("p", "lede").words == "One. Two."
    assert [title.words for title in page.every("h3", "entry__title")] == ["Answered here"]


def test_name_and_address_follow_the_language(client: Client) -> None:
    physician = make_physician(name="林示範", name_romanised="Lin Demo")

    wrong = client.get(f"/zh-hant/physicians/{physician.pk}/lin-demo/?a=1")
    page = read(client, f"/zh-hant/physicians/{physician.pk}/林示範/")

    assert wrong.status_code == 301
    assert wrong["Location"] == f"/zh-hant/physicians/{physician.pk}/%E6%9E%97%E7%A4%BA%E7%AF%84/?a=1"
    assert (page.one("h1").words, page.one("h1").one("span", "seal")["aria-hidden"]) == ("林" + "林示範醫師", "true")
    assert (page.one("p", "meta", lang="en").words) == "Lin Demo"
    assert page.one("a", "site-switch")["href"] == f"/en/physicians/{physician.pk}/lin-demo/"


def test_a_merged_profile_leads_to_the_other(client: Client) -> None:
    kept = make_physician()
    merged = make_physician(merged_into=kept)

    response = client.get(f"/en/physicians/{merged.pk}/x/")

    assert (response.status_code, response["Location"]) == (301, kept.get_absolute_url())


def test_an_unverified_profile_is_public_only_through_public_answers(client: Client) -> None:
    known, unknown = make_physician(verified=False), make_physician(verified=False)
    make_answered(known)
    make_answer(make_question(Status.ACCEPTED), unknown)

    assert client.get(known.get_absolute_url()).status_code == 200
    assert client.get(unknown.get_absolute_url()).status_code == 404
    assert "not checked by this site" in read(client, known.get_absolute_url()).words
    assert client.get("/en/physicians/999999/").status_code == 404


def test_it_costs_the_same_for_one_three_and_fifty_rows(client: Client) -> None:
    physician, costs = make_physician(), []
    for more in (1, 2, 47):
        physician.departments.add(*(make_department() for _row in range(more)))
        make_answered(physician, more)
        costs.append(queries(client, physician.get_absolute_url()))

    assert costs == [6, 6, 6]


def test_departments_are_linked(client: Client) -> None:
    department = make_department(name_en="Dermatology")
    physician = make_physician(departments=[department])

    page = read(client, physician.get_absolute_url())

    assert links(page.one("dl", "facts"))["Dermatology"] == department.get_absolute_url()
