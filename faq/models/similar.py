"""The neighbours of a question, chosen when it is published and never at reading."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from search.models import Concept


class SimilarQuestionQuerySet(models.QuerySet["SimilarQuestion"]):
    """Words about neighbours that chain."""

    def shown(self) -> "SimilarQuestionQuerySet":
        """Keep the neighbours that a page may name: public ones that no moderator has blocked."""
        return self.exclude(origin=SimilarQuestion.Origin.BLOCKED).filter(other__is_listed=True)

    def best_first(self) -> "SimilarQuestionQuerySet":
        """Order as pages show them: what a moderator pinned, then by score."""
        pinned = models.Case(models.When(origin=SimilarQuestion.Origin.PINNED, then=0), default=1)
        return self.order_by(pinned, "-score", "pk")


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

    objects = SimilarQuestionQuerySet.as_manager()

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
