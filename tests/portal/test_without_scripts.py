"""Without JavaScript nothing is missing but what cannot work, and that is not shown."""

import pytest
from playwright.sync_api import expect

from faq.states import Status
from search.index.follower import Follower
from tests.conftest import OpenPage
from tests.factories import make_answer, make_consent, make_department, make_question

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_what_needs_a_script_is_not_shown_on_a_question(open_page: OpenPage) -> None:
    question = make_question(Status.PUBLISHED)

    page = open_page(question.get_absolute_url(), javascript=False)

    buttons = [button for button in page.locator("main button").all() if button.is_visible()]
    assert (buttons, page.locator("main button").count()) == ([], 2)
    expect(page.get_by_role("link", name="Share on LINE")).to_be_visible()


def test_a_search_is_typed_narrowed_and_opened(open_page: OpenPage, index: Follower) -> None:
    question = make_question(Status.PUBLISHED, make_department("skin"), title="Hiccups for days")
    make_answer(question)
    make_question(Status.PUBLISHED, make_department("heart"), title="Hiccups at night")
    index.step()
    page = open_page("/en/", javascript=False, width=360)

    page.locator("[name=q]").fill("hiccups")
    page.locator(".search-box button").click()
    page.locator(".narrow summary").click()
    page.locator(".narrow [name=department]").select_option("skin")
    page.locator(".narrow button").click()
    page.locator("h3 a").click()

    expect(page.locator("h1")).to_contain_text("Hiccups for days")


def test_departments_and_answers_given_before_are_asked_for_by_buttons(open_page: OpenPage, index: Follower) -> None:
    make_consent("self")
    make_answer(make_question(Status.PUBLISHED, make_department("skin"), title="Hiccups for three days"))
    index.step()
    page = open_page("/en/ask/?department=skin", javascript=False)
    page.locator("[name=title]").fill("Hiccups")
    page.locator("[name=body]").fill("For three days now.")

    page.get_by_role("button", name="See whether it was answered before").click()

    expect(page.get_by_role("link", name="Hiccups for three days")).to_be_visible()
    expect(page.locator("[name=title]")).to_have_value("Hiccups")
    expect(page.locator("[data-draft]")).to_be_hidden()
