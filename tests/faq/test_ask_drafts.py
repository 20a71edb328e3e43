"""What somebody writes into the ask form stays on the device for a week, can be cleared, and is gone once sent."""

import re

import pytest
from playwright.sync_api import Page, expect

from faq.models import Question
from tests.conftest import OpenPage
from tests.factories import make_consent, make_department
from tests.faq.sent import BODY, TITLE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ASK = "/en/ask/?department=skin"
KEPT = "localStorage.getItem('wenyi.ask')"


@pytest.fixture(autouse=True)
def _house() -> None:
    make_department("skin")
    make_consent("self")


def write(page: Page) -> None:
    page.locator("[name=for_whom][value=self]").check()
    page.locator("[name=title]").fill(TITLE)
    page.locator("[name=body]").fill(BODY)
    page.locator("[name=email]").fill("jimmy@example.org")


def written(page: Page) -> list[str]:
    return [page.locator(f"[name={name}]").input_value() for name in ("title", "body", "email")]


def test_a_draft_comes_back_after_a_reload_and_says_so_but_no_address_is_kept(open_page: OpenPage) -> None:
    page = open_page(ASK)
    expect(page.locator("[data-draft]")).to_be_hidden()
    write(page)

    page.reload()

    assert written(page) == [TITLE, BODY, ""]
    assert page.locator("[name=for_whom][value=self]").is_checked()
    expect(page.locator("[data-draft-back]")).to_be_visible()
    expect(page.locator("[data-draft]")).to_contain_text("on this phone or computer only")
    assert "jimmy" not in page.evaluate(KEPT)


def test_clearing_forgets_it_says_so_and_puts_the_focus_where_writing_begins(open_page: OpenPage) -> None:
    page = open_page(ASK)
    write(page)

    page.get_by_role("button", name="Clear on this phone").press("Enter")

    assert (written(page), page.evaluate(KEPT)) == (["", "", "jimmy@example.org"], None)
    assert page.evaluate("document.activeElement.name") == "title"
    expect(page.locator("[data-draft]")).to_be_hidden()
    expect(page.locator("[aria-live]")).to_contain_text("Cleared")
    page.reload()
    assert written(page)[:2] == ["", ""]


def test_a_draft_is_forgotten_after_a_week(open_page: OpenPage) -> None:
    page = open_page(ASK)
    write(page)
    page.evaluate(
        "const draft = JSON.parse(localStorage['wenyi.ask']); draft.at -= 7 * 24 * 3600 * 1000;"
        "localStorage['wenyi.ask'] = JSON.stringify(draft)"
    )

    page.reload()

    assert (written(page), page.evaluate(KEPT)) == (["", "", ""], None)


def test_a_draft_is_kept_while_what_was_sent_has_mistakes_and_gone_when_it_has_arrived(open_page: OpenPage) -> None:
    page = open_page(ASK)
    write(page)
    send = page.locator("form.ask .button--primary")

    with page.expect_navigation():
        send.click()
    kept = page.evaluate(KEPT)
    page.locator("[name=age_band]").select_option("70-79")
    page.locator("[name=sex][value=female]").check()
    page.locator("[name=wants_public][value=no]").check()
    page.locator("[name=has_consented]").check()
    send.click()
    page.wait_for_url(re.compile(r"/ticket/\w{32}/"))

    assert TITLE in kept
    assert (page.evaluate(KEPT), Question.objects.count()) == (None, 1)


def test_where_nothing_can_be_kept_nothing_is_promised(open_page: OpenPage) -> None:
    page = open_page("/health/live")
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })"
    )
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))

    page.goto(ASK)
    write(page)

    expect(page.locator("[data-draft]")).to_be_hidden()
    assert (written(page), faults) == ([TITLE, BODY, "jimmy@example.org"], [])


def test_without_a_script_nothing_is_kept_and_nothing_is_promised(open_page: OpenPage) -> None:
    page = open_page(ASK, javascript=False)
    write(page)

    page.reload()

    assert written(page) == ["", "", ""]
    expect(page.locator("[data-draft]")).to_be_hidden()


def test_that_words_are_kept_is_said_once_by_the_one_voice_and_moves_no_focus(open_page: OpenPage) -> None:
    page = open_page(ASK)
    page.evaluate(
        "window.said = []; new MutationObserver(() => said.push(document.querySelector('[aria-live]').textContent))"
        ".observe(document.querySelector('[aria-live]'), { childList: true })"
    )

    page.locator("[name=title]").press_sequentially("Itch", delay=120)
    expect(page.locator("[aria-live]")).to_contain_text("kept on this device")
    page.locator("[name=title]").press_sequentially("ing arm", delay=60)
    page.wait_for_timeout(600)

    kept = [words for words in page.evaluate("said") if "kept on this device" in words]
    assert (len(kept), page.evaluate("document.activeElement.name")) == (1, "title")
    assert page.locator("[aria-live], [role=status]").count() == 1
