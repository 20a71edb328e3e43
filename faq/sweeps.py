"""What the clock does with questions. A job takes no argument, may run twice, and returns how many rows it changed."""

import datetime as dt
from collections.abc import Callable
from smtplib import SMTPServerDisconnected
from typing import Final

import structlog
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone

from faq.mail import NobodyToTell, message_of
from faq.models import FollowUp, Notification, Question, QuestionEvent, SealedText
from faq.states import InvalidMove, Who
from people.limits import forget_ended_windows
from search.counting import renew_figures

log = structlog.stdlib.get_logger("wenyi.sweeps")

MAILS_A_RUN: Final = 50
ATTEMPTS: Final = 6
FIRST_PAUSE: Final = dt.timedelta(minutes=2)
"""After each failure the pause is five times as long: 2, 10, 50 minutes, 4, 21 hours."""
CLOSE_AFTER: Final = dt.timedelta(days=30)
"""How long after its last answer a public question takes follow-ups and corrections by itself."""
REPLY_WITHIN: Final = dt.timedelta(days=14)
ROWS_A_RUN: Final = 500
AWAY: Final = (SMTPServerDisconnected, ConnectionError, TimeoutError)


def send_notifications() -> int:
    """Send the mail that is owed, once for each event and recipient; returns how many were sent.

    While the mail server is away nothing counts as an attempt, and nothing is lost. An attempt is written down before
    it is made: only a worker that dies between sending and noting it sends a mail twice.
    """
    due = Notification.objects.filter(sent_at=None, dropped="", not_before__lte=timezone.now())
    waiting = list(due.select_related("event__question", "recipient").order_by("not_before", "pk")[:MAILS_A_RUN])
    if not waiting:
        return 0
    connection, sent = get_connection(), 0
    try:
        connection.open()
        for notification in waiting:
            sent += _send(notification, connection)
    except OSError as error:
        log.warning("mail server away", error=type(error).__name__)
    finally:
        connection.close()
    return sent


def _send(notification: Notification, connection: BaseEmailBackend) -> bool:
    """Whether it was sent. Raises OSError when the server has gone away."""
    if not _taken(notification):
        return False
    row = Notification.objects.filter(pk=notification.pk)
    try:
        message = message_of(notification)
        message.connection = connection
        message.send()
    except NobodyToTell as reason:
        row.update(dropped=str(reason))
    except (OSError, ValueError) as error:
        row.filter(attempts__gte=ATTEMPTS).update(dropped="refused by the mail server")
        log.warning("mail not sent", notification=notification.pk, error=type(error).__name__)
        if isinstance(error, AWAY):
            raise
    else:
        return bool(row.update(sent_at=timezone.now()))
    return False


def _taken(notification: Notification) -> bool:
    """Count the attempt, set the next one, and say whether no other worker was faster."""
    pause = FIRST_PAUSE * 5**notification.attempts
    rows = Notification.objects.filter(pk=notification.pk, attempts=notification.attempts, sent_at=None, dropped="")
    return bool(rows.update(attempts=F("attempts") + 1, not_before=timezone.now() + pause))


def expire_claims() -> int:
    """Give back questions whose claim or hold has run out; by themselves they count as free already."""
    now = timezone.now()
    held = Question.objects.filter(claimed_by__gt=0, claim_expires_at__lte=now)
    claims = held.update(claimed_by=None, claim_expires_at=None)
    held = Question.objects.filter(held_by__gt=0, hold_expires_at__lte=now)
    return claims + held.update(held_by=None, hold_expires_at=None)


def erase_sealed() -> int:
    """Erase the persons' own words whose time is over, and log it; the public text stays as it is."""
    due = SealedText.objects.filter(erase_on__lte=timezone.localdate()).order_by("pk")
    rows = dict(due.values_list("pk", "question_id")[:ROWS_A_RUN])
    with transaction.atomic():
        SealedText.objects.filter(pk__in=rows).delete()
        QuestionEvent.objects.bulk_create(
            QuestionEvent(question_id=question, act="erase", who=Who.SYSTEM) for question in sorted(set(rows.values()))
        )
    return len(rows)


def close_threads() -> int:
    """Close public questions a month after their last answer, unless a follow-up waits or somebody reopened them."""
    before = timezone.now() - CLOSE_AFTER
    unanswered = FollowUp.objects.unanswered().filter(question=OuterRef("pk"))
    reopened = QuestionEvent.objects.filter(question=OuterRef("pk"), act="reopen", created_at__gt=before)
    due = Question.objects.open_threads().filter(answered_at__lte=before)
    return _each(due.exclude(Exists(unanswered)).exclude(Exists(reopened)), Question.close)


def return_unclarified() -> int:
    """Return to the desk the questions whose askers have not replied to the physician within two weeks."""
    before = timezone.now() - REPLY_WITHIN
    return _each(Question.objects.waiting_for_asker().filter(paused_at__lte=before), Question.clarified_by_time)


def forget_rates() -> int:
    """Delete the counts of visitors whose window is over."""
    return forget_ended_windows()


def renew_views() -> int:
    """Take what was counted on finished days into the figure that a question prints."""
    return renew_figures(Question.objects.all(), "question")


def _each(questions: "QuerySet[Question]", verb: Callable[[Question], object]) -> int:
    """Do `verb` to each; the number of those for which it could still be done."""
    return sum(_done(verb, question) for question in questions.order_by("pk")[:ROWS_A_RUN])


def _done(verb: Callable[[Question], object], question: Question) -> bool:
    try:
        verb(question)
    except InvalidMove:
        # Somebody was faster.
        return False
    return True
