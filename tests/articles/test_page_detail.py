"""The static pages of the footer."""

import datetime as dt

import pytest
from django.test import Client

from tests.factories import make_page
from tests.reading import links, read

pytestmark = pytest.mark.django_db


def test_a_page_is_shown_and_named_in_the_footer(client: Client) -> None:
    make_page("about", title="About us", body="## First\n\nText.", reviewed_on=dt.date(2024, 5, 1))
    make_page("about", "zh-hant", title="關於本站")
    make_page("draft", title="A draft", is_public=False)
    make_page("contact", title="Words above the contact form")

    page = read(client, "/en/about/")

    assert page.one("h1").words == "About us"
    assert page.one("div", "prose").words == "First Text."
    assert "Last reviewed 2024/05/01" in [text.words for text in page.every("p", "meta")]
    assert list(links(page.one("footer"))) == ["About us", "Contact", "Sitemap", "Find my question"]
    assert page.one("a", "site-switch")["href"] == "/zh-hant/about/"


def test_a_page_of_the_other_language_alone_is_found_there(client: Client) -> None:
    make_page("about", "zh-hant", title="關於本站")

    response = client.get("/en/about/")

    assert (response.status_code, response["Location"]) == (302, "/zh-hant/about/")
    assert read(client, "/zh-hant/about/").every("link", rel="alternate") == []


def test_a_page_that_is_not_public_or_not_there_is_404(client: Client) -> None:
    make_page("draft", is_public=False)

    assert client.get("/en/draft/").status_code == 404
    assert client.get("/en/nothing/").status_code == 404
