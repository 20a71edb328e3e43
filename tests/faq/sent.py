"""What a browser would send: the ask form and the forms of a ticket, filled in."""

from typing import Any

from django.test import Client
from django.urls import reverse

from faq.choices import ForWhom
from faq.forms.ticket import ticket_key_name
from faq.models import ConsentText, Question
from people.models import Department
from people.visitors import new_key
from tests.factories import make_consent

TITLE = "Joint pain after lunch"
BODY = "For three weeks my knees have hurt.\nWhat can I do?"


def ask_form(department: Department, /, **changes: Any) -> dict[str, Any]:
    """A complete ask form for oneself, with a fresh key; None takes a field away."""
    consent = ConsentText.objects.filter(for_whom=ForWhom.SELF).first() or make_consent()
    fields = {
        "form_key": new_key("ask"),
        "homepage": "",
        "consent_seen": str(consent.pk),
        "shown_for": department.slug,
        "department": department.slug,
        "for_whom": "self",
        "language": "en",
        "title": TITLE,
        "body": BODY,
        "nickname": "jimmy",
        "age_band": "40-49",
        "sex": "female",
        "email": "",
        "wants_public": "yes",
        "has_consented": "yes",
        **changes,
    }
    return {name: value for name, value in fields.items() if value is not None}


def send(client: Client, data: dict[str, Any], **headers: Any) -> Any:
    """Send the ask form to the English page."""
    return client.post("/en/ask/", data, **headers)


def ticket_of(question: Question) -> str:
    """The secret of a question's ticket."""
    secret = question.ticket.secret
    assert secret is not None
    return secret


def ticket_address(question: Question, act: str = "") -> str:
    """The English address of the ticket, or of one of its acts."""
    names = ("faq:ticket_act", [ticket_of(question), act]) if act else ("faq:ticket_detail", [ticket_of(question)])
    return reverse(names[0], args=names[1])


def act_form(question: Question, act: str, **fields: Any) -> dict[str, Any]:
    """A form of the ticket with a fresh key."""
    return {"form_key": new_key(ticket_key_name(act, question_pk=question.pk)), "homepage": "", **fields}


def act_on(client: Client, question: Question, act: str, **fields: Any) -> Any:
    """Do one act on the ticket; `form_key` may be given."""
    return client.post(ticket_address(question, act), {**act_form(question, act), **fields})
