"""Consent texts are added and never rewritten; two logs are read."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from faq.models import ConsentText, Notification, QuestionEvent, SealedAccess
from faq.states import Who
from people.models import User
from tests.factories import make_consent, make_question, make_user

pytestmark = pytest.mark.django_db


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def office() -> Client:
    return signed_in(make_user(role="administrator"))


def test_a_version_of_the_consent_is_added(office: Client) -> None:
    office.post(
        reverse("admin:faq_consenttext_add"),
        {
            "version": "2",
            "for_whom": "self",
            "text_en": "I agree.",
            "text_zh_hant": "我同意。",
            "active_from_0": "2026-01-01",
            "active_from_1": "00:00",
        },
    )

    assert ConsentText.objects.get().version == "2"


def test_what_somebody_agreed_to_is_never_rewritten(office: Client) -> None:
    consent = make_consent()
    page = reverse("admin:faq_consenttext_change", args=[consent.pk])

    looked = office.get(page).status_code
    posted = office.post(page, {"version": "1", "for_whom": "self", "text_en": "I agree to all."}).status_code
    deleted = office.post(reverse("admin:faq_consenttext_delete", args=[consent.pk]), {"post": "yes"}).status_code

    consent.refresh_from_db()
    assert (looked, posted, deleted, consent.text_en) == (200, 404, 404, "I agree.")


@pytest.mark.parametrize("role", ["moderator", "administrator"])
def test_who_opened_a_sealed_text_is_read_and_not_rewritten(role: str) -> None:
    question, reader = make_question(), make_user("reader", "moderator")
    access = SealedAccess.objects.create(question=question, actor=reader, reason="moderating a new question")
    client = signed_in(make_user(role=role))
    page = reverse("admin:faq_sealedaccess_change", args=[access.pk])

    listed = client.get(reverse("admin:faq_sealedaccess_changelist")).content.decode()

    assert ("moderating a new question" in listed, "reader" in listed) == (True, True)
    assert [client.get(page).status_code, client.post(page, {"reason": ""}).status_code] == [200, 404]


@pytest.mark.parametrize("typed", ["7", "word", "'", "9" * 40])
def test_the_log_is_searched_by_number_or_word(office: Client, typed: str) -> None:
    SealedAccess.objects.create(question=make_question(), reason="word")

    answer = office.get(reverse("admin:faq_sealedaccess_changelist"), {"q": typed})

    assert answer.status_code in {200, 400}


def test_the_mail_that_is_owed_shows_no_address(office: Client) -> None:
    event = QuestionEvent.objects.create(question=make_question(), act="publish", who=Who.SYSTEM)
    mail = Notification.objects.create(event=event)

    listed = office.get(reverse("admin:faq_notification_changelist")).content.decode()
    shown = office.get(reverse("admin:faq_notification_change", args=[mail.pk]))

    assert '<td class="field-to">the asker</td>' in listed
    assert (shown.status_code, office.get(reverse("admin:faq_notification_add")).status_code) == (200, 404)


def test_the_logs_cost_the_same_for_one_row_and_for_three(office: Client) -> None:
    make_mail(1)
    one = queries_of(office)

    make_mail(2)

    assert queries_of(office) == one


def make_mail(count: int) -> None:
    for _each in range(count):
        event = QuestionEvent.objects.create(question=make_question(), act="publish", who=Who.SYSTEM)
        Notification.objects.create(event=event, recipient=make_user())
        SealedAccess.objects.create(question=event.question, actor=make_user(), reason="word")


def queries_of(client: Client) -> list[int]:
    counts = []
    for name in ("notification", "sealedaccess"):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse(f"admin:faq_{name}_changelist")).status_code == 200
        counts.append(len(asked))
    return counts
