"""What is typed into a text of the house outlives an ended sign-in and a closed tab, in the same browser."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from faq.models import Topic
from people.models import User
from tests.conftest import OpenPage
from tests.factories import make_topic, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LONG = "Words that took an hour."


def sign_in(page: Page, user: User) -> None:
    client = Client()
    client.force_login(user)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    root = "/".join(page.url.split("/")[:3])
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": root}])


def at(open_page: OpenPage, user: User, topic: Topic) -> Any:
    page = open_page("/health/live")
    sign_in(page, user)
    page.goto(reverse("admin:faq_topic_change", args=[topic.pk]))
    return page


def test_a_sign_in_that_ended_loses_nothing(open_page: OpenPage) -> None:
    topic, editor = make_topic(introduction="", is_public=False), make_user(role="editor")
    page = at(open_page, editor, topic)
    door = page.url
    page.locator("#id_introduction").fill(LONG)
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.locator("input[name=_save]").click()
    page.wait_for_url("**/accounts/login/**")

    sign_in(page, editor)
    page.goto(door)
    page.locator("[data-keep-back]").click()
    back = page.locator("#id_introduction").input_value()
    page.locator("input[name=_continue]").click()
    page.wait_for_selector(".messagelist .success")

    topic.refresh_from_db()
    assert (back, topic.introduction) == (LONG, LONG)
    expect(page.locator("[data-keep]")).to_be_hidden()


def test_what_was_saved_is_not_offered_again(open_page: OpenPage) -> None:
    topic = make_topic(introduction="", is_public=False)
    page = at(open_page, make_user(role="editor"), topic)
    page.locator("#id_introduction").fill(LONG)
    page.locator("input[name=_continue]").click()
    page.wait_for_selector(".messagelist .success")

    page.reload()

    expect(page.locator("[data-keep]")).to_be_hidden()
    # The choice of light or dark is kept there, too.
    assert page.evaluate("Object.keys(localStorage)") == ["theme"]
