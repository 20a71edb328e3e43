"""Asking in a real browser: with and without JavaScript, back and again, clicked twice."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from faq.choices import ForWhom
from faq.models import FollowUp, Question, Ticket
from people.models import Department, IntakeField
from tests.factories import make_consent, make_department, make_intake_field
from tests.faq.sent import BODY, TITLE

OpenPage = Callable[..., Page]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def department() -> Department:
    for whom in ForWhom.values:
        make_consent(whom, text_en=f"Wording for {whom}.", text_zh_hant=f"同意書 {whom}")
    return make_department("skin")


def fill(page: Page) -> None:
    page.locator("[name=for_whom][value=parent]").check()
    page.locator("[name=title]").fill(TITLE)
    page.locator("[name=body]").fill(BODY)
    page.locator("[name=age_band]").select_option("70-79")
    page.locator("[name=sex][value=female]").check()
    page.locator("[name=wants_public][value=yes]").check()
    page.locator("[name=has_consented]").check()


def press_send(page: Page) -> None:
    page.locator("form.ask .button--primary").click()
    page.wait_for_url(re.compile(r"/ticket/\w{32}/"))


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("prefix", ["en", "zh-hant"])
def test_a_question_is_asked_and_taken_back(
    open_page: OpenPage, department: Department, prefix: str, javascript: bool
) -> None:
    page = open_page(f"/{prefix}/ask/", javascript=javascript, width=360)

    page.locator("main a[href*='department=skin']").click()
    fill(page)
    press_send(page)
    page.locator("[name=body]").fill("One more thing.")
    page.locator("form[action$='/add/'] button").click()
    page.wait_for_url(re.compile("done=add"))
    page.locator("a[href$='/withdraw/']").click()
    page.locator("[name=is_sure]").check()
    page.locator("form[action$='/withdraw/'] button").click()
    page.wait_for_url(re.compile("done=withdraw"))

    question = Question.objects.get()
    assert (question.is_withdrawn, question.language, FollowUp.objects.get().body) == (True, prefix, "")
    assert page.locator("main form").count() == 0
    assert page.context.cookies() == []


def test_only_the_wording_for_the_chosen_person_is_in_sight(open_page: OpenPage, department: Department) -> None:
    page = open_page("/en/ask/?department=skin", javascript=False)

    page.locator("[name=for_whom][value=child]").check()

    in_sight = [words.inner_text() for words in page.locator(".consent").all() if words.is_visible()]
    assert [re.findall(r"Wording for (\w+)", text) for text in in_sight] == [["child"]]


@pytest.mark.parametrize("javascript", [True, False])
def test_back_and_send_again_makes_no_second_question(
    open_page: OpenPage, department: Department, javascript: bool
) -> None:
    page = open_page("/en/ask/?department=skin", javascript=javascript)
    fill(page)
    press_send(page)
    first = page.url

    page.go_back()
    page.wait_for_url(re.compile("/ask/"))
    fill(page)
    press_send(page)

    assert (page.url, Question.objects.count()) == (first, 1)


def test_a_double_click_makes_one_question(open_page: OpenPage, department: Department) -> None:
    page = open_page("/en/ask/?department=skin")
    fill(page)

    page.locator("form.ask .button--primary").dblclick()
    page.wait_for_url(re.compile(r"/ticket/\w{32}/"))

    assert Question.objects.count() == 1


def test_mistakes_are_said_at_the_top_and_lead_to_their_fields(open_page: OpenPage, department: Department) -> None:
    page = open_page("/en/ask/?department=skin")
    page.locator("[name=body]").fill(BODY)

    page.locator("form.ask .button--primary").click()
    page.wait_for_load_state()

    assert page.title().startswith("Error: ")
    assert page.evaluate("document.activeElement.id") == "problems"
    page.locator("#problems a[href='#id_title']").click()
    assert page.evaluate("document.activeElement.id") == "id_title"
    assert page.locator("[name=body]").input_value() == BODY


def test_what_was_written_is_there_again_after_the_window_was_closed(
    open_page: OpenPage, department: Department
) -> None:
    page = open_page("/en/ask/?department=skin")
    page.locator("[name=for_whom][value=parent]").check()
    page.locator("[name=body]").fill(BODY)
    again = page.context.new_page()
    page.close()

    again.goto("/en/ask/?department=skin")

    assert again.locator("[name=body]").input_value() == BODY
    assert again.locator("[name=for_whom][value=parent]").is_checked()
    assert again.locator("[name=has_consented]").is_checked() is False
    again.locator("[data-clear]").click()
    again.goto("/en/ask/?department=skin")
    assert again.locator("[name=body]").input_value() == ""


def test_a_draft_is_forgotten_when_the_question_has_arrived(open_page: OpenPage, department: Department) -> None:
    page = open_page("/en/ask/?department=skin")
    fill(page)
    kept = page.evaluate("localStorage.length")

    press_send(page)

    assert (kept, page.evaluate("localStorage.length")) == (1, 0)


@pytest.mark.parametrize("javascript", [True, False])
def test_another_department_is_chosen_without_losing_a_word(
    open_page: OpenPage, department: Department, javascript: bool
) -> None:
    heart = make_department("heart")
    make_intake_field(heart, "pulse", kind=IntakeField.Kind.NUMBER, unit="bpm", is_required=True)
    page = open_page("/en/ask/?department=skin", javascript=javascript)
    fill(page)

    page.locator("[name=department]").select_option("heart")
    page.locator("[name=step][value=department]").click()
    page.locator("[name=intake_pulse]").fill("72")
    page.locator("[name=has_consented]").check()
    press_send(page)

    question = Question.objects.get()
    assert (question.department, question.title, question.body) == (heart, TITLE, BODY)


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_is_wider_than_the_screen(open_page: OpenPage, department: Department, width: int) -> None:
    page = open_page("/en/ask/?department=skin", width=width)
    fill(page)
    page.locator("[name=body]").fill("x" * 2000)
    widths = [page.evaluate("document.documentElement.scrollWidth")]

    press_send(page)

    widths.append(page.evaluate("document.documentElement.scrollWidth"))
    assert max(widths) <= width


def test_the_address_is_copied(open_page: OpenPage, department: Department, live_server: LiveServer) -> None:
    page = open_page("/en/ask/?department=skin")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    fill(page)
    press_send(page)

    page.get_by_role("button", name="Copy the address").click()

    expect(page.locator("#copied")).not_to_be_empty()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"{live_server.url}/en/ticket/{Ticket.objects.get().secret}/"
    assert Client().get(copied.removeprefix(live_server.url)).status_code == 200


def test_the_forms_of_the_ticket_work_under_its_own_policies(open_page: OpenPage, department: Department) -> None:
    page = open_page("/en/ask/?department=skin")
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    fill(page)
    press_send(page)
    first = page.url

    page.locator(".keep details summary").click()
    page.locator("form[action$='/rotate/'] button").click()
    page.wait_for_url(re.compile("done=rotate"))

    assert (page.url.partition("?")[0] != first, complaints) == (True, [])
    assert Client().get(re.sub(r"https?://[^/]+", "", first)).status_code == 404
