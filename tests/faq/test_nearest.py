"""While somebody asks: the nearest answered questions, topics and articles, and "this answers me" counted."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from faq.models import Question, SparedQuestion
from faq.models.publication import show
from faq.nearest import MOST, nearest
from faq.states import Status
from people.models import RateCount
from search.index.follower import Follower
from tests.factories import (
    make_article,
    make_concept,
    make_consent,
    make_department,
    make_question,
    make_topic,
    make_user,
)

pytestmark = pytest.mark.django_db

LIST = "faq:ask_nearest"
COUNT = "faq:ask_answered"


def answered(title: str, body: str = "", language: str = "en", **fields: Any) -> Question:
    return make_question(Status.PUBLISHED, language=language, title=title, body=body or title, **fields)


def titles(typed: str, body: str = "", language: str = "en") -> list[str]:
    return [document.title for document in nearest(typed, body, language)]


def post(client: Client, name: str, language: str = "en", **data: str) -> Any:
    with override(language):
        return client.post(reverse(name), data)


def test_questions_topics_and_articles_that_fit_are_offered(index: Follower) -> None:
    lupus = make_concept("Lupus", "狼瘡")
    answered("Hair loss with lupus")
    make_topic(lupus)
    make_article(title="Living with lupus")
    answered("A sprained ankle")
    index.step()

    assert set(titles("lupus and hair loss")) == {"Hair loss with lupus", "Lupus", "Living with lupus"}


def test_the_own_language_comes_first_and_five_are_enough(index: Follower) -> None:
    lupus = make_concept("Lupus", "狼瘡")
    for number in range(MOST + 1):
        answered(f"Lupus, part {number} of it", concepts=[lupus])
    answered("狼瘡", language="zh-hant", concepts=[lupus])
    index.step()

    assert len(titles("Lupus")) == MOST
    assert titles("狼瘡", language="zh-hant")[0] == "狼瘡"


def test_what_was_taken_down_or_has_no_answer_is_not_offered(index: Follower) -> None:
    kept, gone = answered("Hiccups for three days"), answered("Hiccups for three weeks")
    unanswered = answered("Hiccups for three months")
    unanswered.answers.update(needs_confirmation=True)
    show(unanswered)
    index.step()
    gone.unpublish(by=make_user(role="moderator"), reason="a reason")

    assert [document.key for document in nearest("hiccups for three days", "", "en")] == [f"question:{kept.pk}"]


@pytest.mark.parametrize("typed", ["", "the", "Hello doctor", "\x00", "zebra crossing"])
def test_too_little_or_nothing_like_it_offers_nothing(index: Follower, typed: str) -> None:
    answered("Hiccups for three days")
    index.step()

    assert titles(typed) == []


def test_without_an_index_nothing_is_offered() -> None:
    answered("Hiccups for three days")

    assert titles("Hiccups for three days") == []


@given(st.text(), st.text())
@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
def test_nothing_that_is_typed_is_an_error(index: Follower, title: str, body: str) -> None:
    index.step()

    assert nearest(title, body, "zh-hant") == []


def test_the_list_comes_as_a_piece_of_the_page_and_is_kept_nowhere(index: Follower) -> None:
    question = answered("Hiccups for three days")
    index.step()

    answer = post(Client(enforce_csrf_checks=True), LIST, title="hiccups", body="for three days", language="en")

    assert answer.status_code == 200
    assert f'value="question:{question.pk}"' in answer.content.decode()
    assert "<html" not in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert answer.cookies == {}
    assert not RateCount.objects.exists()


def test_without_a_script_a_button_shows_it_and_every_word_stays(index: Follower, client: Client) -> None:
    answered("Hiccups for three days")
    department = make_department()
    make_consent()
    index.step()
    words = {"department": department.slug, "step": "similar", "title": "Hiccups", "body": "For three days now."}

    page = post(client, "faq:ask", language="en", **words)

    assert [document.title for document in page.context["nearest"]] == ["Hiccups for three days"]
    assert (page.context["form"]["title"].value(), page.context["form"]["body"].value()) == (
        "Hiccups",
        "For three days now.",
    )
    assert page["Cache-Control"] == "no-store, private"
    assert Question.objects.count() == 1


def test_this_answers_me_is_counted_once_a_day_and_leads_there(client: Client) -> None:
    question = answered("Hiccups for three days")

    answers = [post(client, COUNT, document=f"question:{question.pk}") for _time in range(2)]

    assert [(answer.status_code, answer["Location"]) for answer in answers] == [(303, question.get_absolute_url())] * 2
    rows = list(SparedQuestion.objects.values_list("key", "day", "times"))
    assert rows == [(f"question:{question.pk}", timezone.localdate(), 1)]
    assert answers[0].cookies == {}


def test_two_visitors_count_as_two() -> None:
    question = answered("Hiccups for three days")

    for address in ("192.0.2.1", "192.0.2.2"):
        post(Client(REMOTE_ADDR=address), COUNT, document=f"question:{question.pk}")

    assert SparedQuestion.objects.get().times == 2


@pytest.mark.parametrize("key", ["", "question:0", "department:1", "x" * 5000, "question:٣"])
def test_what_nobody_was_offered_is_not_counted(client: Client, key: str) -> None:
    assert post(client, COUNT, document=key).status_code == 404


def test_a_withdrawn_question_is_not_counted(client: Client) -> None:
    question = answered("Hiccups for three days")
    question.unpublish(by=make_user(role="moderator"), reason="a reason")

    assert post(client, COUNT, document=f"question:{question.pk}").status_code == 404
    assert not SparedQuestion.objects.exists()


@pytest.mark.parametrize("name", [LIST, COUNT])
def test_another_site_is_refused_and_a_get_too(client: Client, name: str) -> None:
    with override("en"):
        address = reverse(name)

    assert client.post(address, headers={"origin": "https://elsewhere.example"}).status_code == 403
    assert client.get(address).status_code == 405


def test_no_word_that_was_typed_is_logged(index: Follower, caplog: pytest.LogCaptureFixture) -> None:
    index.step()

    post(Client(), LIST, title="my secret hiccups", body="of a secret kind", language="en")

    assert "secret" not in caplog.text
