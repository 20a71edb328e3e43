"""How good the neighbours are, measured every night; and which texts spared somebody a question."""

import datetime as dt

from django.db import models
from django.db.models import F, Sum
from django.utils.translation import gettext_lazy as _


class NeighbourMeasure(models.Model):
    """The figures of one night. `orphans` are numbers of public questions without a neighbour, the newest first."""

    measured_on = models.DateField(_("measured on"), unique=True)
    public = models.PositiveIntegerField(_("public questions"), default=0)
    without = models.PositiveIntegerField(_("without a neighbour"), default=0)
    pairs = models.PositiveIntegerField(_("pairs"), default=0)
    unexplained = models.PositiveIntegerField(_("pairs without a common concept"), default=0)
    pinned = models.PositiveIntegerField(_("pinned pairs"), default=0)
    blocked = models.PositiveIntegerField(_("blocked pairs"), default=0)
    orphans = models.JSONField(default=list)

    class Meta:
        verbose_name = _("quality of similar questions")
        verbose_name_plural = _("quality of similar questions")
        ordering = ("-measured_on",)

    def __str__(self) -> str:
        return str(self.measured_on)

    @property
    def unexplained_share(self) -> float:
        """Which part of the pairs has no common concept, in per cent."""
        return 100 * self.unexplained / self.pairs if self.pairs else 0

    @property
    def without_share(self) -> float:
        """Which part of the public questions has no neighbour, in per cent."""
        return 100 * self.without / self.public if self.public else 0


class SparedQuestionQuerySet(models.QuerySet["SparedQuestion"]):
    """Words about counts that chain."""

    def since(self, day: dt.date) -> "SparedQuestionQuerySet":
        """Keep the counts from that day on."""
        return self.filter(day__gte=day)

    def most(self, limit: int) -> dict[str, int]:
        """How often each document (key) answered somebody, the most often first."""
        rows = self.order_by().values("key").annotate(total=Sum("times")).order_by("-total", "key")
        return dict(rows.values_list("key", "total")[:limit])


class SparedQuestion(models.Model):
    """How often on one day a document was what somebody had wanted to ask: no word, and nobody, is kept with it."""

    key = models.CharField(max_length=80)
    day = models.DateField()
    times = models.PositiveIntegerField(default=0)

    objects = SparedQuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("spared question")
        verbose_name_plural = _("spared questions")
        constraints = [models.UniqueConstraint(fields=["key", "day"], name="sparedquestion_once_a_day")]

    def __str__(self) -> str:
        return self.key

    @classmethod
    def count(cls, key: str, day: dt.date) -> None:
        """Count one more for a document."""
        row, _is_new = cls.objects.get_or_create(key=key, day=day)
        cls.objects.filter(pk=row.pk).update(times=F("times") + 1)
