"""Whatever is sent to the ask form is saved as it was cleaned, or answered with the form; never an error 500."""

from typing import Any

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from faq.models import Question, SealedText
from people.models import IntakeField, RateCount
from tests.factories import make_department, make_intake_field
from tests.faq.sent import ask_form, send
from text.clean import clean_line, clean_text

ANSWERS = {200, 303, 400, 409, 429}
FIELDS = [
    "form_key", "homepage", "consent_seen", "shown_for", "department", "for_whom", "language", "title", "body",
    "nickname", "age_band", "sex", "email", "wants_public", "has_consented", "step", "intake_weight",
]  # fmt: skip
ODD = ["10" * 30, "\0", "\ud800", "🏳️‍🌈" * 9, "０９１２３４５６７８ " * 12, "<b>&amp;", "\u202e\0"]
WORDS = st.text(max_size=200) | st.sampled_from(ODD)
LONG = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Co", "Cn"]), min_size=10, max_size=120)


class AnyWords(TestCase):
    """In a class, so that hypothesis gives every example a database of its own."""

    @given(title=LONG, body=LONG, nickname=st.text(max_size=20), remark=LONG)
    @settings(max_examples=60, deadline=None)
    def test_what_is_saved_is_sealed_as_it_was_cleaned(
        self, title: str, body: str, nickname: str, remark: str
    ) -> None:
        department = make_department()
        make_intake_field(department, "remark")
        form = ask_form(department, title=title, body=body, nickname=nickname, intake_remark=remark)

        response = send(Client(), form)

        assert response.status_code in {303, 400}
        if response.status_code == 303:
            words = SealedText.objects.get().open(by=None, reason="test")
            kept = (words["title"], words["body"], words["nickname"], words["intake"].get("remark", ""))
            assert kept == (clean_line(title), clean_text(body), clean_line(nickname), clean_line(remark))

    @given(
        names=st.lists(st.sampled_from(FIELDS), min_size=1, max_size=4, unique=True),
        value=WORDS,
    )
    @settings(max_examples=150, deadline=None)
    def test_every_field_takes_anything(self, names: list[str], value: str) -> None:
        department = make_department()
        make_intake_field(department, "weight", kind=IntakeField.Kind.NUMBER)
        RateCount.objects.all().delete()
        body = encoded({**ask_form(department), **dict.fromkeys(names, value)})

        response = Client().post("/en/ask/", body, content_type="application/x-www-form-urlencoded")

        assert response.status_code in ANSWERS
        assert Question.objects.count() == (1 if response.status_code == 303 else 0)

    @given(query=WORDS)
    @settings(max_examples=60, deadline=None)
    def test_the_first_step_takes_anything(self, query: str) -> None:
        response = Client().get("/en/ask/?department=" + encoded({"": query}).partition(b"=")[2].decode())

        assert response.status_code in {400, 404}


def encoded(fields: dict[str, Any]) -> bytes:
    """A form as a browser sends it, but lone surrogates and all."""
    pairs = (f"{name}=".encode() + percent(str(value)) for name, value in fields.items())
    return b"&".join(pairs)


def percent(value: str) -> bytes:
    return b"".join(b"%%%02X" % byte for byte in value.encode("utf-8", "surrogatepass"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "raw",
    [
        b"title=%FF%FE",
        b"title=\xff",
        b"title=%00",
        b"title=%ED%A0%80",
        b"%ED%B0%80=1",
        b"title=%",
        b"",
        b"&&&=",
        b"step=department",
    ],
)
def test_broken_bytes_are_refused(client: Client, raw: bytes) -> None:
    form = encoded(ask_form(make_department())) + b"&" + raw

    response = client.post("/en/ask/", form, content_type="application/x-www-form-urlencoded")

    assert response.status_code in ANSWERS


@pytest.mark.django_db
@pytest.mark.parametrize("charset", ["utf-16", "big5"])
def test_a_foreign_charset_is_refused(client: Client, charset: str) -> None:
    content_type = f"application/x-www-form-urlencoded; charset={charset}"

    response = client.post("/en/ask/", encoded(ask_form(make_department())), content_type=content_type)

    assert response.status_code == 400


@pytest.mark.django_db
def test_a_body_over_the_limit_is_too_large(client: Client) -> None:
    form = encoded(ask_form(make_department(), body="x" * 300_000))

    assert client.post("/en/ask/", form, content_type="application/x-www-form-urlencoded").status_code == 413
