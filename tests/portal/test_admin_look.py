"""The admin as it looks: light and dark at the press of a switch, a bar of acts that hides no field on a telephone,
charts that keep their words when colours are forced."""

from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Page, expect

from faq.models import AnsweredDay
from faq.states import Status
from people.models import User
from tests.conftest import OpenPage
from tests.factories import make_department, make_finding, make_physician_user, make_question, make_user
from tests.faq.at_desk import door, screen, signed_in, waiting

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Whether so little of the element that has the focus is above the bar at the foot that nobody sees where it is.
IS_BEHIND = """(bar) => {
  const focus = document.activeElement, foot = document.querySelector(bar).getBoundingClientRect();
  if (focus.closest(bar) || focus === document.body) return "";
  const own = focus.getBoundingClientRect();
  return own.top > foot.top - Math.min(own.height, 24) && own.top < foot.bottom ? focus.outerHTML.slice(0, 90) : "";
}"""


def at(open_page: OpenPage, user: User, address: str, **window: Any) -> Page:
    page = open_page("/health/live", **window)
    session = signed_in(user).cookies[settings.SESSION_COOKIE_NAME].value
    root = page.url.removesuffix("health/live")
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": root}])
    page.goto(address)
    return page


def test_light_and_dark_are_switched_in_the_header_and_remembered(open_page: OpenPage) -> None:
    page = at(open_page, make_user(role="editor"), "/admin/")
    paper = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(paper)
    expect(page.locator(".theme-toggle")).to_have_text("Colours: as the device", use_inner_text=True)

    page.click(".theme-toggle")
    expect(page.locator(".theme-toggle")).to_have_text("Colours: dark", use_inner_text=True)
    dark = page.evaluate(paper)
    page.goto("/admin/articles/article/")

    assert (light != dark, page.evaluate(paper)) == (True, dark)
    page.click(".theme-toggle")
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(paper) == light


def test_on_a_telephone_no_field_that_gets_the_focus_is_behind_the_acts_of_a_moderator(open_page: OpenPage) -> None:
    question = make_question(Status.SUBMITTED, body="Call 0912345678.")
    make_finding(question, "0912345678")
    page = at(
        open_page, make_user(role="moderator"), f"/admin/faq/question/moderate/{question.pk}/", width=360, height=640
    )

    behind = []
    for _place in range(45):
        page.keyboard.press("Tab")
        behind.append(page.evaluate(IS_BEHIND, ".bar"))

    assert [each for each in behind if each] == []
    assert page.evaluate("getComputedStyle(document.querySelector('.bar')).position") == "fixed"


def test_on_a_telephone_no_field_that_gets_the_focus_is_behind_the_acts_of_a_physician(open_page: OpenPage) -> None:
    question = waiting()
    user = make_physician_user(question.department)
    signed_in(user).post(door(question), {"act": "claim"})
    page = at(open_page, user, screen(question), width=360, height=640)

    behind = []
    for _place in range(35):
        page.keyboard.press("Tab")
        behind.append(page.evaluate(IS_BEHIND, ".desk-actions--main"))

    assert [each for each in behind if each] == []


def test_charts_keep_their_bars_and_words_when_colours_are_forced(open_page: OpenPage) -> None:
    AnsweredDay.objects.create(department=make_department(), day=timezone.localdate(), hours={"5": 2})
    page = at(open_page, make_user(role="moderator"), "/admin/")

    page.emulate_media(forced_colors="active")

    fills = page.evaluate(
        """() => [".chart__bar", ".chart__week", ".chart__number"].map(
        (each) => getComputedStyle(document.querySelector(each)).fill)"""
    )
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") not in fills
    expect(page.get_by_role("img", name="Answered per week")).to_be_visible()


@pytest.mark.parametrize("language", ["en", "zh-TW"])
@pytest.mark.parametrize("width", [320, 360, 768])
def test_the_overview_and_long_work_fit_the_window(open_page: OpenPage, language: str, width: int) -> None:
    AnsweredDay.objects.create(department=make_department(), day=timezone.localdate(), hours={"5": 2})
    make_question(Status.SUBMITTED)
    page = at(open_page, make_user(role="moderator"), "/admin/", language=language, width=width)

    widths = []
    for address in ("/admin/", "/admin/?weeks=26", "/admin/work/"):
        page.goto(address)
        widths.append(page.evaluate("document.documentElement.scrollWidth"))

    assert widths == [width] * 3
