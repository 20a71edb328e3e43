"""The static pages of the footer."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from articles.models import Redirect
from tests.factories import make_page
from tests.reading import links, parse, read

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
    assert list(links(page.one("footer"))) == [":::", "About us", "Contact", "Sitemap", "Find my question"]
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


def test_a_renamed_page_and_its_twin_leave_redirects(client: Client) -> None:
    page = make_page("about", title="About us")
    make_page("about", "zh-hant")

    page.slug = "who"
    page.save()

    assert read(client, "/en/who/").one("a", "site-switch")["href"] == "/zh-hant/who/"
    assert client.get("/en/about/")["Location"] == "/en/who/"
    assert client.get("/zh-hant/about/")["Location"] == "/zh-hant/who/"


def test_a_page_renamed_there_and_back_is_where_it_was(client: Client) -> None:
    page = make_page("about")
    for slug in ("who", "us", "about"):
        page.slug = slug
        page.save()

    assert client.get("/en/about/").status_code == 200
    assert [client.get(f"/en/{slug}/")["Location"] for slug in ("who", "us")] == ["/en/about/", "/en/about/"]


def test_a_draft_that_nobody_has_read_leaves_nothing(client: Client) -> None:
    page = make_page("draft", is_public=False)

    page.slug = "other"
    page.save()

    assert client.get("/en/draft/").status_code == 404
    assert not Redirect.objects.exists()


def test_a_withdrawn_page_says_why_and_what_is_near(client: Client) -> None:
    page = make_page("fees", title="Fees")
    make_page("fees", "zh-hant", title="費用")

    page.withdraw("There are no fees any more.")

    answer = client.get("/en/fees/")
    shown = parse(answer.text)
    assert answer.status_code == 410
    assert "There are no fees any more." in [text.words for text in shown.one("main").every("p")]
    assert links(shown.one("ul", "links")) == {
        "費用": "/zh-hant/fees/",
        "Sitemap": "/en/sitemap/",
        "Contact": "/en/contact/",
    }
    assert read(client, "/zh-hant/fees/").every("link", rel="alternate") == []


def test_a_page_that_is_back_is_read_again(client: Client) -> None:
    page = make_page("fees")
    page.withdraw("A mistake.")

    page.is_public, page.withdrawn_because = True, ""
    page.save()

    assert client.get("/en/fees/").status_code == 200


def test_a_deleted_page_leaves_a_page_that_says_so(client: Client) -> None:
    make_page("fees").delete()
    make_page("draft", is_public=False).delete()

    assert (client.get("/en/fees/").status_code, client.get("/en/draft/").status_code) == (410, 404)


def test_what_is_overdue_says_so(client: Client) -> None:
    today = timezone.localdate()
    make_page("late", reviewed_on=today - dt.timedelta(days=400), next_review_on=today - dt.timedelta(days=1))
    make_page("today", next_review_on=today)

    late = read(client, "/en/late/").every("p", "notice--warning")
    in_time = read(client, "/en/today/").every("p", "notice--warning")

    assert [text.words.startswith("This page was to be reviewed by") for text in late] == [True]
    assert in_time == []


def behind(client: Client) -> list[bool]:
    return [bool(read(client, f"/{language}/about/").every("p", "notice--info")) for language in ("en", "zh-hant")]


def test_a_page_says_that_its_twin_is_newer_until_it_follows(client: Client) -> None:
    english, chinese = make_page("about"), make_page("about", "zh-hant")
    at_first = behind(client)

    english.body = "Another text."
    english.save()
    changed = behind(client)
    chinese.body = "另一段文字。"
    chinese.save()

    assert (at_first, changed, behind(client)) == ([False, False], [False, True], [False, False])


def test_a_page_that_somebody_compared_is_in_line_until_the_next_change(client: Client) -> None:
    english, chinese = make_page("about"), make_page("about", "zh-hant")
    english.title = "Another title"
    english.save()

    chinese.bring_in_line()
    compared = behind(client)
    english.title = "A third title"
    english.save()

    assert (compared, behind(client)) == ([False, False], [False, True])


def test_a_small_correction_leaves_the_translation_in_line(client: Client) -> None:
    english = make_page("about")
    make_page("about", "zh-hant")

    english.body, english.is_small_change = "Text!", True
    english.save()

    assert behind(client) == [False, False]


def test_a_twin_that_is_not_public_is_not_named(client: Client) -> None:
    make_page("about")
    twin = make_page("about", "zh-hant", is_public=False)
    twin.body = "草稿"
    twin.save()

    page = read(client, "/en/about/")

    assert (page.every("p", "notice--info"), page.every("link", rel="alternate")) == ([], [])
