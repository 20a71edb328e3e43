"""Everything by keyboard alone: asking from the home page to the code of the ticket, and the keys of the blocks."""

import re

import pytest
from playwright.sync_api import Page, expect

from faq.models import Question
from tests.conftest import OpenPage
from tests.factories import make_consent, make_department
from tests.faq.sent import BODY, TITLE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MOST = 60
"""Presses of Tab after which something is out of reach."""
# What has the focus: whether it matches, and whether it can be seen: a ring, inside the window, under nothing else.
LOOK = """(selector) => {
  const one = document.activeElement, box = one.getBoundingClientRect(), style = getComputedStyle(one);
  const within = (place, most) => Math.max(1, Math.min(place, most - 1));
  const x = within(box.left + box.width / 2, innerWidth), y = within(box.top + box.height / 2, innerHeight);
  const above = document.elementFromPoint(x, y);
  return {
    is: one.matches(selector),
    ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    seen: box.bottom > 0 && box.top < innerHeight && Boolean(above) && (one.contains(above) || above.contains(one)),
    html: one.outerHTML.slice(0, 100),
  };
}"""


def go_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is there; each stop on the way must show that it has the focus."""
    for _press in range(MOST):
        page.keyboard.press("Tab")
        stop = page.evaluate(LOOK, selector)
        assert (stop["ring"], stop["seen"]) == (True, True), stop["html"]
        if stop["is"]:
            return
    pytest.fail(f"{selector} is out of reach")


@pytest.mark.parametrize("width", [1280, 320])
def test_a_question_is_asked_from_the_home_page_to_the_code_of_its_ticket(open_page: OpenPage, width: int) -> None:
    make_department("skin")
    make_consent("self")
    make_consent("child")
    page = open_page("/en/", width=width, height=640)
    press = page.keyboard.press

    go_to(page, ".site-head a[href='/en/ask/']")
    press("Enter")
    page.wait_for_url("**/en/ask/")
    go_to(page, "main a[href$='?department=skin']")
    press("Enter")
    page.wait_for_url("**/en/ask/?department=skin")
    go_to(page, "form.ask [name=for_whom]")
    press("Space")
    press("ArrowDown")
    go_to(page, "[name=title]")
    page.keyboard.type(TITLE)
    go_to(page, "[name=body]")
    page.keyboard.type(BODY)
    go_to(page, "[name=age_band]")
    page.keyboard.type("70")
    go_to(page, "[name=sex]")
    press("Space")
    go_to(page, "[name=wants_public]")
    press("Space")
    go_to(page, "[name=has_consented]")
    press("Space")
    go_to(page, "form.ask .button--primary")
    press("Enter")
    page.wait_for_url(re.compile(r"/ticket/\w{32}/"))

    question = Question.objects.get()
    assert (question.title, question.for_whom, question.age_band) == (TITLE, "child", "70-79")
    code = page.locator(".code").inner_text().replace(" ", "").replace("\n", "")
    assert page.url.rstrip("/").endswith(code.lower())
    go_to(page, "[data-copy]")
    assert page.evaluate("document.documentElement.scrollWidth") == width


def press_access_key(page: Page, key: str) -> None:
    """Alt and a letter; Playwright's own keyboard leaves out the text by which Chromium finds the link."""
    session = page.context.new_cdp_session(page)
    stroke = {"modifiers": 1, "key": key, "code": f"Key{key.upper()}", "windowsVirtualKeyCode": ord(key.upper())}
    session.send("Input.dispatchKeyEvent", {"type": "keyDown", "text": key, "unmodifiedText": key, **stroke})
    session.send("Input.dispatchKeyEvent", {"type": "keyUp", **stroke})
    session.detach()


def test_mistakes_are_mended_by_keyboard(open_page: OpenPage) -> None:
    make_department("skin")
    make_consent("self")
    page = open_page("/en/ask/?department=skin")
    go_to(page, "form.ask .button--primary")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    expect(page.locator("#problems")).to_be_focused()
    go_to(page, "#problems a[href='#id_title']")
    page.keyboard.press("Enter")

    expect(page.locator("#id_title")).to_be_focused()


def test_the_first_link_skips_to_the_content_and_the_marks_lead_to_their_blocks(open_page: OpenPage) -> None:
    page = open_page("/en/")
    page.keyboard.press("Tab")
    first = page.evaluate("document.activeElement.className")
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()

    for key, place in (("u", "upper"), ("z", "lower"), ("c", "content")):
        press_access_key(page, key)
        expect(page.locator(f"#{place}")).to_be_focused()

    assert first == "skip"
