"""The desks with nothing but a keyboard: from signing in to the sent answer, from the overview to the public question.

Each press is counted beside what is typed: what a physician with four minutes and a moderator with two hundred new
questions have to do is part of the promise.
"""

import re
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from faq.models import Finding, Question
from faq.states import Status
from people.models import User
from search.models import ConceptName
from tests.conftest import OpenPage
from tests.factories import (
    make_answer,
    make_concept,
    make_department,
    make_finding,
    make_physician_user,
    make_question,
    make_user,
)
from tests.faq.at_desk import DESK, door, screen, signed_in, waiting

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MODERATE = "/admin/faq/question/moderate/"


class Keys:
    """A keyboard that counts what is pressed, and nothing else to reach the page with."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.pressed = 0

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.pressed += 1

    def lead_on(self, key: str, address: str) -> None:
        """Press a key that leads to another page."""
        with self.page.expect_navigation(url=re.compile(address)):
            self.press(key)
        self.page.wait_for_load_state("load")

    def type(self, words: str) -> None:
        self.page.keyboard.type(words)


def at(open_page: OpenPage, user: User, address: str = "/admin/", **window: Any) -> Keys:
    page = open_page("/health/live", **window)
    session = signed_in(user).cookies[settings.SESSION_COOKIE_NAME].value
    root = page.url.removesuffix("health/live")
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": root}])
    page.goto(address)
    return Keys(page)


def stored(question: Question) -> Question:
    found: Question = Question.objects.get(pk=question.pk)
    return found


def test_a_physician_sends_an_answer_with_two_presses_beside_typing(open_page: OpenPage) -> None:
    question = waiting()
    keys = at(open_page, make_physician_user(question.department))

    keys.lead_on("n", screen(question))
    expect(keys.page.locator("#id_body")).to_be_focused()
    keys.type("Drink enough water.")
    keys.lead_on("Control+Enter", f"{DESK}$")

    assert question.answers.get().body == "Drink enough water."
    assert keys.pressed == 2
    expect(keys.page.locator("#list-waiting")).to_be_focused()
    expect(keys.page.locator("[data-says]")).to_have_text(f"Your answer to question {question.pk} was sent.")


def test_a_physician_walks_the_list_claims_leaves_the_text_and_declines(open_page: OpenPage) -> None:
    department = make_department()
    waiting(department)
    second = waiting(department)
    keys = at(open_page, make_physician_user(department), DESK)

    for key in ("j", "j", "k", "j"):
        keys.press(key)
    keys.lead_on("Enter", screen(second))
    keys.lead_on("c", screen(second))
    expect(keys.page.locator("#id_body")).to_be_focused()
    keys.type("no")
    keys.press("Escape")
    expect(keys.page.locator("#question-title")).to_be_focused()
    keys.press("e")
    expect(keys.page.locator("#id_body")).to_be_focused()
    keys.press("Escape")
    keys.press("d")
    keys.type("Another")
    keys.press("Tab")
    keys.type("Please call the ward.")
    keys.press("Tab")
    keys.lead_on("Enter", f"{DESK}$")

    assert stored(second).status == Status.REJECTED
    assert stored(second).answers.count() == 0


def test_a_moderator_accepts_a_clean_question_with_two_presses_and_stands_on_the_next(open_page: OpenPage) -> None:
    first, second = (make_question(Status.SUBMITTED) for _ in range(2))
    keys = at(open_page, make_user(role="moderator"))

    keys.lead_on("n", f"{MODERATE}{first.pk}/")
    keys.lead_on("a", f"{MODERATE}{second.pk}/")

    assert stored(first).status == Status.ACCEPTED
    assert keys.pressed == 2
    expect(keys.page.locator("h1")).to_be_focused()
    expect(keys.page.locator("[data-says]")).to_have_text(f"Question {first.pk} waits for a physician now.")


def test_a_moderator_decides_on_findings_tags_and_publishes(open_page: OpenPage) -> None:
    lupus = make_concept("Lupus", "紅斑性狼瘡")
    ConceptName.objects.get_or_create(concept=lupus, language="en", text="Lupus", folded="lupus")
    question = make_question(Status.ANSWERED, title="Lupus in summer", body="Call Ann on 0912345678 about lupus.")
    make_answer(question)
    for words in ("Ann", "0912345678"):
        make_finding(question, words)
    keys = at(open_page, make_user(role="moderator"), f"{MODERATE}?queue=answered")

    keys.lead_on("n", f"{MODERATE}{question.pk}/")
    keys.press("f")
    keys.lead_on("Enter", f"{MODERATE}{question.pk}/")
    expect(keys.page.locator(".finding.open button").first).to_be_focused()
    keys.lead_on("Enter", f"{MODERATE}{question.pk}/")
    expect(keys.page.locator(".bar .default")).to_be_focused()
    keys.press("g")
    keys.lead_on("a", f"{MODERATE}.*queue=answered")

    assert stored(question).status == Status.PUBLISHED
    assert list(stored(question).concepts.all()) == [lupus]
    assert set(Finding.objects.values_list("decision", flat=True)) == {Finding.Decision.HIDDEN}
    assert keys.pressed == 6


def test_fifty_clean_questions_are_accepted_with_three_presses_and_the_others_stay(open_page: OpenPage) -> None:
    clean = [make_question(Status.SUBMITTED) for _ in range(3)]
    found = make_question(Status.SUBMITTED, body="Call 0912345678.")
    make_finding(found, "0912345678")
    keys = at(open_page, make_user(role="moderator"), MODERATE)

    keys.press("y")
    keys.press("b")
    keys.lead_on("Enter", f"{MODERATE}many/")

    assert [stored(each).status for each in [*clean, found]] == [*[Status.ACCEPTED] * 3, Status.SUBMITTED]
    assert keys.pressed == 3


def test_a_moderator_ticks_rows_and_declines_one_with_a_reason(open_page: OpenPage) -> None:
    first, second = (make_question(Status.SUBMITTED) for _ in range(2))
    keys = at(open_page, make_user(role="moderator"), MODERATE)

    for key in ("j", "j", "x"):
        keys.press(key)
    ticked = keys.page.locator("[data-pick]:checked")
    assert [ticked.nth(place).get_attribute("value") for place in range(ticked.count())] == [str(second.pk)]
    keys.press("k")
    keys.lead_on("Enter", f"{MODERATE}{first.pk}/")
    keys.press("d")
    keys.type("This is an")
    keys.press("Tab")
    keys.press("Tab")
    keys.lead_on("Enter", f"{MODERATE}{second.pk}/")

    assert stored(first).status == Status.REJECTED


def test_a_question_mark_opens_the_list_of_keys(open_page: OpenPage) -> None:
    make_question(Status.SUBMITTED)
    keys = at(open_page, make_user(role="moderator"), MODERATE)

    keys.press("?")

    expect(keys.page.locator(".keys summary")).to_be_focused()
    expect(keys.page.locator(".keys dl")).to_be_visible()


def test_single_keys_do_nothing_while_somebody_types_or_once_they_are_switched_off(open_page: OpenPage) -> None:
    question = make_question(Status.SUBMITTED)
    keys = at(open_page, make_user(role="moderator"), f"{MODERATE}{question.pk}/")

    keys.page.locator("#id_editorial_title").focus()
    keys.type("a s d")
    keys.page.locator("h1").focus()
    keys.press("?")
    keys.press("Tab")
    keys.press("Space")
    keys.page.locator("h1").focus()
    keys.press("a")
    keys.page.reload()
    keys.press("a")
    keys.page.wait_for_timeout(300)

    assert stored(question).status == Status.SUBMITTED
    assert keys.page.locator("[data-keys-on]").is_checked() is False


def test_a_key_held_with_another_or_pressed_while_chinese_is_composed_is_no_shortcut(open_page: OpenPage) -> None:
    question = make_question(Status.SUBMITTED)
    keys = at(open_page, make_user(role="moderator"), f"{MODERATE}{question.pk}/")

    keys.page.evaluate(
        """() => ["ctrlKey", "altKey", "metaKey", "isComposing", "repeat"].forEach((name) =>
        document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "a", bubbles: true, [name]: true })))"""
    )
    keys.page.wait_for_timeout(300)

    assert stored(question).status == Status.SUBMITTED


def test_what_a_colleague_holds_is_never_claimed_by_a_key(open_page: OpenPage) -> None:
    question = waiting()
    signed_in(make_physician_user(question.department, username="colleague")).post(door(question), {"act": "claim"})
    keys = at(open_page, make_physician_user(question.department))

    keys.lead_on("n", f"{DESK}$")

    assert str(stored(question).claimed_by) == "colleague"
