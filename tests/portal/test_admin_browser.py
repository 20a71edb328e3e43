"""The admin in a browser, under the site's Content-Security-Policy."""

from typing import Any

import pytest
from playwright.sync_api import ConsoleMessage, Page
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from faq.states import Status
from people.models import User
from tests.conftest import OpenPage
from tests.factories import (
    PASSWORD,
    make_article,
    make_comment,
    make_concept,
    make_consent,
    make_department,
    make_intake_field,
    make_more_info,
    make_page,
    make_physician,
    make_question,
    make_topic,
    make_user,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = {
    "editor": [
        "/admin/",
        "/admin/articles/",
        "/admin/articles/article/",
        "/admin/articles/article/add/",
        "/admin/articles/article/{article}/change/",
        "/admin/articles/article/{article}/history/",
        "/admin/articles/article/{article}/compare/?from=1&to=2",
        "/admin/articles/article/{article}/act/withdraw/",
        "/admin/articles/staticpage/{page}/change/",
        "/admin/articles/picture/add/",
        "/admin/articles/menuitem/",
        "/admin/articles/homefeature/add/",
        "/admin/articles/sitenotice/add/",
        "/admin/articles/contactblock/add/",
        "/admin/articles/redirect/",
        "/admin/articles/redirect/import/",
        "/admin/articles/contactmessage/",
        "/admin/faq/topic/{topic}/change/",
        "/admin/faq/moreinfo/{more_info}/change/",
        "/admin/search/concept/",
        "/admin/search/concept/{concept}/change/",
        "/admin/search/concept/{concept}/delete/",
        "/admin/search/concept/{concept}/merge/",
        "/admin/search/concept/import/",
        "/admin/search/concept/suggestions/",
        "/accounts/2fa/",
        "/accounts/2fa/recovery-codes/generate/",
        "/accounts/2fa/webauthn/add/",
        "/accounts/password/change/",
    ],
    "moderator": [
        "/admin/articles/comment/",
        "/admin/articles/comment/{comment}/change/",
        "/admin/faq/topic/{topic}/featured/",
    ],
    "medical_reviewer": ["/admin/articles/article/review/", "/admin/faq/reviewevent/report/"],
    "administrator": [
        "/admin/",
        "/admin/people/user/",
        "/admin/people/user/add/",
        "/admin/people/user/{user}/change/",
        "/admin/people/user/{user}/password/",
        "/admin/people/department/{department}/change/",
        "/admin/people/physician/{physician}/change/",
        "/admin/faq/consenttext/add/",
        "/admin/faq/sealedaccess/",
        "/admin/faq/notification/",
    ],
}


@pytest.fixture
def rows() -> dict[str, int]:
    department = make_department()
    make_intake_field(department)
    article = make_article(department=department)
    article.body = "## Another heading\n\nAnother body."
    article.save()
    article.record(by=make_user(role="editor"))
    made: dict[str, Any] = {
        "article": article,
        "page": make_page(),
        "topic": make_topic(department=department, introduction="Words.", is_public=False),
        "more_info": make_more_info(make_question(Status.PUBLISHED, department)),
        "concept": make_concept("SLE", "紅斑性狼瘡"),
        "user": make_user("mei"),
        "department": department,
        "physician": make_physician(departments=[department]),
        "consent": make_consent(),
        "comment": make_comment(article),
    }
    return {name: row.pk for name, row in made.items()}


def sign_in(page: Page, user: User) -> None:
    page.fill("[name=login]", user.username)
    page.fill("[name=password]", PASSWORD)
    page.click("form.form button[type=submit]")
    page.wait_for_url("**/admin/")


def complaints_of(page: Page) -> list[str]:
    said: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            said.append(f"{page.url}: {message.text}")

    page.on("console", listen)
    page.on("pageerror", lambda error: said.append(f"{page.url}: {error}"))
    return said


@pytest.fixture(autouse=True)
def _demo(settings: Settings) -> None:
    """Signing in without a second factor keeps these tests to what they are about."""
    settings.DEMO_ACCOUNTS = True


@pytest.mark.parametrize("role", PAGES)
@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("zh-TW", 360)])
def test_no_page_of_the_admin_breaks_the_policy_or_the_screen(
    open_page: OpenPage, rows: dict[str, int], role: str, language: str, width: int
) -> None:
    user = make_user(role=role, second_factor=False, is_demo=True)
    page = open_page("/accounts/login/", language=language, width=width)
    complaints = complaints_of(page)
    sign_in(page, user)

    wide = []
    for address in PAGES[role]:
        answer = page.goto(address.format(**rows))
        assert answer is not None
        assert (answer.status, address) == (200, address)
        page.wait_for_load_state("load")
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wide.append(address)

    assert (complaints, wide) == ([], [])


def test_an_editor_chooses_a_tag_by_typing_chinese(open_page: OpenPage, rows: dict[str, int]) -> None:
    page = open_page("/accounts/login/")
    sign_in(page, make_user(role="editor", second_factor=False, is_demo=True))
    page.goto(f"/admin/articles/article/{rows['article']}/change/")

    page.click(".field-tags .select2-selection")
    page.keyboard.type("狼瘡")
    page.click(".select2-results__option:has-text('SLE · 紅斑性狼瘡')")
    page.click("[name=_save]")
    page.wait_for_url("**/admin/articles/article/")
    page.goto(f"/admin/articles/article/{rows['article']}/change/")

    assert page.locator("#id_tags option:checked").all_inner_texts() == ["SLE · 紅斑性狼瘡"]


def test_staff_change_the_language_with_one_button(open_page: OpenPage, live_server: LiveServer) -> None:
    page = open_page("/accounts/login/")
    sign_in(page, make_user(role="editor", second_factor=False, is_demo=True))

    page.click("#user-tools button[name=language]")

    page.wait_for_url("**/admin/")
    assert page.get_attribute("html", "lang") == "zh-hant"
    assert page.inner_text("#user-tools button[name=language]") == "English"


def test_a_passkey_signs_in_without_a_password(open_page: OpenPage, live_server: LiveServer) -> None:
    user = make_user("lin", role="editor", second_factor=False)
    # A browser gives passkeys to names, never to addresses.
    base = live_server.url.replace("127.0.0.1", "localhost")
    page = open_page(base + "/accounts/login/")
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True}
    options |= {"hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True}
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    page.fill("[name=login]", user.username)
    page.fill("[name=password]", PASSWORD)
    page.click("form.form button[type=submit]")
    page.wait_for_url("**/accounts/2fa/")

    page.goto(base + "/accounts/2fa/webauthn/add/")
    page.fill("[name=name]", "laptop")
    page.check("[name=passwordless]")
    page.click("#mfa_webauthn_add")
    page.wait_for_url("**/recovery-codes/")
    page.goto(base + "/accounts/logout/")
    page.click("main form button[type=submit]")
    page.wait_for_url("**/accounts/login/")
    page.click("#passkey_login")
    page.wait_for_url("**/admin/")

    assert page.inner_text("#content h1") == "Overview"
