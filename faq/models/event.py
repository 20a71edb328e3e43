"""The log of what happened to a question."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from faq.states import Status, Who


class QuestionEvent(models.Model):
    """Who moved or changed what, from where to where, why and when. Rows are only ever added."""

    question = models.ForeignKey("faq.Question", on_delete=models.PROTECT, related_name="events")
    act = models.CharField(_("act"), max_length=24)
    from_status = models.CharField(_("from"), max_length=10, choices=Status, blank=True)
    to_status = models.CharField(_("to"), max_length=10, choices=Status, blank=True)
    who = models.CharField(_("who"), max_length=10, choices=Who)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="question_events",
    )
    reason = models.CharField(_("reason"), max_length=24, blank=True)
    note = models.TextField(_("note"), blank=True)
    created_at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(who__in=[Who.PHYSICIAN, Who.MODERATOR]) | models.Q(actor__isnull=False),
                name="event_staff_is_named",
            )
        ]

    def __str__(self) -> str:
        return f"{self.question_id} {self.act}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the row; an existing one is never rewritten."""
        if self.pk is not None:
            raise TypeError("A QuestionEvent is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refuse: the log is append-only."""
        raise TypeError("A QuestionEvent is never deleted.")
