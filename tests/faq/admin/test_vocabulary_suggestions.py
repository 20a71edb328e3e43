"""Suggestions for the vocabulary: what was typed as a tag."""

from typing import Any

import pytest
from django.test import Client

from faq.models import TaggedQuestion
from search.models import Concept, ConceptMerge
from tests.factories import make_concept, make_question, make_user

pytestmark = pytest.mark.django_db

PAGE = "/admin/search/concept/suggestions/"


@pytest.fixture
def desk() -> Client:
    client = Client()
    client.force_login(make_user(role="editor"))
    return client


def press(desk: Client, do: str, **fields: Any) -> Any:
    return desk.post(PAGE, {"do": do, **fields}, follow=True)


def messages_of(answer: Any) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


def test_it_shows_what_was_typed_with_its_uses(desk: Client) -> None:
    used, unused = make_concept("Hiccups", is_proposal=True), make_concept("Sneeze", is_proposal=True)
    for _each in range(2):
        make_question(concepts=[used])

    answer: Any = desk.get(PAGE)

    assert [(each.row, each.row.times) for each in answer.context["proposals"]] == [(used, 2), (unused, 0)]


def test_a_proposal_becomes_a_concept(desk: Client) -> None:
    proposal = make_concept("Hiccups", is_proposal=True)

    press(desk, f"make:{proposal.pk}")

    proposal.refresh_from_db()
    assert proposal.is_proposal is False


def test_a_proposal_becomes_another_name_by_a_merging_that_can_be_undone(desk: Client) -> None:
    proposal, fever = make_concept("Breakbone fever", is_proposal=True), make_concept("Dengue")
    make_question(concepts=[proposal])

    press(desk, f"name:{proposal.pk}", **{f"proposal-{proposal.pk}-into": fever.pk})

    assert TaggedQuestion.objects.get().tag == fever
    assert (ConceptMerge.objects.get().loser, list(Concept.objects.called("breakbone fever"))) == (proposal, [fever])


def test_without_a_choice_it_is_asked_for(desk: Client) -> None:
    proposal = make_concept("Breakbone fever", is_proposal=True)

    answer = press(desk, f"name:{proposal.pk}")

    assert messages_of(answer) == ["Choose the concept that it is another name of."]
    assert Concept.objects.get().is_proposal is True


def test_an_empty_choice_keeps_no_browser_from_pressing_another_button(desk: Client) -> None:
    Concept.objects.proposed("Dengue", "en")

    page = desk.get(PAGE).content.decode()

    assert (page.count('<form method="post" novalidate>'), page.count(" required")) == (1, 0)


def test_what_is_dismissed_does_not_come_up_again(desk: Client) -> None:
    proposal = make_concept("qwer", is_proposal=True)

    press(desk, f"dismiss:{proposal.pk}")

    answer: Any = desk.get(PAGE)
    assert answer.context["proposals"] == []


def test_a_proposal_in_use_is_not_dismissed(desk: Client) -> None:
    proposal = make_concept("Hiccups", is_proposal=True)
    make_question(concepts=[proposal])

    answer = press(desk, f"dismiss:{proposal.pk}")

    sentence = "“Hiccups” is in use: say which concept it is another name of, or make it one."
    assert messages_of(answer) == [sentence]
    assert Concept.objects.filter(pk=proposal.pk).exists()


def test_what_somebody_else_has_settled_is_told_so(desk: Client) -> None:
    proposal = make_concept("Dengue", is_proposal=True)
    press(desk, f"make:{proposal.pk}")

    answer = press(desk, f"dismiss:{proposal.pk}")

    assert messages_of(answer) == ["Somebody has settled this already."]


@pytest.mark.parametrize("do", ["", "make", "make:x", "make:proposal:1", "eat:1", f"make:{'9' * 30}"])
def test_a_button_that_is_none_is_no_page(desk: Client, do: str) -> None:
    assert press(desk, do).status_code == 404


@pytest.mark.parametrize("role", ["physician", "medical_reviewer", "administrator"])
def test_nobody_else_settles_anything(role: str) -> None:
    proposal = make_concept("Dengue", is_proposal=True)
    client = Client()
    client.force_login(make_user(role=role))

    assert press(client, f"make:{proposal.pk}").status_code == 404
    assert Concept.objects.get().is_proposal is True


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_for_one_row_and_three(
    desk: Client, rows: int, django_assert_num_queries: Any
) -> None:
    for number in range(rows):
        make_concept(f"word {number}", is_proposal=True)
    desk.get(PAGE)

    with django_assert_num_queries(6):
        desk.get(PAGE)
