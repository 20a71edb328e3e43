"""How often what is public was read: rows of a day, until the printed figure has taken them in."""

import datetime as dt
from collections.abc import Mapping
from typing import Final

from django.db import DEFAULT_DB_ALIAS, connections, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from search.models.document import Document

SETTLED: Final = dt.timedelta(hours=1)
"""How long after midnight the day before counts as finished: nobody is still writing to it."""
# The one statement that Django has no word for: its bulk_create can replace what is there, not add to it.
ADD: Final = (
    "INSERT INTO search_viewcount (key, day, count) VALUES (%s, %s, %s) "
    "ON CONFLICT (key, day) DO UPDATE SET count = search_viewcount.count + excluded.count"
)


class ViewCountQuerySet(models.QuerySet["ViewCount"]):
    """Words about counted views that chain."""

    def of_kind(self, kind: str) -> "ViewCountQuerySet":
        """Keep those of one kind of document ("question")."""
        return self.filter(key__startswith=f"{kind}:")

    def finished(self) -> "ViewCountQuerySet":
        """Keep the days that are over (Taipei), so that a figure taken from them is renewed once a day."""
        return self.filter(day__lt=timezone.localdate(timezone.now() - SETTLED))

    def write_down(self, counts: Mapping[str, int]) -> int:
        """Add views to today's rows in one transaction; returns how many were of something that is public.

        The day is that of writing, not of reading: so no row of a finished day grows, however long a batch had to
        wait for the database. What is public is asked of the primary, for a replica may not know it yet.
        """
        live = Document.objects.using(DEFAULT_DB_ALIAS).live().filter(key__in=counts).values_list("key", flat=True)
        today = timezone.localdate()
        # In the order of keys, so that two processes cannot wait for each other.
        rows = [(key, today, counts[key]) for key in sorted(live)]
        if rows:
            with transaction.atomic(), connections[DEFAULT_DB_ALIAS].cursor() as cursor:
                cursor.executemany(ADD, rows)
        return sum(count for _key, _day, count in rows)


class ViewCount(models.Model):
    """How often one public thing was read on one day, and is not yet in its printed figure."""

    key = models.CharField(max_length=80)
    day = models.DateField()
    count = models.PositiveIntegerField(default=0)

    objects = ViewCountQuerySet.as_manager()

    class Meta:
        verbose_name = _("counted views")
        verbose_name_plural = _("counted views")
        ordering = ("key", "day")
        constraints = [models.UniqueConstraint(fields=["key", "day"], name="viewcount_once_a_day")]

    def __str__(self) -> str:
        return f"{self.key} {self.day}: {self.count}"
