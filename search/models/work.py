"""Long work: what an import, a reindexing or a merging has done so far, for those who wait for it."""

import datetime as dt
from typing import Any, Final

from django.conf import settings
from django.db import models
from django.db.models import F, Value
from django.db.models.functions import Least
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

SILENT: Final = dt.timedelta(minutes=5)
"""Work that has said nothing for so long was cut off, or waits for a worker."""
KEPT: Final = dt.timedelta(days=400)


class WorkQuerySet(models.QuerySet["Work"]):
    """Words about long work that chain."""

    def unfinished(self) -> "WorkQuerySet":
        """Keep what has no end yet."""
        return self.filter(finished_at__isnull=True)

    def under_way(self) -> "WorkQuerySet":
        """Keep what has no end yet and said something lately."""
        return self.unfinished().filter(touched_at__gt=timezone.now() - SILENT)

    def forget_old(self) -> int:
        """Delete what is over since KEPT; returns how many rows."""
        return self.filter(touched_at__lt=timezone.now() - KEPT).delete()[0]


class Work(models.Model):
    """One piece of long work. `kind` and the numbers of its `figures` are put into words where they are shown; `error`
    is the name of what stopped it. `total` is 0 while nobody knows how much there is to do."""

    kind = models.CharField(max_length=24)
    subject = models.CharField(max_length=200, blank=True)
    total = models.PositiveBigIntegerField(default=0)
    done = models.PositiveBigIntegerField(default=0)
    figures = models.JSONField(default=dict)
    error = models.CharField(max_length=80, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    touched_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)

    objects = WorkQuerySet.as_manager()

    class Meta:
        verbose_name = _("long work")
        verbose_name_plural = _("long work")
        ordering = ("-pk",)
        permissions = [("start_work", "Can start long work: build the index, compute all neighbours")]
        indexes = [models.Index(fields=["-id"], condition=models.Q(finished_at=None), name="work_unfinished")]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"

    def begin(self, *, total: int = 0) -> None:
        """Say that it runs now, from the beginning: a task that is put back begins again."""
        now = timezone.now()
        self._write(total=total, done=0, error="", started_at=now, touched_at=now, finished_at=None)

    def tell(self, done: int) -> None:
        """Say how much is done."""
        self._write(done=done, touched_at=timezone.now())

    def finish(self, *, done: int, figures: dict[str, int]) -> None:
        """Say that it is over, and what came of it."""
        now = timezone.now()
        self._write(done=done, total=max(self.total, done), figures=figures, touched_at=now, finished_at=now)

    def fail(self, error: str) -> None:
        """Say that it stopped, and what stopped it (the name of an error)."""
        now = timezone.now()
        self._write(error=error[:80], touched_at=now, finished_at=now)

    @classmethod
    def part_done(cls, pk: int, count: int) -> None:
        """Say that a task did `count` of the work that was divided among several; the last one finishes it."""
        now = timezone.now()
        rows = cls.objects.filter(pk=pk)
        rows.update(done=Least(F("done") + Value(count), F("total")), touched_at=now)
        rows.unfinished().filter(done__gte=F("total")).update(finished_at=now)

    def _write(self, **columns: Any) -> None:
        for name, value in columns.items():
            setattr(self, name, value)
        Work.objects.filter(pk=self.pk).update(**columns)

    @property
    def is_over(self) -> bool:
        """Whether it came to an end, good or bad."""
        return self.finished_at is not None

    @property
    def is_silent(self) -> bool:
        """Whether it has no end and has said nothing for some time."""
        return not self.is_over and self.touched_at < timezone.now() - SILENT
