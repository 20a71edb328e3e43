"""Kinds of public pages and the staff's desks, looked at by axe in a real browser: no violation in either language."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client

from faq.states import Status
from people.models import User
from tests.conftest import OpenPage
from tests.factories import (
    make_concept,
    make_consent,
    make_department,
    make_more_info,
    make_physician_user,
    make_question,
    make_topic,
    make_user,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def _violations(page: Any) -> list[str]:
    return [f"{row['id']}: {row['nodes'][0]['html'][:120]}" for row in Axe().run(page).response["violations"]]


@pytest.mark.parametrize("language", ["en", "zh-hant"])
def test_public_pages_have_no_violation(open_page: OpenPage, language: str) -> None:
    department, lupus = make_department("department-one"), make_concept()
    make_consent("self")
    question = make_question(Status.PUBLISHED, department, language, concepts=[lupus])
    make_more_info(question)
    topic = make_topic(lupus, department, language)
    ticket = make_question(Status.ACCEPTED, department, language).ticket.secret
    paths = [
        "",
        "departments/department-one/",
        "ask/?department=department-one",
        f"ticket/{ticket}/",
        "ticket/",
        "contact/",
    ]
    addresses = [*(f"/{language}/{path}" for path in paths), question.get_absolute_url(), topic.get_absolute_url()]
    page = open_page(addresses[0], width=360)

    found = {}
    for address in addresses:
        page.goto(address)
        found[address] = _violations(page)

    assert {address: rows for address, rows in found.items() if rows} == {}


def test_the_desks_have_no_violation(open_page: OpenPage) -> None:
    department = make_department()
    waiting = make_question(Status.ACCEPTED, department)
    new = make_question(Status.SUBMITTED, department)
    places: list[tuple[User, list[str]]] = [
        (make_physician_user(department), ["", "faq/question/desk/", f"faq/question/desk/{waiting.pk}/"]),
        (make_user(role="moderator"), ["faq/question/moderate/", f"faq/question/moderate/{new.pk}/", "faq/question/"]),
    ]

    found = {}
    for user, paths in places:
        page = open_page("/health/live")
        client = Client()
        client.force_login(user)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        root = page.url.removesuffix("health/live")
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": root}])
        for path in paths:
            page.goto(f"/admin/{path}")
            found[path] = _violations(page)

    assert {path: rows for path, rows in found.items() if rows} == {}
