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
        {"slug": "about", "language": "en", "title": "About", "body": "**Us**", "order": 1, "is_public": "on"},
    )

    assert StaticPage.objects.get().body_html.strip() == "<p><strong>Us</strong></p>"


def test_one_page_a_language_under_an_address(desk: Client) -> None:
    make_page("about")

    answer = desk.post(
        "/admin/articles/staticpage/add/",
        {"slug": "about", "language": "en", "title": "About", "body": "Us", "order": 1},
    )

    assert (answer.status_code, StaticPage.objects.count()) == (200, 1)


def test_the_address_of_a_page_stays(desk: Client) -> None:
    page = make_page("privacy")

    desk.post(
        reverse("admin:articles_staticpage_change", args=[page.pk]),
        {"slug": "secrets", "language": "zh-hant", "title": "Privacy", "body": "New.", "order": 0},
    )

    page.refresh_from_db()
    assert (page.slug, page.language, page.body, page.is_public) == ("privacy", "en", "New.", False)


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
