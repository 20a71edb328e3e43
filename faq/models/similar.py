"""The neighbours of a question, chosen when it is published and never at reading."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from search.models import Concept


class SimilarQuestion(models.Model):
    """One neighbour of a question, with its score and the shared concepts that say why."""

    class Origin(models.TextChoices):
        COMPUTED = "computed", _("computed")
        PINNED = "pinned", _("pinned")
        BLOCKED = "blocked", _("blocked")

    question = models.ForeignKey("faq.Question", on_delete=models.CASCADE, related_name="similar")
    other = models.ForeignKey("faq.Question", on_delete=models.CASCADE, related_name="similar_to")
    score = models.FloatField(default=0)
    origin = models.CharField(max_length=8, choices=Origin, default=Origin.COMPUTED)
    shared = models.ManyToManyField(Concept, blank=True)

    class Meta:
        verbose_name = _("similar question")
        verbose_name_plural = _("similar questions")
        ordering = ("-score", "pk")
        constraints = [
            models.UniqueConstraint(fields=["question", "other"], name="similarquestion_once"),
            models.CheckConstraint(
                condition=~models.Q(question=models.F("other")),
                name="similarquestion_not_itself",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question_id} ~ {self.other_id}"
