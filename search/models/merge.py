"""The merging of two concepts, and the journal by which it is undone."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from search.models.concept import Concept


class ConceptMergeQuerySet(models.QuerySet["ConceptMerge"]):
    """Words about mergings that chain."""

    def standing(self) -> "ConceptMergeQuerySet":
        """Leave out what was undone."""
        return self.filter(undone_at__isnull=True)


class ConceptMerge(models.Model):
    """One concept became another: who did it and when, and who took it back."""

    loser = models.ForeignKey(Concept, on_delete=models.PROTECT, related_name="+", verbose_name=_("merged"))
    survivor = models.ForeignKey(Concept, on_delete=models.PROTECT, related_name="+", verbose_name=_("into"))
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("merged by")
    )
    merged_at = models.DateTimeField(_("merged at"), auto_now_add=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("undone by")
    )
    undone_at = models.DateTimeField(_("undone at"), null=True)

    objects = ConceptMergeQuerySet.as_manager()

    class Meta:
        verbose_name = _("merging of concepts")
        verbose_name_plural = _("mergings of concepts")
        ordering = ("-pk",)
        constraints = [
            models.CheckConstraint(condition=~models.Q(loser=models.F("survivor")), name="conceptmerge_of_two"),
            models.UniqueConstraint(
                fields=["loser"], condition=models.Q(undone_at=None), name="conceptmerge_standing_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.loser_id} → {self.survivor_id}"


class ConceptMergeRow(models.Model):
    """A row that a merging changed: its old value where it was moved, the whole row where it was dropped."""

    merge = models.ForeignKey(ConceptMerge, on_delete=models.CASCADE, related_name="rows")
    model = models.CharField(max_length=80)
    row = models.CharField(max_length=40)
    column = models.CharField(max_length=60)
    old = models.CharField(max_length=40)
    dropped = models.JSONField(null=True)
    kept = models.CharField(max_length=40, blank=True, help_text=_("The row that made a dropped one a duplicate."))

    class Meta:
        verbose_name = _("row of a merging")
        verbose_name_plural = _("rows of mergings")
        ordering = ("pk",)
        indexes = [models.Index(fields=["model", "kept"], name="conceptmergerow_kept")]

    def __str__(self) -> str:
        return f"{self.model} {self.row}"
