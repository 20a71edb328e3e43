"""What the tests of the physicians' desk share: its addresses, and a physician who is signed in."""

import re
from typing import Any

from django.contrib.messages import get_messages
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import reverse

from faq.models import AnswerDraft, Question
from faq.states import Status
from people.models import Department, User
from tests.factories import make_department, make_physician_user, make_question

DESK = "/admin/faq/question/desk/"


def screen(question: Question) -> str:
    return reverse("admin:faq_physician_question", args=[question.pk])


def door(question: Question, name: str = "act") -> str:
    return reverse(f"admin:faq_physician_{name}", args=[question.pk])


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def waiting(department: Department | None = None, **fields: Any) -> Question:
    return make_question(Status.ACCEPTED, department or make_department(), **fields)


def at_work(**fields: Any) -> tuple[User, Client, Question]:
    """A physician, the browser, and a question that she has claimed at the desk."""
    question = waiting(**fields)
    user = make_physician_user(question.department)
    client = signed_in(user)
    client.post(door(question), {"act": "claim"})
    question.refresh_from_db()
    return user, client, question


def written(client: Client, question: Question, **fields: Any) -> dict[str, Any]:
    """What the form of the screen sends: its hidden fields as the page shows them, and what was typed."""
    page = client.get(screen(question)).content.decode()
    hidden = {name: _value(page, name) for name in ("key", "version", "seen", "follow_up")}
    return {**hidden, "outcome": "answered", "act": "send", "body": "Drink enough water.", **fields}


def draft(user: User, question: Question) -> AnswerDraft:
    return AnswerDraft.objects.get(author=user, question=question)


def said(answer: Any) -> list[str]:
    """The messages that an answer carries to the next page."""
    return [str(message) for message in get_messages(answer.wsgi_request)]


def acts_of(question: Question) -> list[str]:
    """The log of a question after it came in."""
    return list(question.events.exclude(act="submit").values_list("act", flat=True))


def texts(answer: HttpResponseBase) -> str:
    """The page as it is written."""
    return answer.content.decode()  # type: ignore[attr-defined,no-any-return]


def _value(page: str, name: str) -> str:
    tag = re.search(rf'<input[^>]*name="{name}"[^>]*>', page)
    value = re.search(r'value="([^"]*)"', tag.group()) if tag else None
    return value.group(1) if value else ""
