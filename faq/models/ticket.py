"""The asker's way back to a question: a secret address, derived and never stored."""

import datetime as dt
import hashlib
import hmac
import uuid
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from text import codes

if TYPE_CHECKING:
    from faq.models.question import Question

LIFETIME: Final = dt.timedelta(days=365)


class TicketQuerySet(models.QuerySet["Ticket"]):
    """Words about tickets that chain."""

    def current(self) -> "TicketQuerySet":
        """Leave out what has expired."""
        return self.filter(expires_at__gt=timezone.now())

    def opened_by(self, typed: str) -> "TicketQuerySet":
        """Keep the ticket that a typed code opens; none where it is not a code at all."""
        secret = codes.normalise(typed)
        return self.filter(digest=digest_of(secret)) if secret else self.none()


def digest_of(secret: str) -> str:
    """Return the SHA-256, in hex, by which a ticket is found."""
    return hashlib.sha256(secret.encode()).hexdigest()


def derived_secret(key: str, uuid_hex: str, rotation: int) -> str:
    """Return the 160-bit code (32 characters) of a question's uuid and rotation under `key`."""
    mac = hmac.new(
        b"wenyi.ticket:" + key.encode(),
        f"{uuid_hex}:{rotation}".encode(),
        hashlib.sha256,
    )
    return codes.encode(mac.digest()[:20])


def _expiry() -> dt.datetime:
    return timezone.now() + LIFETIME


class Ticket(models.Model):
    """What lets an asker back in. The row holds only a hash of the secret."""

    question = models.OneToOneField("faq.Question", on_delete=models.CASCADE, related_name="ticket")
    rotation = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64, unique=True)
    rotated_with = models.UUIDField(
        null=True,
        db_index=True,
        editable=False,
        help_text=_("Key of the form that gave the present secret: the same form sent again leads to it."),
    )
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(_("expires at"), default=_expiry)

    objects = TicketQuerySet.as_manager()

    class Meta:
        verbose_name = _("ticket")
        verbose_name_plural = _("tickets")

    def __str__(self) -> str:
        return f"{self.question_id}"

    def get_absolute_url(self) -> str:
        return reverse("faq:ticket_detail", args=[self.secret or "unknown"])

    @classmethod
    def issue(cls, question: "Question") -> "Ticket":
        """Make the ticket of a question that has none."""
        ticket = cls(question=question)
        ticket.digest = digest_of(derived_secret(settings.SECRET_KEY, ticket.question.uuid.hex, 0))
        ticket.save()
        return ticket

    @property
    def secret(self) -> str | None:
        """The code, derived again; None when the key it was made with is gone (the old address still opens)."""
        for key in [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]:
            secret = derived_secret(key, self.question.uuid.hex, self.rotation)
            if hmac.compare_digest(digest_of(secret), self.digest):
                return secret
        return None

    def renew(self) -> None:
        """Let it live another year from now."""
        self.expires_at = _expiry()
        self.save(update_fields=["expires_at"])

    def rotate(self, *, key: uuid.UUID | None = None) -> None:
        """Give the question a new secret; the old address stops opening at once.

        `key` is the form's: whoever sends that very form twice finds the new address with it.
        """
        self.rotation += 1
        self.rotated_with = key
        self.digest = digest_of(derived_secret(settings.SECRET_KEY, self.question.uuid.hex, self.rotation))
        self.save(update_fields=["rotation", "rotated_with", "digest"])
