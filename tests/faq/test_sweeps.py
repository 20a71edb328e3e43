"""What the clock does with questions, and the mail to askers."""

import datetime as dt
import uuid
from smtplib import SMTPDataError, SMTPServerDisconnected
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from faq import sweeps
from faq.mail import NEWS
from faq.models import Notification, Question, QuestionEvent, SealedText, Ticket
from faq.models.lifecycle import TELLS_THE_ASKER
from faq.states import Status
from people.limits import Limit, take
from people.models import RateCount
from tests.factories import (
    make_answer,
    make_finding,
    make_follow_up,
    make_physician_user,
    make_question,
    make_user,
    submit_question,
)

pytestmark = pytest.mark.django_db

WORDS = {"title": "Marker in the title", "body": "Marker in the body.", "nickname": "markernick"}
NOW = dt.datetime(2026, 11, 22, 4, 0, tzinfo=dt.UTC)


def days_ago(days: int) -> dt.datetime:
    return timezone.now() - dt.timedelta(days=days)


def asked_with_mail(**fields: Any) -> Question:
    return submit_question(**WORDS, email="asker@example.org", **fields)


class AwayBackend(EmailBackend):
    """A mail server that cannot be reached."""

    def open(self) -> bool | None:
        raise ConnectionRefusedError


class RefusingBackend(EmailBackend):
    """A mail server that refuses every message."""

    def send_messages(self, messages: Any) -> int:
        raise SMTPDataError(550, b"no")


class DroppingBackend(EmailBackend):
    """A mail server that hangs up in the middle."""

    def send_messages(self, messages: Any) -> int:
        raise SMTPServerDisconnected("gone")


def backend(kind: type[EmailBackend]) -> str:
    return f"{kind.__module__}.{kind.__qualname__}"


# Mail


def test_the_asker_hears_that_there_is_news_and_not_a_word_of_it(settings: Settings) -> None:
    settings.SITE_URL = "https://wenyi.example"
    question = asked_with_mail()

    sent = sweeps.send_notifications()

    (message,) = mail.outbox
    text = f"{message.subject}\n{message.body}"
    assert (sent, message.to, message.subject) == (1, ["asker@example.org"], "Wenyi: news about your question")
    assert f"https://wenyi.example/en/ticket/{question.ticket.secret}/\n" in message.body
    assert [word in text for word in (*WORDS.values(), "Marker", question.department.name)] == [False] * 5


def test_mail_comes_in_the_language_of_the_question() -> None:
    question = asked_with_mail(language="zh-hant")

    sweeps.send_notifications()

    assert f"/zh-hant/ticket/{question.ticket.secret}/" in str(mail.outbox[0].body)


def test_the_whole_way_of_a_question_is_told_once_an_act_and_without_its_words(client: Client) -> None:
    question = asked_with_mail()
    moderator, physician = make_user(role="moderator"), make_physician_user(question.department)
    question.accept(by=moderator)
    question.ask_asker(by=physician, note="Marker of the physician?")
    question.add_words("Marker of the addition.", key=uuid.uuid4())
    question.answer(by=physician, body="Marker of the answer.")

    runs = [sweeps.send_notifications() for _run in range(2)]

    told = list(QuestionEvent.objects.filter(notifications__sent_at__isnull=False).values_list("act", flat=True))
    assert (runs, told) == ([3, 0], ["submit", "ask_asker", "answer"])
    assert [str(message.body).count("arker") for message in mail.outbox] == [0, 0, 0]


def test_every_act_that_tells_the_asker_has_its_sentence() -> None:
    # Of several questions that are merged into one its asker is told once: the verb itself decides that.
    assert set(NEWS) == TELLS_THE_ASKER | {"merged_here"}


def test_who_left_no_address_is_not_written_to() -> None:
    question = submit_question()
    question.decline(by=make_user(role="moderator"), reason="spam")

    assert sweeps.send_notifications() == 0
    assert (Notification.objects.get().dropped, mail.outbox) == ("the asker left no address", [])


def test_a_withdrawn_question_and_an_expired_ticket_are_not_written_about() -> None:
    withdrawn, expired = asked_with_mail(), asked_with_mail()
    withdrawn.withdraw()
    Ticket.objects.filter(question=expired).update(expires_at=days_ago(1))

    assert sweeps.send_notifications() == 0
    reasons = dict(Notification.objects.values_list("event__question", "dropped"))
    assert reasons == {withdrawn.pk: "the asker left no address", expired.pk: "the ticket has expired"}


def test_the_link_is_left_out_where_the_secret_cannot_be_derived_any_more(settings: Settings) -> None:
    asked_with_mail()
    settings.SECRET_KEY = "another" * 10

    sweeps.send_notifications()

    body = str(mail.outbox[0].body)
    assert ("/en/ticket/\n" in body, body.count("/ticket/")) == (True, 1)


def test_staff_are_told_the_number_and_never_the_ticket() -> None:
    question = asked_with_mail()
    physician = make_physician_user(question.department)
    Notification.objects.all().delete()
    Notification.objects.create(event=question.events.get(), recipient=physician)

    sweeps.send_notifications()

    (message,) = mail.outbox
    text = f"{message.subject}\n{message.body}"
    assert (message.to, str(question.pk) in text) == ([physician.email], True)
    assert [word in text for word in (str(question.ticket.secret), "arker", "/ticket/")] == [False] * 3


def test_while_the_mail_server_is_away_nothing_is_lost_and_nothing_counts(settings: Settings) -> None:
    asked_with_mail()
    reachable = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = backend(AwayBackend)
    away = [sweeps.send_notifications() for _run in range(10)]
    settings.EMAIL_BACKEND = reachable

    back = sweeps.send_notifications()

    assert (away, back, Notification.objects.get().attempts) == ([0] * 10, 1, 1)


def test_no_connection_is_opened_for_nothing(settings: Settings) -> None:
    settings.EMAIL_BACKEND = backend(AwayBackend)

    assert sweeps.send_notifications() == 0


@pytest.mark.parametrize("kind", [RefusingBackend, DroppingBackend])
def test_what_is_refused_is_tried_again_after_growing_pauses_and_then_given_up(
    settings: Settings, kind: type[EmailBackend]
) -> None:
    asked_with_mail()
    settings.EMAIL_BACKEND = backend(kind)
    start, attempts = timezone.now(), []
    for hour in range(24 * 8):
        with time_machine.travel(start + dt.timedelta(hours=hour), tick=False):
            before = Notification.objects.get().attempts
            sweeps.send_notifications()
            attempts += [hour] * (Notification.objects.get().attempts - before)

    assert attempts == [0, 1, 2, 3, 8, 29]
    assert Notification.objects.get().dropped == "refused by the mail server"


def test_a_server_that_hangs_up_costs_one_attempt_and_not_one_for_each_mail(settings: Settings) -> None:
    asked_with_mail()
    asked_with_mail()
    settings.EMAIL_BACKEND = backend(DroppingBackend)

    sweeps.send_notifications()

    assert list(Notification.objects.order_by("pk").values_list("attempts", flat=True)) == [1, 0]


def test_one_refused_mail_does_not_hold_up_the_others(settings: Settings) -> None:
    first, second = asked_with_mail(), asked_with_mail()
    SealedText.objects.filter(question=first).delete()
    broken = {**WORDS, "email": "asker@example.org\nBcc: all@example.org", "intake": {}}
    SealedText.seal(broken, question=first)

    sent = sweeps.send_notifications()

    assert (sent, [message.to for message in mail.outbox]) == (1, [["asker@example.org"]])
    unsent = Notification.objects.get(event__question=first)
    assert (unsent.attempts, unsent.sent_at, Notification.objects.get(event__question=second).attempts) == (1, None, 1)


def test_a_worker_that_another_one_overtook_sends_nothing() -> None:
    asked_with_mail()
    loaded = Notification.objects.get()
    Notification.objects.update(attempts=1)

    assert sweeps._taken(loaded) is False


# Claims, holds, counts


def test_claims_and_holds_that_ran_out_are_given_back() -> None:
    user = make_user()
    over, running = make_question(Status.ACCEPTED), make_question(Status.ACCEPTED)
    for question, minutes in ((over, -1), (running, 1)):
        until = timezone.now() + dt.timedelta(minutes=minutes)
        Question.objects.filter(pk=question.pk).update(
            claimed_by=user, claim_expires_at=until, held_by=user, hold_expires_at=until
        )

    changed = sweeps.expire_claims()

    rows = dict(Question.objects.values_list("pk", "claimed_by"))
    held = dict(Question.objects.values_list("pk", "held_by"))
    assert (changed, rows) == (2, {over.pk: None, running.pk: user.pk})
    assert held == {over.pk: None, running.pk: user.pk}


def test_counts_of_visitors_are_forgotten_when_their_window_is_over() -> None:
    with time_machine.travel(NOW, tick=False):
        take("visitor", [Limit("hour", 5), Limit("day", 5, 24 * 60 * 60)])
    with time_machine.travel(NOW + dt.timedelta(hours=1), tick=False):
        forgotten = sweeps.forget_rates()

    assert (forgotten, RateCount.objects.get().scope) == (1, "day")


# Sealed words


def test_sealed_words_are_erased_when_their_time_is_over_and_the_public_text_stays() -> None:
    over, kept = submit_question(body="Over and done with."), submit_question()
    make_follow_up(over, kind="addition")
    make_finding(over, "Over")
    SealedText.objects.filter(question=over).update(erase_on=timezone.localdate())

    erased = sweeps.erase_sealed()

    over.refresh_from_db()
    assert (erased, over.body) == (2, "Over and done with.")
    assert list(SealedText.objects.values_list("question", flat=True)) == [kept.pk]
    assert list(QuestionEvent.objects.filter(act="erase").values_list("question", "who")) == [(over.pk, "system")]
    assert sweeps.erase_sealed() == 0


# Closing and coming back


@pytest.mark.parametrize(("status", "days", "after"), [
    (Status.PUBLISHED, 31, Status.CLOSED),
    (Status.PUBLISHED, 29, Status.PUBLISHED),
    (Status.ANSWERED, 31, Status.ANSWERED),
])  # fmt: skip
def test_public_questions_are_closed_a_month_after_their_answer(status: Status, days: int, after: Status) -> None:
    question = make_question(status, answered_at=days_ago(days))

    closed = sweeps.close_threads()

    question.refresh_from_db()
    assert (closed, question.status) == (int(status != after), after)


def test_a_question_whose_follow_up_waits_is_not_closed_before_it_is_answered() -> None:
    question = make_question(Status.PUBLISHED, answered_at=days_ago(31))
    follow_up = make_follow_up(question)

    before = sweeps.close_threads()
    make_answer(question, follow_up=follow_up)
    after = sweeps.close_threads()

    assert (before, after) == (0, 1)


def test_what_a_moderator_opened_again_stays_open_for_a_month() -> None:
    question = make_question(Status.PUBLISHED, answered_at=days_ago(100))
    sweeps.close_threads()
    question.refresh_from_db()
    question.reopen(by=make_user(role="moderator"))

    now = sweeps.close_threads()
    with time_machine.travel(timezone.now() + dt.timedelta(days=31)):
        later = sweeps.close_threads()

    assert (now, later) == (0, 1)


def test_a_question_without_an_answers_date_is_left_alone() -> None:
    make_question(Status.PUBLISHED, source="archive", external_id="1", answered_at=None)

    assert sweeps.close_threads() == 0


def test_who_does_not_reply_in_two_weeks_is_answered_without() -> None:
    silent = make_question(Status.NEEDS_INFO, paused_at=days_ago(15), waiting_since=days_ago(20))
    thinking = make_question(Status.NEEDS_INFO, paused_at=days_ago(13))

    returned = sweeps.return_unclarified()

    silent.refresh_from_db()
    thinking.refresh_from_db()
    assert (returned, silent.status, thinking.status) == (1, Status.ACCEPTED, Status.NEEDS_INFO)
    assert (timezone.now() - silent.waiting_since).days == 5
    assert list(silent.events.values_list("act", "who"))[-1] == ("clarified", "system")


def test_every_job_can_run_on_an_empty_database() -> None:
    jobs = [
        sweeps.send_notifications,
        sweeps.expire_claims,
        sweeps.erase_sealed,
        sweeps.close_threads,
        sweeps.return_unclarified,
        sweeps.forget_rates,
    ]

    assert [job() for job in jobs] == [0] * 6
