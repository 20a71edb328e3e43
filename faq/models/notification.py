"""Mail that is owed: written by the verb in its own transaction, sent by the worker."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from faq.models.event import QuestionEvent


class Notification(models.Model):
    """One message about one event to one recipient, so that nobody hears the same thing twice.

    `recipient` None is the asker, whose address is sealed and read only when the mail is sent.
    """

    event = models.ForeignKey(QuestionEvent, on_delete=models.CASCADE, related_name="notifications")
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True)
    created_at = models.DateTimeField(_("when"), auto_now_add=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    not_before = models.DateTimeField(_("next attempt at"), auto_now_add=True)
    dropped = models.CharField(_("given up because"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        indexes = [models.Index(fields=["sent_at", "not_before"], name="notification_due")]
        constraints = [
            models.UniqueConstraint(fields=["event", "recipient"], name="notification_once"),
            models.UniqueConstraint(
                fields=["event"],
                condition=models.Q(recipient__isnull=True),
                name="notification_asker_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event_id}"
