"""The desk in a browser: few actions, no page load between reading and writing, and no text that gets lost."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from faq.models import AnswerDraft, CannedText, Question
from faq.states import Status
from people.models import User
from tests.conftest import OpenPage
from tests.factories import make_concept, make_department, make_intake_field, make_physician_user, make_question
from tests.faq.at_desk import DESK, door, screen, signed_in, waiting

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def sign_in(page: Page, user: User) -> None:
    session = signed_in(user).cookies[settings.SESSION_COOKIE_NAME].value
    root = "/".join(page.url.split("/")[:3]) + "/"
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": root}])


def at_desk(open_page: OpenPage, user: User, **window: Any) -> Page:
    page = open_page("/health/live", **window)
    sign_in(page, user)
    page.goto(DESK)
    return page


def claimed(open_page: OpenPage, **window: Any) -> tuple[User, Question, Page]:
    question = waiting()
    user = make_physician_user(question.department)
    signed_in(user).post(door(question), {"act": "claim"})
    page = at_desk(open_page, user, **window)
    page.goto(screen(question))
    return user, question, page


def write(page: Page, words: str) -> None:
    """Type where the screen puts the cursor by itself, once it has; nothing is clicked."""
    expect(page.locator("#id_body")).to_be_focused()
    page.keyboard.type(words)


def test_from_the_desk_to_sent_takes_two_actions_beside_typing(open_page: OpenPage) -> None:
    question = waiting()
    user = make_physician_user(question.department)
    page = at_desk(open_page, user)

    page.get_by_role("button", name="Answer").click()
    write(page, "Drink enough water.")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile(rf"{DESK}$"))

    expect(page.locator(".messagelist")).to_have_text(f"Your answer to question {question.pk} was sent.")
    assert question.answers.get().body == "Drink enough water."
    assert page.evaluate("Object.keys(localStorage).filter(name => name.startsWith('wenyi-draft'))") == []


def test_send_and_next_stands_ready_in_the_next_answer(open_page: OpenPage) -> None:
    _user, question, page = claimed(open_page)
    following = waiting(question.department)

    write(page, "Rest.")
    page.keyboard.press("Control+Shift+Enter")
    page.wait_for_url(re.compile(screen(following)))
    write(page, "Rest as well.")

    assert question.answers.get().body == "Rest."
    expect(page.locator("#id_body")).to_have_value("Rest as well.")


def test_the_whole_way_needs_no_script(open_page: OpenPage) -> None:
    question = waiting()
    user = make_physician_user(question.department)
    page = at_desk(open_page, user, javascript=False)

    page.get_by_role("button", name="Answer").click()
    page.get_by_label("Text, in Markdown").fill("*Rest.*")
    page.get_by_role("button", name="Preview").click()
    assert page.locator(".desk-preview em").inner_text() == "Rest."
    page.get_by_role("button", name="Save draft").click()
    page.get_by_role("button", name="Send", exact=True).click()

    assert page.url.partition("?")[0].endswith(DESK)
    assert question.answers.get().body == "*Rest.*"


def test_preview_texts_and_neighbours_come_without_a_page_load(open_page: OpenPage) -> None:
    concept = make_concept("Lupus", "紅斑性狼瘡")
    question = waiting(concepts=[concept])
    known = make_question(Status.PUBLISHED, concepts=[concept])
    CannedText.objects.create(department=question.department, language="en", title="Sun", body="Wear a **hat**.")
    user = make_physician_user(question.department)
    signed_in(user).post(door(question), {"act": "claim"})
    page = at_desk(open_page, user)
    page.goto(screen(question))
    page.evaluate("window.stayed = true")

    write(page, "Dear Ann")
    page.get_by_label("Text to insert").select_option("Sun")
    page.get_by_role("button", name="Insert").click()
    page.get_by_role("button", name="Point to this answer").click()
    page.keyboard.press("Alt+p")

    expect(page.locator(".desk-preview strong")).to_have_text("hat")
    expect(page.locator("#id_body")).to_have_value("Dear Ann\n\nWear a **hat**.")
    expect(page.locator("#id_points_to")).to_have_value(str(known.pk))
    assert page.evaluate("window.stayed") is True


def test_the_draft_saves_itself_and_says_so(open_page: OpenPage) -> None:
    user, question, page = claimed(open_page)

    write(page, "So far")

    expect(page.locator("[data-status]")).to_have_text(re.compile(r"Draft saved at \d\d:\d\d\."))
    assert AnswerDraft.objects.get(author=user, question=question).body == "So far"


def test_what_was_typed_in_the_last_second_survives_a_closed_tab(open_page: OpenPage) -> None:
    _user, question, page = claimed(open_page)
    page.context.set_offline(True)
    write(page, "Typed in the last second")
    second = page.context.new_page()
    page.close()
    second.context.set_offline(False)

    second.goto(screen(question))

    expect(second.locator("#id_body")).to_have_value("Typed in the last second")
    expect(second.locator("[data-status]")).to_have_text("Text that had not been saved was restored from this device.")
    assert AnswerDraft.objects.get(question=question).body == "Typed in the last second"


def test_an_ended_sign_in_is_told_and_the_text_is_saved_after_the_next_one(open_page: OpenPage) -> None:
    user, question, page = claimed(open_page)
    Session.objects.all().delete()

    write(page, "Written signed out")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("alert")).to_contain_text("You are signed out.")
    assert not question.answers.exists()

    sign_in(page, user)
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(page.locator("[data-status]")).to_have_text(re.compile("Draft saved at"))
    expect(page.get_by_role("alert")).to_be_hidden()
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile(rf"{DESK}$"))

    assert question.answers.get().body == "Written signed out"


def test_two_windows_show_both_texts_and_ask(open_page: OpenPage) -> None:
    user, question, page = claimed(open_page)
    other = page.context.new_page()
    other.goto(screen(question))
    other.locator("#id_body").fill("In the other window")
    expect(other.locator("[data-status]")).to_have_text(re.compile("Draft saved at"))

    page.bring_to_front()
    page.locator("#id_body").fill("In this window")
    expect(page.get_by_label("The text of the other window")).to_have_value("In the other window")
    page.get_by_role("button", name="Keep mine").click()
    expect(page.locator("[data-status]")).to_have_text(re.compile("Draft saved at"))

    expect(page.locator("#id_body")).to_have_value("In this window")
    assert AnswerDraft.objects.get(author=user, question=question).body == "In this window"


def test_a_double_click_on_send_answers_once(open_page: OpenPage) -> None:
    _user, question, page = claimed(open_page)
    write(page, "Once.")

    page.get_by_role("button", name="Send", exact=True).dblclick()
    page.wait_for_url(re.compile(rf"{DESK}$"))

    assert question.answers.count() == 1


def test_without_a_connection_the_text_stays_and_is_sent_when_it_is_back(open_page: OpenPage) -> None:
    _user, question, page = claimed(open_page)
    page.context.set_offline(True)
    write(page, "From the train")
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-status]")).to_contain_text("Your text is kept on this device")

    page.context.set_offline(False)
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile(rf"{DESK}$"))

    assert question.answers.get().body == "From the train"


def test_everything_is_reached_with_the_tab_key_and_the_focus_is_seen(open_page: OpenPage) -> None:
    _user, _question, page = claimed(open_page)
    reached = []

    for _ in range(12):
        page.keyboard.press("Tab")
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        reached.append((page.evaluate("document.activeElement.name || document.activeElement.textContent"), outline))

    names = [name for name, _outline in reached]
    assert names[:8] == ["outcome", "care_level", "referred_to", "points_to", *["act"] * 4]
    assert {outline for _name, outline in reached} == {"solid"}


@pytest.mark.parametrize("language", ["en", "zh-TW"])
@pytest.mark.parametrize("width", [360, 1280])
def test_the_screens_fit_the_window_and_break_no_policy(open_page: OpenPage, language: str, width: int) -> None:
    department = make_department("internal", second_reading=True)
    make_intake_field(department)
    user = make_physician_user(department)
    long = waiting(department, title="W" * 200, body="w" * 3000, nickname="n" * 40)
    answered = make_question(Status.ANSWERED, department, title="紅" * 200)
    answered.answers.update(needs_confirmation=True, body_html="<pre>" + "x" * 500 + "</pre>")
    signed_in(user).post(door(long), {"act": "claim"})
    page = at_desk(open_page, user, language=language, width=width)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))

    widths = []
    for address in (DESK, screen(long), screen(answered), f"{DESK}?list=drafts"):
        page.goto(address)
        widths.append(page.evaluate("document.documentElement.scrollWidth"))

    assert widths == [width] * 4
    assert complaints == []
