"""The search in a browser: with the keyboard, without a script, on a telephone, and as axe sees it."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from faq.states import Status
from search.index.follower import Follower
from search.models.promoted import PromotedResult
from search.results import PAGE
from tests.conftest import OpenPage
from tests.factories import make_concept, make_department, make_question, make_topic, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def found(index: Follower) -> None:
    """Everything that a page of results may show."""
    skin, heart, lupus = make_department("skin"), make_department("heart"), make_concept("Lupus", "狼瘡")
    make_topic(lupus, skin)
    make_topic(lupus, skin, "zh-hant")
    for language, title in (("en", "Lupus"), ("zh-hant", "Lupus 狼瘡"), ("zh-hans", "Lupus 狼疮")):
        for number in range(PAGE // 2 + 3):
            department = heart if number % 2 else skin
            make_question(Status.PUBLISHED, department, language, title=f"{title} {number}", body="lupus " * 60)
    first = make_question(Status.PUBLISHED, title="A rash like a butterfly")
    PromotedResult.objects.promote("lupus", "", f"question:{first.pk}", by=make_user(role="moderator"))
    index.step()


def problems(page: Page) -> list[str]:
    rows = [f"{row['id']}: {row['nodes'][0]['html'][:120]}" for row in Axe().run(page).response["violations"]]
    is_wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return rows + (["scrolls sideways"] if is_wide else [])


@pytest.mark.parametrize("language", ["en", "zh-hant"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing(open_page: OpenPage, found: None, language: str, width: int) -> None:
    page = open_page(f"/{language}/search/", width=width)
    seen = {}
    for query in (
        "",
        "?q=lupus",
        "?q=lupus&department=skin&kind=question&order=newest",
        "?q=heart&kind=article&year=1",
    ):
        page.goto(f"/{language}/search/{query}")
        page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
        seen[query] = problems(page)

    assert {query: rows for query, rows in seen.items() if rows} == {}


def test_filters_stand_open_on_wide_screens_and_closed_on_telephones(open_page: OpenPage, found: None) -> None:
    wide, narrow = open_page("/en/search/?q=lupus"), open_page("/en/search/?q=lupus", width=360)

    expect(wide.locator(".narrow select").first).to_be_visible()
    expect(narrow.locator(".narrow select").first).to_be_hidden()


def test_the_keyboard_narrows_without_a_script(open_page: OpenPage, found: None) -> None:
    page = open_page("/en/", javascript=False)

    page.get_by_role("searchbox").fill("lupus")
    page.keyboard.press("Enter")
    page.get_by_text("Narrow down").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Department").select_option("heart")
    page.get_by_role("button", name="Show these").press("Enter")

    expect(page.locator(".chosen")).to_contain_text("Department")
    assert "department=heart" in page.url
    expect(page.locator("#content ol.results").first.locator("li")).to_have_count(PAGE // 4 + 1)
