"""What only a real browser can say of the ground that every page stands on."""

import pytest
from playwright.sync_api import expect

from tests.conftest import OpenPage

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize(("language", "address"), [("zh-TW", "/zh-hant/"), ("en-GB", "/en/")])
def test_the_door_leads_to_the_language_of_the_browser(
    open_page: OpenPage, language: str, address: str, javascript: bool
) -> None:
    page = open_page("/", language=language, javascript=javascript)

    expect(page.locator("html")).to_have_attribute("lang", "zh-Hant" if language == "zh-TW" else "en")
    assert page.url.endswith(address)
    assert page.context.cookies() == []


@pytest.mark.parametrize("address", ["/en/", "/zh-hant/", "/en/no/such/page/", "/accounts/login/"])
def test_a_page_keeps_to_the_policy_and_finds_what_it_names(open_page: OpenPage, address: str) -> None:
    page = open_page("/health/live")
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if "Policy" in message.text else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on(
        "response",
        lambda answer: faults.append(answer.url) if answer.status >= 400 and "/static/" in answer.url else None,
    )

    page.goto(address)

    assert faults == []
