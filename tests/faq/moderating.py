"""What the tests of the moderators' desk share: a browser's view of the page of one question."""

from typing import Any

from django.forms.utils import to_current_timezone
from django.test import Client
from django.urls import reverse

from faq.forms.moderation import TRACKED
from faq.models import Question
from people.models import User
from tests.factories import make_user

DESK = "admin:faq_moderator_desk"


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def moderator_client(username: str = "") -> Client:
    return client_of(make_user(username, "moderator"))


def item(question: Question) -> str:
    return reverse("admin:faq_moderator_question", args=[question.pk])


def opened(client: Client, question: Question) -> dict[str, Any]:
    """Open the page and return what its form would send if nothing were typed."""
    form = client.get(item(question)).context["form"]
    sent = {name: form[name].value() for name in (*TRACKED, "seen", "tags")}
    moment = to_current_timezone(sent["publish_after"])
    sent["publish_after"] = f"{moment:%Y-%m-%dT%H:%M}" if moment else ""
    # Browsers send lines with CRLF.
    return {**sent, "body": sent["body"].replace("\n", "\r\n")}


def press(client: Client, question: Question, act: str, page: dict[str, Any] | None = None, **typed: Any) -> Any:
    """Type into the page (opened anew unless it is given) and press a button."""
    page = opened(client, question) if page is None else page
    return client.post(item(question), {**page, "act": act, **typed})


def stored(question: Question) -> Question:
    found: Question = Question.objects.get(pk=question.pk)
    return found


def acts_of(question: Question) -> list[str]:
    return list(question.events.values_list("act", flat=True))
