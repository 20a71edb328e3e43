"""Who follows an old address finds what is there now, or reads why nothing is."""

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from articles.models import Redirect
from faq.states import Status
from tests.factories import make_article, make_page, make_question, make_redirect
from tests.reading import links, parse, queries

pytestmark = pytest.mark.django_db

OLD = "https://archive.example/qa.php?id=193985"


def test_an_old_address_leads_to_the_new_one_query_string_included(client: Client) -> None:
    question = make_question(Status.PUBLISHED, source="archive", external_id="193985", old_url=OLD)

    response = client.get("/qa.php?id=193985")

    assert (response.status_code, response["Location"]) == (301, question.get_absolute_url())
    assert client.get("/qa.php?id=1").status_code == 404


def test_the_old_address_of_a_hidden_thread_leads_nowhere(client: Client) -> None:
    make_question(Status.IMPORTED, source="archive", external_id="193985", old_url=OLD)

    assert client.get("/qa.php?id=193985").status_code == 404


@pytest.mark.parametrize(
    ("asked", "location"),
    [
        ("/en/old/", "/en/topics/#part"),
        ("/en/old", "/en/old/"),  # Django puts the slash first
        ("/en/old/?page=2", "/en/topics/?page=2#part"),
        ("/faq.php?id=1", "/en/articles/"),
        ("/faq.php?id=2", None),
        ("/zh-hant/%E9%97%9C%E6%96%BC/", "/zh-hant/topics/"),
        ("/zh-hant/關於/", "/zh-hant/topics/"),
        ("/away", "https://example.org/a"),
        ("/away?x=1", "https://example.org/a"),
    ],
)
def test_a_redirect_is_followed(client: Client, asked: str, location: str | None) -> None:
    Redirect.lay("/en/old/", "/en/topics/#part")
    Redirect.lay("/faq.php?id=1", "/en/articles/")
    Redirect.lay("/zh-hant/關於/", "/zh-hant/topics/")
    Redirect.lay("/away", "https://example.org/a")

    response = client.get(asked)

    assert response.get("Location") == location
    assert response.status_code == (301 if location else 404)


def test_what_is_gone_says_why_in_the_language_of_the_address_and_what_is_near(client: Client) -> None:
    article = make_article("zh-hant", title="附近的文章")
    for address in ("/en/gone/", "/zh-hant/gone/"):
        Redirect.lay(
            address, article.get_absolute_url(), is_gone=True, reason_en="It was <wrong>.", reason_zh_hant="內容有誤。"
        )

    english, chinese = client.get("/en/gone/"), client.get("/zh-hant/gone/")

    assert (english.status_code, chinese.status_code) == (410, 410)
    assert (english["Content-Language"], chinese["Content-Language"]) == ("en", "zh-hant")
    assert "It was <wrong>." in [text.words for text in parse(english.text).one("main").every("p")]
    assert "內容有誤。" in [text.words for text in parse(chinese.text).one("main").every("p")]
    assert links(parse(chinese.text).one("ul", "links")) == {"附近的文章": article.get_absolute_url()}
    assert not english.cookies


def test_a_page_that_is_there_is_shown_whatever_a_redirect_says_and_costs_no_query_more(client: Client) -> None:
    make_page("about")
    before = queries(client, "/en/about/")

    make_redirect("/en/about", "/en/topics/")

    assert queries(client, "/en/about/") == before


def test_an_address_without_a_language_leads_to_the_readers_own_unless_it_is_an_old_one(client: Client) -> None:
    make_redirect("/about", "/en/topics/")

    led_on, guessed = client.get("/about/"), client.get("/topics/", headers={"accept-language": "zh-TW"})

    assert (led_on.status_code, led_on["Location"]) == (301, "/en/topics/")
    assert (guessed.status_code, guessed["Location"]) == (302, "/zh-hant/topics/")


def test_only_reading_is_led_on(client: Client) -> None:
    make_redirect("/old.php", "/en/topics/")

    assert client.head("/old.php").status_code == 301
    assert client.post("/old.php").status_code == 404


class TestAnyAddress(TestCase):
    @given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=30), st.text(max_size=20))
    def test_no_address_is_an_error(self, path: str, query: str) -> None:
        make_redirect("/old", "/en/topics/")

        response = Client().get("/en/x" + path.replace("#", ""), {"q": query.encode("utf-8", "replace").decode()})

        assert response.status_code in {200, 301, 302, 400, 404}
