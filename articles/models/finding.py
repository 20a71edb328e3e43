"""What the patient-data guard found in an article; nothing is published while one is undecided."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ArticleFinding(models.Model):
    """A number or address in the words of an article. An editor takes it out, or says that it belongs to nobody."""

    class Decision(models.TextChoices):
        OPEN = "open", _("open")
        KEEP = "keep", _("stays: it belongs to no patient")

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="findings")
    kind = models.CharField(_("kind"), max_length=16)
    excerpt = models.CharField(_("words"), max_length=200)
    decision = models.CharField(_("decision"), max_length=8, choices=Decision, default=Decision.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["article", "kind", "excerpt"], name="articlefinding_once")]

    def __str__(self) -> str:
        return f"{self.article_id} {self.kind}"
