"""The plain search over titles."""

import datetime as dt
from urllib.parse import quote

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from faq.states import Status
from portal.views import QUERY_LENGTH, RESULTS
from search.models import Document
from tests.factories import make_article, make_concept, make_question, make_topic, make_user
from tests.reading import Part, queries, read

pytestmark = pytest.mark.django_db


def found(page: Part) -> list[str]:
    return [title.words for title in page.every("p", "results__title")]


def search(client: Client, words: str, language: str = "en") -> Part:
    return read(client, f"/{language}/search/?q={quote(words)}")


def test_every_word_must_be_in_the_title(client: Client) -> None:
    make_question(Status.PUBLISHED, title="Stem cells and Lupus")
    make_question(Status.PUBLISHED, title="Lupus")

    assert found(search(client, "LUPUS stem")) == ["Stem cells and Lupus"]
    assert sorted(found(search(client, "ｌｕｐｕｓ"))) == ["Lupus", "Stem cells and Lupus"]
    assert found(search(client, "lupus heart")) == []


def test_spellings_of_a_character_are_one(client: Client) -> None:
    make_question(Status.PUBLISHED, language="zh-hant", title="台灣的紅斑性狼瘡")

    assert found(search(client, "臺灣", "zh-hant")) == ["台灣的紅斑性狼瘡"]


def test_questions_topics_and_articles_say_what_they_are(client: Client) -> None:
    make_question(Status.PUBLISHED, title="Lupus asked", asked_on=dt.date(2020, 1, 3))
    make_topic(make_concept("Lupus topic"))
    make_article(title="Lupus article", published_at=dt.datetime(2020, 1, 2, tzinfo=dt.UTC))

    page = search(client, "lupus")

    kinds = [part.words.partition(" · ")[0] for part in page.one("main").every("p", "meta")]
    assert sorted(zip(found(page), kinds, strict=True)) == [
        ("Lupus article", "Article"), ("Lupus asked", "Question"), ("Lupus topic", "FAQ topic")
    ]  # fmt: skip


def test_the_language_of_the_page_comes_first_then_the_other(client: Client) -> None:
    make_question(Status.PUBLISHED, language="zh-hant", title="SLE 是什麼")
    make_question(Status.PUBLISHED, language="zh-hans", title="SLE 是什么")
    make_question(Status.PUBLISHED, title="SLE?")

    english, chinese = search(client, "sle"), search(client, "sle", "zh-hant")

    assert found(english)[0] == "SLE?"
    assert found(chinese)[2] == "SLE?"
    assert len(english.one("section", **{"aria-labelledby": "other"}).every("li")) == 2
    assert [part["lang"] for part in chinese.every("p", "results__title")] == ["zh-Hans", "zh-Hant", "en"]


def test_what_is_not_public_is_not_found(client: Client) -> None:
    shown = make_question(Status.PUBLISHED, title="Lupus shown")
    taken_down = make_question(Status.PUBLISHED, title="Lupus taken down")
    make_question(Status.ACCEPTED, title="Lupus waiting")
    make_article(title="Lupus tomorrow", published_at=timezone.now() + dt.timedelta(days=1))
    before = sorted(found(search(client, "lupus")))

    taken_down.unpublish(by=make_user(role="moderator"), reason="a reason")

    assert before == ["Lupus shown", "Lupus taken down"]
    assert found(search(client, "lupus")) == [shown.title]


def test_at_most_fifty_are_shown_for_one_price(client: Client) -> None:
    costs = []
    for more in (1, 2, RESULTS):
        first = Document.objects.count()
        Document.objects.bulk_create(
            Document(
                key=f"question:{n}", kind="question", language="en", title="Lupus", folded_title="lupus", path="/en/"
            )
            for n in range(first, first + more)
        )
        costs.append(queries(client, "/en/search/?q=lupus"))

    assert costs == [3, 3, 3]
    assert len(found(search(client, "lupus"))) == RESULTS


@pytest.mark.parametrize(
    "typed", ["", " ", "%", "_", "\\", "'", "\x01", "\u200b", "‎", "😀", "a" * QUERY_LENGTH, "a " * 99]
)
def test_odd_words_find_nothing_and_break_nothing(client: Client, typed: str) -> None:
    make_question(Status.PUBLISHED, title="Lupus")

    assert found(search(client, typed)) == []


def test_a_long_query_is_kept_and_explained(client: Client) -> None:
    typed = "x" * (QUERY_LENGTH + 1)

    page = search(client, typed)

    assert page.one("input", name="q")["value"] == typed
    assert "too long" in page.one("p", "notice--warning").words


@pytest.mark.parametrize("query", ["q=%00", "q=%ff", "q=%ed%a0%80"])
def test_a_malformed_query_is_400(client: Client, query: str) -> None:
    assert client.get(f"/en/search/?{query}").status_code == 400


class QueryTests(TestCase):
    """What is searched for comes from people."""

    @given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=300))
    def test_no_query_breaks_the_page(self, typed: str) -> None:
        response = self.client.get("/en/search/", {"q": typed})

        assert response.status_code == 200


def test_results_are_not_for_search_engines_and_the_words_are_escaped(client: Client) -> None:
    response = client.get("/en/search/", {"q": '"><script>'})

    page = response.content.decode()
    assert '<meta name="robots" content="noindex">' in page
    assert "<script>" not in page
    assert "&quot;&gt;&lt;script&gt;" in page
