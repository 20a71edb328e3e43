"""The whole story in a browser: asked, accepted, answered, published, read; in both languages, the patient without
JavaScript, and the physician with few actions beside typing."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from faq.models import Question
from faq.states import Status
from people.models import User
from tests.conftest import OpenPage
from tests.factories import make_concept, make_consent, make_department, make_physician_user, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MOST_ACTIONS = 6
WORDS: dict[str, dict[str, str]] = {
    "en": {
        "title": "Can I be vaccinated with lupus?",
        "body": "Hello, Doctor.\nI have lupus. My number is 0912-345-678.\nMay I have the flu vaccine?",
        "shown": "May I have the flu vaccine?",
        "answer": "Most people with lupus **can** have it. Ask your rheumatologist.",
        "read": "Most people with lupus can have it.",
    },
    "zh-hant": {
        "title": "紅斑性狼瘡可以打疫苗嗎？",
        "body": "醫師您好：\n我有紅斑性狼瘡，電話 0912-345-678。\n可以打流感疫苗嗎？",
        "shown": "可以打流感疫苗嗎？",
        "answer": "多數病友**可以**施打，請與您的風濕科醫師討論。",
        "read": "多數病友可以施打，請與您的風濕科醫師討論。",
    },
}


class Actions:
    """Counts what a person does beside typing: each click and each press of a key that is no letter of a text."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.count = 0

    def click(self, selector: str) -> None:
        self.count += 1
        self.page.locator(selector).first.click()

    def press(self, key: str) -> None:
        self.count += 1
        self.page.keyboard.press(key)


def _staff(open_page: OpenPage, user: User, address: str, **window: Any) -> Page:
    client = Client()
    client.force_login(user)
    page = open_page("/health/live", **window)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    root = page.url.removesuffix("health/live")
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": root}])
    page.goto(address)
    return page


def _ask(page: Page, words: dict[str, str]) -> str:
    page.locator("input[name=for_whom][value=self]").check()
    page.locator("[name=title]").fill(words["title"])
    page.locator("[name=body]").fill(words["body"])
    page.locator("[name=nickname]").fill("jimmy")
    page.locator("[name=age_band]").select_option("40-49")
    page.locator("[name=sex][value=female]").check()
    page.locator("input[name=wants_public]").first.check()
    page.locator("[name=has_consented]").check()
    page.locator("form.ask .button--primary").click()
    page.wait_for_url(re.compile(r"/ticket/[0-9a-z]{32}/"))
    return page.url


def _answer(open_page: OpenPage, physician: User, question: Question, words: str) -> int:
    """Answer from the desk to "sent"; returns the number of actions beside typing."""
    screen = _staff(open_page, physician, "/admin/faq/question/desk/")
    acts = Actions(screen)
    acts.click("main button[value='claim'], #content button[value='claim']")
    screen.wait_for_url(re.compile(rf"/{question.pk}/"))
    expect(screen.locator("#id_body")).to_be_focused()
    screen.keyboard.type(words)
    acts.press("Control+Enter")
    screen.wait_for_url(re.compile(r"/desk/$"))
    return acts.count


@pytest.mark.parametrize("language", ["en", "zh-hant"])
def test_a_question_travels_from_a_patient_to_everyone(open_page: OpenPage, language: str) -> None:
    words = WORDS[language]
    department = make_department("rheumatology")
    lupus = make_concept("Lupus", "紅斑性狼瘡")
    make_consent("self")
    moderator, physician = make_user(role="moderator"), make_physician_user(department)

    # The patient, on a phone without JavaScript, lands on the ticket.
    patient = open_page(f"/{language}/ask/?department=rheumatology", javascript=False, width=360)
    ticket = _ask(patient, words)
    question = Question.objects.get()
    assert (question.status, question.language) == (Status.SUBMITTED, language)
    assert "0912" not in question.body
    expect(patient.locator("main")).to_contain_text(words["shown"])

    # The moderator decides the finding and accepts.
    desk = _staff(open_page, moderator, f"/admin/faq/question/moderate/{question.pk}/")
    desk.locator("button[value^='hide:']").click()
    desk.locator("button[value='accept']").click()
    expect(desk.locator(".errornote")).to_have_count(0)
    question.refresh_from_db()
    assert question.status == Status.ACCEPTED

    # The physician answers from the desk.
    assert _answer(open_page, physician, question, words["answer"]) <= MOST_ACTIONS
    question.refresh_from_db()
    assert question.status == Status.ANSWERED

    # The moderator tags it, in either language, and publishes.
    desk.goto(f"/admin/faq/question/moderate/{question.pk}/")
    box = desk.locator(f"input[name=tags][value='{lupus.pk}']")
    expect(box).to_have_count(1)
    box.check()
    desk.locator("button[value='publish']").click()
    expect(desk.locator(".errornote")).to_have_count(0)
    question.refresh_from_db()
    assert question.status == Status.PUBLISHED
    assert list(question.concepts.all()) == [lupus]

    # Everyone reads it, and the ticket shows it.
    reader = open_page(question.get_absolute_url(), javascript=False)
    for page in (reader, _reopened(patient, ticket)):
        expect(page.locator("main")).to_contain_text(words["shown"])
        expect(page.locator("main")).to_contain_text(words["read"])
    expect(reader.locator("main")).not_to_contain_text("0912")


def _reopened(patient: Page, ticket: str) -> Page:
    patient.goto(ticket)
    return patient
