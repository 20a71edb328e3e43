"""A comment in a browser: written at 360 px without JavaScript, approved by a moderator with the keyboard, read."""

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

from people.models import User
from tests.conftest import OpenPage
from tests.factories import make_article, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORDS = {
    "en": "Walking in the evening helped me.",
    "zh-hant": "傍晚散步對我有幫助。",
}


def signed_in(open_page: OpenPage, user: User, address: str) -> Page:
    client = Client()
    client.force_login(user)
    page = open_page("/health/live")
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    root = page.url.removesuffix("health/live")
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": root}])
    page.goto(address)
    return page


@pytest.mark.parametrize("language", WORDS)
def test_a_reader_writes_a_moderator_approves_and_everyone_reads(open_page: OpenPage, language: str) -> None:
    words = WORDS[language]
    article = make_article(language, takes_comments=True)
    reader = open_page(article.get_absolute_url(), language=language, javascript=False, width=360)
    reader.locator(".comments a.button").click()
    reader.locator("#id_body").fill(words)
    reader.locator("#content form button[type=submit]").click()
    sent = reader.locator("[role=status]").count()

    moderator = signed_in(open_page, make_user(role="moderator"), "/admin/articles/comment/")
    moderator.locator("#result_list tbody th a").focus()
    moderator.keyboard.press("Enter")
    moderator.locator("input[name=_approve]").focus()
    moderator.keyboard.press("Enter")
    moderator.wait_for_selector(".messagelist .success")

    everyone = open_page(article.get_absolute_url(), language=language, width=360)
    shown = everyone.locator(".comment .prose").all_inner_texts()
    assert (sent, shown) == (1, [words])
    assert everyone.locator("#comments").inner_text().startswith("1 ")
