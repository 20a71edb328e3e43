"""The page on which staff put results before all others for the words of a query."""

from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from faq.states import Status
from search.index.follower import Follower
from search.models import Document, PromotedResult
from tests.factories import make_article, make_promoted, make_question, make_user
from tests.reading import Part, read

pytestmark = pytest.mark.django_db

PAGE = "/admin/search/promotedresult/add/"


@pytest.fixture
def desk() -> Client:
    client = Client()
    client.force_login(make_user(role="moderator"))
    return client


def page_of(desk: Client, words: str, **query: str) -> Part:
    asked = {"words": words, "language": "", **query}
    return read(desk, PAGE + "?" + "&".join(f"{name}={quote(value)}" for name, value in asked.items()))


def offered(page: Part) -> list[str]:
    values = [button["value"] for button in page.one("main").every("button")]
    return [value.removeprefix("promote:") for value in values if value.startswith("promote:")]


def act(desk: Client, act: str, words: str = "dengue", language: str = "") -> Any:
    return desk.post(PAGE, {"act": act, "words": words, "language": language}, follow=True)


def keys() -> list[str]:
    return [row.key for row in PromotedResult.objects.order_by("order", "pk")]


def test_documents_are_offered_by_the_words_of_the_query_first(desk: Client) -> None:
    dengue, hidden = make_question(Status.PUBLISHED, title="Dengue"), make_question(title="Dengue")
    make_question(Status.PUBLISHED, title="Flu")

    assert offered(page_of(desk, "dengue")) == [f"question:{dengue.pk}"]
    assert hidden.pk != dengue.pk


def test_what_readers_find_is_offered_where_there_is_an_index(desk: Client, index: Follower) -> None:
    fever = make_question(Status.PUBLISHED, title="Fever after a journey", body="Could this be dengue?")
    make_question(Status.PUBLISHED, title="Flu", body="A cold.")
    chinese = make_question(Status.PUBLISHED, language="zh-hant", title="登革熱 dengue")
    while index.step():
        pass

    both, english = offered(page_of(desk, "dengue")), offered(page_of(desk, "dengue", language="en"))

    assert (sorted(both), english) == (
        sorted([f"question:{fever.pk}", f"question:{chinese.pk}"]), [f"question:{fever.pk}"]
    )  # fmt: skip


def test_they_are_found_by_address_key_and_words(desk: Client) -> None:
    question, article = make_question(Status.PUBLISHED, title="Flu"), make_article(title="Fever")
    Document.objects.create(key="page:about", kind="page", language="en", title="About", path="/en/about/")
    address = question.get_absolute_url()
    typed = [address, f"https://www.example.org{address}?q=1#reply", f"/en/questions/{question.pk}/old-slug/"]
    typed += [
        f"question:{question.pk}",
        "flu",
        article.get_absolute_url(),
        "/en/about",
        "https://[",
        "/en/",
        "nothing",
    ]

    found = [offered(page_of(desk, "dengue", find=each)) for each in typed]

    of_question = [[f"question:{question.pk}"]] * 5
    assert found == [*of_question, [f"article:{article.pk}"], ["page:about"], [], [], []]


def test_one_press_promotes_moves_and_takes_off(desk: Client) -> None:
    first, second = (f"question:{make_question(Status.PUBLISHED).pk}" for _each in range(2))
    seen = []

    for button in (f"promote:{first}", f"promote:{second}", "up", "demote"):
        row = PromotedResult.objects.order_by("order", "pk").last()
        act(desk, button if ":" in button else f"{button}:{row.pk if row else 0}")
        seen.append(keys())

    assert seen == [[first], [first, second], [second, first], [second]]


def test_what_is_not_public_or_there_already_is_not_promoted_and_the_page_says_so(desk: Client) -> None:
    shown, hidden = make_question(Status.PUBLISHED), make_question()
    act(desk, f"promote:question:{shown.pk}")

    answers = [act(desk, f"promote:question:{pk}") for pk in (hidden.pk, shown.pk)]

    assert [[str(message) for message in answer.context["messages"]] for answer in answers] == [
        ["This is not public any more."],
        ["No more than 5 results are promoted for one query, each once."],
    ]
    assert keys() == [f"question:{shown.pk}"]


def test_what_was_taken_down_since_is_named_by_its_key(desk: Client) -> None:
    make_promoted("question:999")

    page, listed = page_of(desk, "Dengue"), read(desk, "/admin/search/promotedresult/")

    assert "question:999 not public now, and not shown" in page.one("ol", "similar").words
    assert "not public now, and not shown" in listed.one("table", id="result_list").words


@pytest.mark.parametrize("words", ["", " \u200b ", "x" * 61])
def test_words_that_are_none_get_a_sentence_and_no_results(desk: Client, words: str) -> None:
    page = page_of(desk, words)

    assert len(page.one("main").every("p", "errornote")) == 1
    assert act(desk, "promote:question:1", words).status_code == 404


@pytest.mark.parametrize("button", ["", "up", "up:x", "promote:", "promote:question 1", f"up:{'9' * 30}", "eat:1"])
def test_a_button_that_is_none_is_no_page(desk: Client, button: str) -> None:
    assert act(desk, button).status_code == 404


def test_a_row_of_the_list_leads_to_the_page_of_its_words(desk: Client) -> None:
    row = make_promoted("question:1", "Dengue & more", "en")

    answer = desk.get(f"/admin/search/promotedresult/{row.pk}/change/")

    assert answer.headers["Location"] == f"{PAGE}?words=Dengue+%26+more&language=en"


@pytest.mark.parametrize("role", ["physician", "medical_reviewer", "administrator"])
def test_nobody_else_promotes_anything(role: str) -> None:
    question = make_question(Status.PUBLISHED)
    client = Client()
    client.force_login(make_user(role=role))

    assert act(client, f"promote:question:{question.pk}").status_code == 404
    assert keys() == []


@pytest.mark.parametrize("rows", [1, 3])
def test_the_pages_cost_the_same_for_one_row_and_three(
    desk: Client, rows: int, django_assert_num_queries: Any
) -> None:
    for number in range(rows):
        question = make_question(Status.PUBLISHED, title="Dengue")
        make_promoted(f"question:{question.pk}", order=number)
        make_question(Status.PUBLISHED, title="Dengue")
    page_of(desk, "dengue")

    with django_assert_num_queries(8):
        page_of(desk, "dengue")
    with django_assert_num_queries(8):
        desk.get("/admin/search/promotedresult/")
