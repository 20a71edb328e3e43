"""The log of what happened to an article."""

from typing import Any, Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.states import Status, Who

ACTS: Final = {
    "submit": _("handed in for review"),
    "submit_changes": _("changes handed in for review"),
    "approve": _("approved as medically reviewed"),
    "still_valid": _("found still valid"),
    "send_back": _("sent back to the editors"),
    "send_back_changes": _("changes sent back to the editors"),
    "schedule": _("publication scheduled"),
    "unschedule": _("schedule taken back"),
    "publish": _("published"),
    "republish": _("changes published"),
    "expire": _("expired"),
    "withdraw": _("withdrawn"),
    "reopen": _("taken up again as a draft"),
    "restore": _("an old revision restored as a draft"),
    "decide": _("finding decided"),
}
"""What each act is called in the log."""


class ArticleEvent(models.Model):
    """Who moved an article from where to where, why and when. Rows are only ever added."""

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="events")
    act = models.CharField(_("act"), max_length=20)
    from_status = models.CharField(_("from"), max_length=10, choices=Status)
    to_status = models.CharField(_("to"), max_length=10, choices=Status)
    who = models.CharField(_("who"), max_length=10, choices=Who)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="article_events"
    )
    note = models.TextField(_("note"), blank=True)
    created_at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                condition=Q(who=Who.SYSTEM) | Q(actor__isnull=False), name="articleevent_staff_is_named"
            )
        ]

    def __str__(self) -> str:
        return f"{self.article_id} {self.act}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the row; an existing one is never rewritten."""
        if self.pk is not None:
            raise TypeError("An ArticleEvent is never changed.")
        super().save(*args, **kwargs)

    @property
    def label(self) -> str:
        """What happened, in the language of the page."""
        return str(ACTS.get(self.act, self.act))
