"""Counts per visitor for our own limits: a table, because the database cache cannot count atomically."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RateCount(models.Model):
    """How often one visitor key did one thing in one window. The key is an HMAC with a daily key, never an address."""

    scope = models.CharField(max_length=40)
    visitor = models.CharField(max_length=64)
    window = models.BigIntegerField(help_text=_("Number of the window since the epoch."))
    count = models.PositiveIntegerField(default=0)
    ends_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("rate count")
        verbose_name_plural = _("rate counts")
        constraints = [models.UniqueConstraint(fields=["scope", "visitor", "window"], name="ratecount_once_a_window")]

    def __str__(self) -> str:
        return f"{self.scope} {self.window}: {self.count}"
