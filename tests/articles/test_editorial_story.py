"""An article's whole way in a browser: written beside its page, handed in, reviewed, scheduled, published when its
time has come, changed, compared, restored; with the keyboard and without JavaScript."""

import datetime as dt
import json
import re
from typing import Any

import pytest
import time_machine
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Dialog, FrameLocator, Page, expect

from articles import sweeps
from articles.models import Article
from articles.states import Status
from people.models import User
from tests.articles.admin.desk import ADD, make_draft, make_reviewer, page_of
from tests.conftest import OpenPage
from tests.factories import make_article, make_department, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def at_desk(open_page: OpenPage, user: User, address: str, **window: Any) -> Page:
    client = Client()
    client.force_login(user)
    page = open_page("/health/live", **window)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    root = page.url.removesuffix("health/live")
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": root}])
    page.goto(address)
    return page


def preview(page: Page) -> FrameLocator:
    """The page in the frame, not the one that is being made ready behind it."""
    return page.frame_locator("[data-preview-frame] iframe:not([data-waiting])")


def watched(page: Page) -> list[str]:
    """The errors that the console tells from now on."""
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    return errors


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def only() -> Article:
    return Article.objects.select_related("draft", "edition").get()


def test_an_article_travels_from_a_typed_word_to_everyone(open_page: OpenPage) -> None:
    department = make_department("rheumatology")
    editor = at_desk(open_page, make_user("mei", "editor"), ADD)
    errors = watched(editor)

    # The editor writes; the page follows beside the form and nothing is stored by that.
    editor.locator("#id_language").select_option("en")
    editor.locator("#id_department").select_option(str(department.pk))
    editor.locator("#id_title").fill("Living with lupus")
    editor.locator("#id_body").fill("## Sun\n\nWear **a hat**.")
    expect(preview(editor).locator("h1")).to_have_text("Living with lupus")
    expect(preview(editor).locator("h2#part-sun")).to_have_text("Sun")
    assert Article.objects.count() == 0

    # A reference is added, and the text is handed in with what it lacks said beside it.
    editor.get_by_text("Add another Reference").click()
    editor.locator("#id_references-0-title").fill("A book")
    press(editor, "Save")
    expect(editor.locator("#checklist")).to_contain_text("A medical reviewer has to approve this text.")
    press(editor, "Hand in for review")
    expect(editor.locator(".messagelist")).to_contain_text("Handed in for medical review.")
    assert only().status == Status.IN_REVIEW

    # The reviewer finds it, reads the page itself, and signs.
    reviewer = at_desk(open_page, make_reviewer(), "/admin/articles/article/review/")
    reviewer.get_by_role("link", name="Living with lupus").click()
    expect(preview(reviewer).locator("article")).to_contain_text("Wear a hat.")
    press(reviewer, "Approve as medically reviewed (revision 1)")
    expect(reviewer.locator(".messagelist")).to_contain_text("Approved as medically reviewed.")

    # The editor schedules it for tomorrow.
    tomorrow = timezone.localtime() + dt.timedelta(days=1)
    editor.reload()
    press(editor, "Schedule …")
    editor.locator("#id_at").fill(f"{tomorrow:%Y-%m-%dT%H:%M}")
    press(editor, "Schedule")
    expect(editor.locator(".editor-state")).to_contain_text("scheduled")
    address = only().get_absolute_url()
    reader = open_page(address)
    expect(reader.locator("h1")).not_to_have_text("Living with lupus")

    # Its time comes: the worker publishes it, and everyone reads it.
    with time_machine.travel(timezone.now() + dt.timedelta(days=1, minutes=1)):
        assert sweeps.publish_scheduled() == 1
        reader.goto(address)
        expect(reader.locator("h1")).to_have_text("Living with lupus")
        expect(reader.locator("main")).to_contain_text("Medically reviewed by")
    assert errors == []


def test_a_correction_is_compared_and_an_old_text_restored(open_page: OpenPage) -> None:
    article = make_article(body="It is 5 g a day.", sources=["A book"], is_medical=False)
    page = at_desk(open_page, make_user("mei", "editor"), page_of(article))
    errors = watched(page)

    page.locator("#id_body").fill("It is 5 mg a day.")
    press(page, "Publish …")
    page.get_by_role("link", name="What differs from what readers see").click()
    expect(page.locator(".editor-pair del")).to_have_text("g")
    expect(page.locator(".editor-pair ins")).to_have_text("mg")
    page.go_back()
    page.locator("#id_correction").fill("The dose was wrong.")
    press(page, "Publish")
    expect(page.locator(".messagelist")).to_contain_text("Published.")
    reader = open_page(article.get_absolute_url())
    expect(reader.locator("main")).to_contain_text("It is 5 mg a day.")

    page.get_by_role("link", name="History").click()
    page.get_by_role("button", name="Restore as a draft (1)").click()
    expect(page.locator("#id_body")).to_have_value("It is 5 g a day.")
    expect(preview(page).locator("article")).to_contain_text("It is 5 g a day.")
    reader.reload()
    expect(reader.locator("main")).to_contain_text("It is 5 mg a day.")
    assert errors == []


def test_two_at_one_text_lose_no_word(open_page: OpenPage) -> None:
    article = make_draft(body="One line.")
    first = at_desk(open_page, make_user("ana", "editor"), page_of(article))
    second = at_desk(open_page, make_user("bo", "editor"), page_of(article))
    expect(second.locator("[role=status]").first).to_contain_text("ana opened this text")
    first.locator("#id_body").fill("One line of ana.")
    second.locator("#id_body").fill("One line of bo.")

    press(first, "Save")
    expect(first.locator(".messagelist")).to_be_visible()
    press(second, "Save")

    expect(second.locator(".clashes")).to_contain_text("One line of ana.")
    expect(second.locator("#id_body")).to_have_value("One line of bo.")
    assert only().body == "One line of ana."
    second.locator("#id_body").fill("One line of ana and bo.")
    press(second, "Save")
    expect(second.locator(".clashes")).to_have_count(0)
    assert only().body == "One line of ana and bo."


def test_the_preview_keeps_its_place_and_back_still_leaves_the_desk(open_page: OpenPage) -> None:
    article = make_draft(body="\n\n".join(f"Paragraph {number}." for number in range(80)))
    page = at_desk(open_page, make_user("mei", "editor"), "/admin/articles/article/")
    page.get_by_role("link", name=article.title).click()
    frame = page.locator("[data-preview-frame] iframe:not([data-waiting])")
    expect(preview(page).locator("article")).to_contain_text("Paragraph 79.")
    frame.evaluate("frame => frame.contentWindow.scrollTo(0, 400)")

    for word in ("One", "Two", "Three"):
        page.locator("#id_lede").fill(word)
        expect(preview(page).locator("p.lede")).to_have_text(word)

    assert frame.evaluate("frame => frame.contentWindow.scrollY") == 400
    assert frame.count() == 1
    page.on("dialog", lambda dialog: dialog.accept())
    page.go_back()
    page.wait_for_url(re.compile(r"/admin/articles/article/$"))


def test_whoever_leaves_with_words_that_are_not_saved_is_asked(open_page: OpenPage) -> None:
    article = make_draft()
    page = at_desk(open_page, make_user("mei", "editor"), page_of(article))
    asked: list[str] = []

    def leave(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", leave)
    page.locator("#id_title").fill("Changed")

    page.get_by_role("link", name="History").click()
    page.wait_for_url(re.compile(r"/history/$"))
    after_leaving = list(asked)
    page.goto(page_of(article))
    page.locator("#id_title").fill("Saved")
    press(page, "Save")
    expect(page.locator(".messagelist")).to_be_visible()

    assert (after_leaving, asked) == (["beforeunload"], ["beforeunload"])


def test_the_desk_is_worked_with_the_keyboard_alone(open_page: OpenPage) -> None:
    article = make_draft(title="Before", body="First line.\n\nRead it [here](https://www.example.org/).")
    page = at_desk(open_page, make_user("mei", "editor"), page_of(article))

    # A note of the checklist leads to its line in the text, which is chosen there.
    page.locator("#checklist a[data-line='3']").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#id_body")).to_be_focused()
    page.keyboard.type("Read the page of the hospital.")
    expect(preview(page).locator("article")).to_contain_text("Read the page of the hospital.")

    # Enter in a line of the form saves, and takes no other step.
    page.locator("#id_title").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("After")
    page.keyboard.press("Enter")
    expect(page.locator(".messagelist")).to_be_visible()
    stored = only()
    assert (stored.title, stored.body, stored.status) == (
        "After",
        "First line.\n\nRead the page of the hospital.",
        Status.DRAFT,
    )

    # What has the focus is never hidden behind the row of buttons.
    assert page.evaluate(HIDDEN_BEHIND_THE_ROW) == []

    # Help opens and an example is reached.
    page.locator(".editor-help summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator(".editor-help pre").first).to_be_focused()


HIDDEN_BEHIND_THE_ROW = """() => {
  const row = document.querySelector(".editor-row--bar");
  const form = document.getElementById("article_form");
  const fields = [...form.elements].filter(field => field.offsetParent && !row.contains(field));
  return fields.filter(field => field.type !== "fieldset").filter(field => {
    field.focus();
    const place = field.getBoundingClientRect(), bar = row.getBoundingClientRect();
    return place.top > bar.top && place.top < bar.bottom;
  }).map(field => field.id || field.name);
}"""


def test_the_whole_way_needs_no_script(open_page: OpenPage) -> None:
    article = make_draft(is_medical=False)
    page = at_desk(open_page, make_user("mei", "editor"), page_of(article), javascript=False, width=768)

    page.locator("#id_title").fill("Living with lupus")
    with page.context.expect_page() as opened:
        press(page, "Preview")
    expect(opened.value.locator("h1")).to_have_text("Living with lupus")
    assert only().title != "Living with lupus"
    press(page, "Publish …")
    press(page, "Publish")

    reader = open_page(only().get_absolute_url(), javascript=False)
    expect(reader.locator("h1")).to_have_text("Living with lupus")


def test_a_preview_that_cannot_be_made_is_said_and_the_last_one_stays(open_page: OpenPage) -> None:
    user = make_user("mei", "editor")
    article = make_draft(title="Before")
    page = at_desk(open_page, user, page_of(article))
    expect(preview(page).locator("h1")).to_have_text("Before")
    page.context.clear_cookies()

    page.locator("#id_title").fill("After")

    expect(page.locator("[data-preview-says]")).to_contain_text("The preview could not be renewed.")
    expect(preview(page).locator("h1")).to_have_text("Before")
    expect(page.locator("#id_title")).to_have_value("After")


@pytest.mark.parametrize("language", ["en", "zh-hant"])
def test_the_screens_have_no_violation(open_page: OpenPage, language: str) -> None:
    article = make_draft(title="Before", body="Call 0912-345-678.\n\n> Words.")
    article.title = "After"
    article.save()
    article.record(by=make_user(role="editor"), note="A season")
    article.submit(by=make_user(role="editor"))
    page = at_desk(open_page, make_user("mei", "editor"), page_of(article), language=language)
    reader = at_desk(open_page, make_reviewer(), page_of(article), language=language)
    under = page_of(article).removesuffix("change/")
    places = ["change/", "act/publish/", "act/schedule/", "history/", "compare/?from=1&to=2", "../", "../add/"]

    found = {place: _violations(page, under + place) for place in places}
    found |= {f"reviewer {place}": _violations(reader, under + place) for place in ("change/", "../review/")}

    assert {place: rows for place, rows in found.items() if rows} == {}, json.dumps(found, indent=1)


def _violations(page: Page, address: str) -> list[str]:
    page.goto(address)
    rows = Axe().run(page).response["violations"]
    return [f"{row['id']}: {row['nodes'][0]['html'][:120]}" for row in rows]
