"""Suggestions for the vocabulary: what was searched for in vain, and what was typed as a tag."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from faq.models import TaggedQuestion
from search.models import Concept, ConceptMerge, SearchMiss
from tests.factories import make_concept, make_question, make_user

pytestmark = pytest.mark.django_db

PAGE = "/admin/search/concept/suggestions/"


@pytest.fixture
def desk() -> Client:
    client = Client()
    client.force_login(make_user(role="editor"))
    return client


def make_miss(shown: str, *, days: int = 3, language: str = "en") -> SearchMiss:
    today = timezone.localdate()
    for day in range(days, 0, -1):
        SearchMiss.objects.asked(shown, language, times=1, on=today - dt.timedelta(days=day))
    return SearchMiss.objects.latest("pk")


def press(desk: Client, do: str, **fields: Any) -> Any:
    return desk.post(PAGE, {"do": do, **fields}, follow=True)


def messages_of(answer: Any) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


def test_it_shows_what_three_days_asked_for_and_what_was_typed_with_its_uses(desk: Client) -> None:
    make_miss("Dengue")
    make_miss("Wang Xiaoming", days=2)
    used, unused = make_concept("Hiccups", is_proposal=True), make_concept("Sneeze", is_proposal=True)
    for _each in range(2):
        make_question(concepts=[used])

    answer: Any = desk.get(PAGE)

    assert [each.row.shown for each in answer.context["misses"]] == ["Dengue"]
    assert [(each.row, each.row.times) for each in answer.context["proposals"]] == [(used, 2), (unused, 0)]
    assert "Wang" not in answer.content.decode()


def test_a_search_becomes_a_concept_and_its_page_opens(desk: Client) -> None:
    miss = make_miss("登革熱", language="zh-hant")

    answer = press(desk, f"make:miss:{miss.pk}")

    concept = Concept.objects.get()
    assert (concept.name_zh_hant, concept.is_proposal) == ("登革熱", False)
    assert answer.redirect_chain == [(f"/admin/search/concept/{concept.pk}/change/", 302)]
    assert not SearchMiss.objects.open().exists()


def test_a_search_becomes_another_name(desk: Client) -> None:
    miss, fever = make_miss("Breakbone fever"), make_concept("Dengue")

    press(desk, f"name:miss:{miss.pk}", **{f"miss-{miss.pk}-into": fever.pk})

    assert list(Concept.objects.called("breakbone fever")) == [fever]


def test_a_proposal_becomes_a_concept(desk: Client) -> None:
    proposal = make_concept("Hiccups", is_proposal=True)

    press(desk, f"make:proposal:{proposal.pk}")

    proposal.refresh_from_db()
    assert proposal.is_proposal is False


def test_a_proposal_becomes_another_name_by_a_merging_that_can_be_undone(desk: Client) -> None:
    proposal, fever = make_concept("Breakbone fever", is_proposal=True), make_concept("Dengue")
    make_question(concepts=[proposal])

    press(desk, f"name:proposal:{proposal.pk}", **{f"proposal-{proposal.pk}-into": fever.pk})

    assert TaggedQuestion.objects.get().tag == fever
    assert (ConceptMerge.objects.get().loser, list(Concept.objects.called("breakbone fever"))) == (proposal, [fever])


def test_without_a_choice_it_is_asked_for(desk: Client) -> None:
    miss = make_miss("Breakbone fever")

    answer = press(desk, f"name:miss:{miss.pk}")

    assert messages_of(answer) == ["Choose the concept that it is another name of."]
    assert SearchMiss.objects.open().exists()


def test_an_empty_choice_keeps_no_browser_from_pressing_another_button(desk: Client) -> None:
    make_miss("Breakbone fever")
    Concept.objects.proposed("Dengue", "en")

    page = desk.get(PAGE).content.decode()

    assert (page.count('<form method="post" novalidate>'), page.count(" required")) == (2, 2)


def test_what_is_dismissed_does_not_come_up_again(desk: Client) -> None:
    miss, proposal = make_miss("asdf"), make_concept("qwer", is_proposal=True)

    press(desk, f"dismiss:miss:{miss.pk}")
    press(desk, f"dismiss:proposal:{proposal.pk}")
    make_miss("asdf")

    answer: Any = desk.get(PAGE)
    assert (answer.context["misses"], answer.context["proposals"]) == ([], [])


def test_a_proposal_in_use_is_not_dismissed(desk: Client) -> None:
    proposal = make_concept("Hiccups", is_proposal=True)
    make_question(concepts=[proposal])

    answer = press(desk, f"dismiss:proposal:{proposal.pk}")

    sentence = "“Hiccups” is in use: say which concept it is another name of, or make it one."
    assert messages_of(answer) == [sentence]
    assert Concept.objects.filter(pk=proposal.pk).exists()


def test_what_somebody_else_has_settled_is_told_so(desk: Client) -> None:
    miss = make_miss("Dengue")
    press(desk, f"make:miss:{miss.pk}")

    answer = press(desk, f"dismiss:miss:{miss.pk}")

    assert messages_of(answer) == ["Somebody has settled this already."]


@pytest.mark.parametrize("do", ["", "make", "make:miss:x", "make:concept:1", "eat:miss:1", f"make:miss:{'9' * 30}"])
def test_a_button_that_is_none_is_no_page(desk: Client, do: str) -> None:
    assert press(desk, do).status_code == 404


@pytest.mark.parametrize("role", ["physician", "medical_reviewer", "administrator"])
def test_nobody_else_settles_anything(role: str) -> None:
    miss = make_miss("Dengue")
    client = Client()
    client.force_login(make_user(role=role))

    assert press(client, f"make:miss:{miss.pk}").status_code == 404
    assert (Concept.objects.exists(), SearchMiss.objects.open().count()) == (False, 1)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_for_one_row_and_three(
    desk: Client, rows: int, django_assert_num_queries: Any
) -> None:
    for number in range(rows):
        make_miss(f"word {number}")
        make_concept(is_proposal=True)
    desk.get(PAGE)

    with django_assert_num_queries(7):
        desk.get(PAGE)
