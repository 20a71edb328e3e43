"""Mail to askers and staff: that there is news, where to read it, and not a word of what was asked."""

from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from faq.models import Notification, Question, SealedText, Ticket
from people.languages import prefix_of

NEWS: Final = {
    "submit": _("Your question has arrived."),
    "decline": _("Your question was not passed on to the physicians. The page says why."),
    "ask_asker": _("A physician would like to know something more from you."),
    "answer": _("A physician has written an answer."),
    "join": _("A further answer has been written."),
    "confirm": _("The answer has been checked by a second physician."),
    "publish": _("Question and answer have been published."),
    "unpublish": _("Question and answer have been taken out of the public. The page says why."),
    "merge": _("Your question was joined with another one that asks the same."),
    "merged_here": _("Another question that asks the same was joined with yours."),
    "published_there": _("The question that yours was joined with has been answered and published."),
    "unmerge": _("Your question stands by itself again."),
}
"""What each act means to the asker; the words of the question and of the answer are read on the ticket only."""


class NobodyToTell(Exception):
    """There is nobody to write to; the message says why, in 40 characters at most, for the row."""


def message_of(notification: Notification) -> EmailMessage:
    """Return the mail that a notification owes. Raises NobodyToTell."""
    if notification.recipient is not None:
        return _to_staff(notification)
    return _to_asker(notification)


def _to_asker(notification: Notification) -> EmailMessage:
    question: Question = notification.event.question
    address = _address_of(question)
    ticket = Ticket.objects.current().filter(question=question).first()
    if ticket is None:
        raise NobodyToTell("the ticket has expired")
    with override(prefix_of(question.language)):
        secret = ticket.secret
        words = {
            "news": NEWS.get(notification.event.act, _("There is news about your question.")),
            "link": f"{settings.SITE_URL}{reverse('faq:ticket_detail', args=[secret])}" if secret else "",
            "find": f"{settings.SITE_URL}{reverse('faq:ticket_find')}",
        }
        return EmailMessage(
            translate("Wenyi: news about your question"), render_to_string("faq/mail/asker.txt", words), to=[address]
        )


def _address_of(question: Question) -> str:
    """Return the asker's address: sealed, and opened for this alone."""
    sealed = SealedText.objects.filter(question=question, follow_up__isnull=True).first()
    address = sealed.open(by=None, reason="mail to the asker").get("email", "") if sealed else ""
    if not address:
        raise NobodyToTell("the asker left no address")
    return str(address)


def _to_staff(notification: Notification) -> EmailMessage:
    user = notification.recipient
    if user is None or not user.is_active or not user.email:
        raise NobodyToTell("the account has no address")
    question: Question = notification.event.question
    link = f"{settings.SITE_URL}{reverse('admin:index')}"
    body = render_to_string("faq/mail/staff.txt", {"number": question.pk, "link": link})
    return EmailMessage(translate("Wenyi: question %(number)d") % {"number": question.pk}, body, to=[user.email])
