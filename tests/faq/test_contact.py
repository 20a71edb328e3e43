"""The contact form."""

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.models import ContactMessage
from people.visitors import new_key

pytestmark = pytest.mark.django_db


def contact_form(**changes: str) -> dict[str, str]:
    fields = {
        "form_key": new_key("contact"),
        "homepage": "",
        "subject": "A wrong date",
        "body": "On page two.",
        "email": "",
    }
    return {**fields, **changes}


def test_a_message_reaches_the_staff(client: Client) -> None:
    response = client.post("/zh-hant/contact/", contact_form(email="reader@example.org"))

    saved = ContactMessage.objects.get()
    thanks = client.get(response["Location"]).content.decode()
    assert (response.status_code, response["Location"]) == (303, "/zh-hant/contact/?sent=1")
    kept = (saved.language, saved.subject, saved.body, saved.email)
    assert kept == ("zh-hant", "A wrong date", "On page two.", "reader@example.org")
    assert 'class="notice notice--good" role="status"' in thanks


@pytest.mark.parametrize(
    ("number", "subject"),
    [("193985", "About question 193985"), ("1" * 30, ""), ("-1", ""), ("１２", ""), ("<b>", ""), ("", "")],
)
def test_a_message_about_a_question_names_it(client: Client, number: str, subject: str) -> None:
    response = client.get("/en/contact/", {"question": number})

    assert (response.status_code, response.context["form"]["subject"].value()) == (200, subject)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("subject", ""), ("subject", "x"), ("subject", "x" * 121), ("body", "\u200b"), ("body", "x" * 5001),
        ("email", "reader@"), ("email", f"{'x' * 250}@example.org"),
    ],
)  # fmt: skip
def test_bad_input_is_answered_at_the_field_with_every_word_kept(client: Client, field: str, value: str) -> None:
    form = contact_form(**{field: value})

    response = client.post("/en/contact/", form)

    shown = response.context["form"]
    assert (response.status_code, ContactMessage.objects.count(), list(shown.errors)) == (400, 0, [field])
    assert [shown[name].value() for name in ("subject", "body", "email")] == [
        form[name] for name in ("subject", "body", "email")
    ]


def test_a_message_sent_twice_is_kept_once(client: Client) -> None:
    form = contact_form()

    answers = [client.post("/en/contact/", form).status_code for _click in range(2)]

    assert (answers, ContactMessage.objects.count()) == ([303, 303], 1)


def test_a_message_changed_after_it_was_sent_can_be_sent_as_well(client: Client) -> None:
    form = contact_form()
    client.post("/en/contact/", form)

    changed = client.post("/en/contact/", {**form, "body": "On page three."})
    as_new = client.post(
        "/en/contact/", {**form, "body": "On page three.", "form_key": changed.context["form"].shown_key}
    )

    assert (changed.status_code, as_new.status_code) == (409, 303)
    assert [row.body for row in ContactMessage.objects.order_by("pk")] == ["On page two.", "On page three."]


@pytest.mark.parametrize("change", [{"form_key": "forged"}, {"homepage": "spam"}])
def test_robots_are_asked_again(client: Client, change: dict[str, str]) -> None:
    refused = client.post("/en/contact/", contact_form(**change))

    again = {**contact_form(), "form_key": refused.context["form"].shown_key}
    assert (refused.status_code, refused.context["form"]["body"].value()) == (400, "On page two.")
    assert client.post("/en/contact/", again).status_code == 303


def test_another_site_sends_nothing(client: Client) -> None:
    response = client.post("/en/contact/", contact_form(), headers={"Origin": "https://evil.example"})

    assert (response.status_code, ContactMessage.objects.count()) == (400, 0)


def test_the_sixth_message_of_an_hour_waits_and_a_repeat_does_not(client: Client) -> None:
    first, *others = [contact_form() for _number in range(5)]
    with time_machine.travel(timezone.now().replace(minute=10), tick=False):
        sent = [client.post("/en/contact/", form).status_code for form in [first, *others]]
        held_up = client.post("/en/contact/", contact_form())
        repeat = client.post("/en/contact/", first)

    assert (sent, held_up.status_code, repeat.status_code) == ([303] * 5, 429, 303)
    assert held_up.context["form"]["body"].value() == "On page two."
    assert int(held_up["Retry-After"]) > 0


def test_the_page_sets_no_cookie(client: Client) -> None:
    answers = [
        client.get("/en/contact/"),
        client.post("/en/contact/", {}),
        client.post("/en/contact/", contact_form()),
    ]

    assert [answer.status_code for answer in answers] == [200, 400, 303]
    assert [dict(answer.cookies) for answer in answers] == [{}] * 3


words = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=150)


@given(subject=words, body=words, email=words)
@settings(max_examples=40, deadline=None)
def test_whatever_is_written_is_saved_or_said(subject: str, body: str, email: str) -> None:
    response = Client().post("/en/contact/", contact_form(subject=subject, body=body, email=email))

    assert response.status_code in (303, 400, 429)
