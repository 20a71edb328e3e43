"""There is room for everyone: every kind of public page on a small phone, and with letters twice as large."""

import datetime as dt
from typing import Any, Final

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from faq.states import Status
from tests.conftest import OpenPage
from tests.factories import (
    make_article,
    make_comment,
    make_concept,
    make_consent,
    make_department,
    make_more_info,
    make_notice,
    make_page,
    make_physician,
    make_question,
    make_topic,
)
from tests.test_accessibility import SMALL_TARGETS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LONG: Final = "Pneumonoultramicroscopicsilicovolcanoconiosis and other words that are as long as they can be"
# Ends of what is wider than the window, and texts that are cut off at the side of their box.
TOO_WIDE: Final = """() => {
  const wide = document.documentElement.scrollWidth > document.documentElement.clientWidth;
  const cut = [...document.querySelectorAll("main *, header *, footer *")].filter((each) =>
    each.scrollWidth > each.clientWidth + 1 && each.clientWidth > 1
    && ["hidden", "clip"].includes(getComputedStyle(each).overflowX));
  return [...(wide ? ["sideways"] : []), ...cut.map((each) => "cut: " + each.outerHTML.slice(0, 100))];
}"""
TWICE: Final = "document.documentElement.style.fontSize = '200%'"
MOVING: Final = """() => [...document.querySelectorAll("*")].filter((each) => {
  const style = getComputedStyle(each);
  return style.animationName !== "none" || style.transitionDuration.split(", ").some((time) => parseFloat(time) > 0);
}).map((each) => each.outerHTML.slice(0, 100))"""


def addresses(language: str) -> list[str]:
    """Every kind of page with all that stands on it, in words without a place to break."""
    department, concept = make_department("skin", name_en=LONG[:80]), make_concept(LONG[:60], "皮疹")
    make_consent("self")
    make_notice(department=department)
    physician = make_physician(departments=[department])
    question = make_question(Status.PUBLISHED, department, language, concepts=[concept], title=LONG)
    make_more_info(question)
    topic = make_topic(concept, department, language)
    article = make_article(
        language, department=department, takes_comments=True, sources=[LONG], entries=[("So?", LONG)]
    )
    comment = make_comment(article)
    page = make_page("words", language, next_review_on=timezone.localdate() - dt.timedelta(days=3))
    ticket = make_question(Status.NEEDS_INFO, department, language).ticket.secret
    gone = make_question(Status.MERGED, department, language, merged_into=question, status_before=Status.PUBLISHED)
    rooms = [
        "", "ask/", "ask/?department=skin", "ticket/", f"ticket/{ticket}/", f"ticket/{ticket}/withdraw/", "contact/",
        "departments/", "departments/skin/", "topics/", "questions/", "articles/", "search/", "search/?q=words",
        "sitemap/", f"articles/{article.pk}/comments/", f"articles/{article.pk}/comments/new/",
        f"comments/{comment.pk}/report/", f"questions/{question.pk}/-/helpful/", f"physicians/{physician.pk}/",
        f"concepts/{concept.pk}/", "no/such/page/",
    ]  # fmt: skip
    shown: list[Any] = [question, topic, article, page, gone]
    return [*(f"/{language}/{room}" for room in rooms), *(each.get_absolute_url() for each in shown)]


def faults(page: Page, address: str) -> list[str]:
    """What is wrong with a page on a phone of 320 pixels, and at 1280 with letters twice as large."""
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(address)
    found = [f"320: {fault}" for fault in page.evaluate(TOO_WIDE) + page.evaluate(SMALL_TARGETS)]
    page.set_viewport_size({"width": 1280, "height": 900})
    page.evaluate(TWICE)
    found += [f"200 %: {fault}" for fault in page.evaluate(TOO_WIDE)]
    return found + [f"moves: {each}" for each in page.evaluate(MOVING)]


@pytest.mark.parametrize("language", ["en", "zh-hant"])
def test_nothing_goes_sideways_is_cut_off_small_or_moving(open_page: OpenPage, language: str) -> None:
    every = addresses(language)
    page = open_page("/health/live")
    page.emulate_media(reduced_motion="reduce")

    found = {address: faults(page, address) for address in every}

    assert {address: wrong for address, wrong in found.items() if wrong} == {}
