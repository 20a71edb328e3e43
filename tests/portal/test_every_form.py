"""Every public form says its mistakes in the same way: in the title, in a summary with the focus, at the fields."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import expect

from faq.models import Question
from faq.states import Status
from tests.conftest import OpenPage
from tests.factories import make_article, make_comment, make_consent, make_department, make_question
from tests.reading import Part, parse

CONTROLS = {"input", "select", "textarea", "button"}


def _asking() -> str:
    make_consent("self")
    return f"/ask/?department={make_department().slug}"


def _ticket(status: str, act: str) -> str:
    return f"/ticket/{make_question(status).ticket.secret}/{act}/"


FORMS: dict[str, tuple[Callable[[], str], dict[str, str]]] = {
    "ask": (_asking, {"title": "An itching arm", "email": "no address"}),
    "find my question": (lambda: "/ticket/", {"code": "7777"}),
    "find my question, empty": (lambda: "/ticket/", {"code": ""}),
    "add words": (lambda: _ticket(Status.ACCEPTED, "add"), {"body": ""}),
    "ask once more": (lambda: _ticket(Status.PUBLISHED, "follow-up"), {"body": ""}),
    "hide words": (lambda: _ticket(Status.ACCEPTED, "hide"), {"phrases": "x"}),
    "delete": (lambda: _ticket(Status.ACCEPTED, "withdraw"), {}),
    "contact": (lambda: "/contact/", {"subject": "About you", "email": "no address"}),
    "comment": (lambda: f"/articles/{make_article(takes_comments=True).pk}/comments/new/", {"nickname": "jimmy"}),
    "report a comment": (lambda: f"/comments/{make_comment().pk}/report/", {"note": "Look."}),
    "helpful": (lambda: f"/questions/{make_question(Status.PUBLISHED).pk}/-/helpful/", {}),
}
each_form = pytest.mark.parametrize("form", FORMS)


def sent(client: Client, form: str, prefix: str = "en") -> tuple[Part, dict[str, str]]:
    """The page that answers a form with a mistake, and what was typed."""
    make, typed = FORMS[form]
    key = "form_key"
    address = f"/{prefix}{make()}"
    opened = parse(client.get(address, follow=True).content.decode())
    keys = {
        part["name"]: part["value"]
        for inside in opened.every("form", action=address.partition("?")[0])
        for part in inside.every("input", type="hidden")
        if part["name"] in (key, "shown_for", "consent_seen")
    }
    answer = client.post(address, {**keys, **typed, **_department(address)})
    assert answer.status_code in (400, 404)
    return parse(answer.content.decode()), typed


def _department(address: str) -> dict[str, str]:
    return {"department": address.rpartition("=")[2]} if "?department=" in address else {}


def by_id(page: Part) -> dict[str, Part]:
    return {part["id"]: part for part in page.every() if part["id"]}


@each_form
@pytest.mark.parametrize(("prefix", "said"), [("en", "Error:"), ("zh-hant", "錯誤：")])
@pytest.mark.django_db
def test_the_title_begins_with_error(client: Client, form: str, prefix: str, said: str) -> None:
    page, _typed = sent(client, form, prefix)

    assert page.one("head").one("title").words.startswith(said)


@each_form
@pytest.mark.django_db
def test_the_summary_stands_first_and_leads_to_each_field_that_is_wrong(client: Client, form: str) -> None:
    page, _typed = sent(client, form)

    summary, parts = page.one(id="problems"), by_id(page)
    reached = [parts[link["href"].removeprefix("#")] for link in summary.every("a")]
    wrong = [part for part in page.every() if part["aria-invalid"] == "true"]
    assert (summary["tabindex"], summary["role"], "autofocus" in summary.attributes) == ("-1", "alert", True)
    assert reached != []
    assert {part.tag for part in reached} <= CONTROLS
    assert {part["name"] for part in wrong} == {part["name"] for part in reached if part.tag != "button"}
    # Nothing that could be read stands between the heading of the page and the summary.
    order = [part for part in page.one("main").every() if part.tag in ("h1", "p", "form") or part is summary]
    assert order[order.index(page.one("h1")) + 1] is summary


@each_form
@pytest.mark.django_db
def test_each_field_that_is_wrong_is_described_by_its_sentence(client: Client, form: str) -> None:
    page, _typed = sent(client, form)

    parts, summary = by_id(page), page.one(id="problems")
    for link in summary.every("a"):
        control = parts[link["href"].removeprefix("#")]
        places = [control, *(each for each in page.every() if control in each.every() and each["aria-describedby"])]
        described = " ".join(parts[one].words for place in places for one in place["aria-describedby"].split())
        assert link.words in described


@each_form
@pytest.mark.django_db
def test_what_was_typed_is_still_there(client: Client, form: str) -> None:
    page, typed = sent(client, form)

    for name, words in typed.items():
        (field, *_others) = [part for part in page.every() if part["name"] == name]
        assert words in (field["value"], field.words)


@pytest.mark.browser
@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.django_db(transaction=True)
def test_the_focus_is_on_the_summary_with_and_without_a_script(open_page: OpenPage, javascript: bool) -> None:
    page = open_page("/en/contact/", javascript=javascript, width=360)
    page.locator("[name=subject]").fill("About you")

    with page.expect_navigation():
        page.locator("main form button").click()

    expect(page.locator("#problems")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("[name=body]")).to_be_focused()
    expect(page.locator("[name=subject]")).to_have_value("About you")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_question_that_differs_from_the_one_saved_puts_the_focus_on_what_to_do(
    open_page: OpenPage, client: Client
) -> None:
    asked: dict[str, Any] = {"for_whom": "self", "sex": "female", "wants_public": "no"}
    page = open_page(f"/en{_asking()}")
    for name, value in asked.items():
        page.locator(f"[name={name}][value={value}]").check()
    page.locator("[name=title]").fill("An itching arm for weeks")
    page.locator("[name=body]").fill("It began on the left and itches most at night, since three weeks now.")
    page.locator("[name=age_band]").select_option("70-79")
    page.locator("[name=has_consented]").check()
    send = page.locator("form.ask .button--primary")
    with page.expect_navigation():
        send.click()
    page.go_back()
    page.locator("[name=title]").fill("An itching arm for months")
    page.locator("[name=body]").fill("It began on the left and itches most at night, since three months now.")
    page.locator("[name=has_consented]").check()

    with page.expect_navigation():
        page.locator("form.ask .button--primary").click()

    expect(page.locator("#problems")).to_be_focused()
    assert (page.title().startswith("Error:"), Question.objects.count()) == (True, 1)
