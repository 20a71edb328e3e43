"""Static pages and readers' messages in the admin."""

import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import ContactMessage, StaticPage
from people.models import User
from tests.factories import make_page, make_user

pytestmark = pytest.mark.django_db

INBOX = "/admin/articles/contactmessage/"


@pytest.fixture
def editor() -> User:
    return make_user(role="editor")


@pytest.fixture
def desk(editor: User) -> Client:
    client = Client()
    client.force_login(editor)
    return client


def make_message(subject: str = "A broken link", **fields: Any) -> ContactMessage:
    return ContactMessage.objects.create(
        key=uuid.uuid4(), language="en", subject=subject, body="On the page about <b>you</b>.", **fields
    )


def test_an_editor_writes_a_page(desk: Client) -> None:
    desk.post(
        "/admin/articles/staticpage/add/",
        {"slug": "about", "language": "en", "title": "About", "body": "**Us**", "is_public": "on"},
    )

    assert StaticPage.objects.get().body_html.strip() == "<p><strong>Us</strong></p>"


def test_one_page_a_language_under_an_address(desk: Client) -> None:
    make_page("about")

    answer = desk.post(
        "/admin/articles/staticpage/add/",
        {"slug": "about", "language": "en", "title": "About", "body": "Us"},
    )

    assert (answer.status_code, StaticPage.objects.count()) == (200, 1)


def form_of(page: StaticPage, **fields: Any) -> dict[str, Any]:
    """What the page's form would send; a field that is None is not sent."""
    columns = ("slug", "title", "body", "version", "withdrawn_because")
    sent = {**{name: getattr(page, name) for name in columns}, "is_public": "on" if page.is_public else None, **fields}
    return {name: value for name, value in sent.items() if value is not None}


def change(desk: Client, page: StaticPage, **fields: Any) -> Any:
    return desk.post(reverse("admin:articles_staticpage_change", args=[page.pk]), form_of(page, **fields))


def test_the_language_of_a_page_stays_and_a_new_address_leaves_a_redirect(desk: Client, client: Client) -> None:
    page = make_page("privacy")

    change(desk, page, slug="secrets", language="zh-hant", body="New.")

    page.refresh_from_db()
    assert (page.slug, page.language, page.body) == ("secrets", "en", "New.")
    assert client.get("/en/privacy/")["Location"] == "/en/secrets/"


@pytest.mark.parametrize("slug", ["topics", "ask", "search", "articles", "departments", "ticket"])
def test_no_page_hides_behind_another_address_of_the_site(desk: Client, slug: str) -> None:
    page = make_page("privacy")

    answer = change(desk, page, slug=slug)

    assert (answer.status_code, list(answer.context["adminform"].form.errors)) == (200, ["slug"])


def test_a_page_does_not_move_where_its_twin_could_not(desk: Client) -> None:
    page = make_page("privacy")
    make_page("privacy", "zh-hant")
    make_page("secrets", "zh-hant")

    answer = change(desk, page, slug="secrets")

    assert list(answer.context["adminform"].form.errors) == ["slug"]


def test_withdrawing_asks_for_a_reason_which_readers_are_told(desk: Client, client: Client) -> None:
    page = make_page("fees")

    refused = change(desk, page, is_public=None)
    change(desk, page, is_public=None, withdrawn_because="No fees any more.")

    assert list(refused.context["adminform"].form.errors) == ["withdrawn_because"]
    assert (client.get("/en/fees/").status_code, "No fees any more." in client.get("/en/fees/").text) == (410, True)


def test_a_draft_needs_no_reason_and_a_public_page_keeps_none(desk: Client, client: Client) -> None:
    draft, page = make_page("draft", is_public=False), make_page("fees")
    page.withdraw("A mistake.")

    change(desk, draft, body="More.", withdrawn_because="Never shown")
    change(desk, page, is_public="on", withdrawn_because="A mistake.")

    assert [client.get(f"/en/{slug}/").status_code for slug in ("draft", "fees")] == [404, 200]


def test_the_next_review_is_due_a_year_after_the_last(desk: Client) -> None:
    page = make_page("fees")

    change(desk, page, reviewed_on="2024-05-01")

    page.refresh_from_db()
    assert str(page.next_review_on) == "2025-05-01"


def test_nobody_saves_over_a_newer_version(desk: Client) -> None:
    page = make_page("fees")
    change(desk, page, body="First.")

    answer = change(desk, page, body="Second.")

    page.refresh_from_db()
    assert (answer.status_code, page.body) == (200, "First.")
    assert "First." in answer.text
    assert "Second." in answer.text


def test_the_list_and_the_form_say_what_is_out_of_date_and_one_button_settles_it(desk: Client) -> None:
    page = make_page("about")
    make_page("about", "zh-hant")
    make_page("alone")
    change(desk, page, body="Another.")
    twin = StaticPage.objects.get(slug="about", language="zh-hant")
    form = reverse("admin:articles_staticpage_change", args=[twin.pk])
    button = reverse("admin:articles_staticpage_in_line", args=[twin.pk])

    before = (states(desk), button in desk.get(form).text)
    desk.post(button)

    assert before == ({"about en": "in line", "about zh-hant": "out of date", "alone en": "not translated"}, True)
    assert states(desk)["about zh-hant"] == "in line"
    assert button not in desk.get(form).text


def states(desk: Client) -> dict[str, str]:
    shown = desk.get("/admin/articles/staticpage/").context["cl"]
    return {f"{page.slug} {page.language}": shown.model_admin.translation(page) for page in shown.result_list}


def test_an_earlier_version_can_be_made_the_present_one(desk: Client) -> None:
    page = make_page("about", body="First.")
    change(desk, page, body="Second.")
    page.refresh_from_db()
    first = page.history.earliest()
    address = reverse("admin:articles_staticpage_simple_history", args=[page.pk, first.history_id])

    desk.post(address, form_of(page, body="First."))

    page.refresh_from_db()
    assert page.body == "First."


def test_a_message_is_read_and_never_changed(desk: Client) -> None:
    message = make_message(email="reader@example.org")
    page = reverse("admin:articles_contactmessage_change", args=[message.pk])

    looked = desk.get(page).content.decode()
    desk.post(page, {"subject": "Another", "body": "Another"})

    message.refresh_from_db()
    assert "On the page about &lt;b&gt;you&lt;/b&gt;." in looked
    assert message.subject == "A broken link"
    assert desk.get(INBOX + "add/").status_code == 404


def test_who_answered_a_message_says_so_once(desk: Client, editor: User) -> None:
    colleague = make_user(role="moderator")
    other = Client()
    other.force_login(colleague)
    message = make_message()

    desk.post(INBOX, {"action": "mark_handled", "_selected_action": [message.pk]})
    other.post(INBOX, {"action": "mark_handled", "_selected_action": [message.pk]})

    message.refresh_from_db()
    assert (message.handled_by, message.handled_at is None) == (editor, False)


def test_what_nobody_handled_stands_first(desk: Client) -> None:
    done, waiting = make_message("Done"), make_message("Waiting")
    desk.post(INBOX, {"action": "mark_handled", "_selected_action": [done.pk]})

    listed = desk.get(INBOX).context["cl"].result_list

    assert [message.pk for message in listed] == [waiting.pk, done.pk]


@pytest.mark.parametrize("role", ["physician", "medical_reviewer", "administrator"])
def test_others_see_no_messages(role: str) -> None:
    message = make_message()
    client = Client()
    client.force_login(make_user(role=role))

    doors = [INBOX, reverse("admin:articles_contactmessage_change", args=[message.pk])]

    assert [client.get(door).status_code for door in doors] == [404, 404]
