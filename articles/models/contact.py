"""What readers write to the house."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ContactMessage(models.Model):
    """A message from the contact page; staff read it in the admin."""

    key = models.UUIDField(unique=True)
    language = models.CharField(_("language"), max_length=8)
    subject = models.CharField(_("subject"), max_length=120)
    body = models.TextField(_("message"))
    email = models.EmailField(_("reply to"), blank=True)
    created_at = models.DateTimeField(_("received at"), auto_now_add=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("handled by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    handled_at = models.DateTimeField(_("handled at"), null=True, blank=True)

    class Meta:
        verbose_name = _("message from a reader")
        verbose_name_plural = _("messages from readers")
        ordering = ("handled_at", "-created_at")

    def __str__(self) -> str:
        return self.subject
