"""The neighbours of a question, chosen when it is published and never at reading."""

from collections.abc import Iterable
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from search.models.changing import changing

SHARED: Final = 8
"""How many shared concepts say why; more say nothing more."""


class SimilarQuestionQuerySet(models.QuerySet["SimilarQuestion"]):
    """Words about neighbours that chain."""

    def shown(self) -> "SimilarQuestionQuerySet":
        """Keep the neighbours that a page may name: public ones that no moderator has blocked."""
        return self.exclude(origin=SimilarQuestion.Origin.BLOCKED).filter(other__is_listed=True)

    def computed(self) -> "SimilarQuestionQuerySet":
        """Keep what nobody has decided about."""
        return self.filter(origin=SimilarQuestion.Origin.COMPUTED)

    def best_first(self) -> "SimilarQuestionQuerySet":
        """Order as pages show them: what a moderator pinned, then by score."""
        pinned = models.Case(models.When(origin=SimilarQuestion.Origin.PINNED, then=0), default=1)
        return self.order_by(pinned, "-score", "pk")


class SimilarQuestion(models.Model):
    """One neighbour of a question, with its score and what both share, the weightiest first.

    `shared` holds the numbers of concepts and `words` words of the question's own public text, one a line: a list of
    ten for every question of an archive leaves no room for a table of its own.
    """

    class Origin(models.TextChoices):
        COMPUTED = "computed", _("computed")
        PINNED = "pinned", _("pinned")
        BLOCKED = "blocked", _("blocked")

    question = models.ForeignKey("faq.Question", on_delete=models.CASCADE, related_name="similar")
    other = models.ForeignKey("faq.Question", on_delete=models.CASCADE, related_name="similar_to")
    score = models.FloatField(default=0)
    origin = models.CharField(max_length=8, choices=Origin, default=Origin.COMPUTED)
    shared = models.CharField(max_length=160, blank=True)
    words = models.CharField(max_length=80, blank=True)

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

    @property
    def shared_concepts(self) -> tuple[int, ...]:
        """The concepts that both are about (primary keys)."""
        return tuple(map(int, self.shared.split()))

    @property
    def shared_words(self) -> tuple[str, ...]:
        """The words that both have, as the question writes them."""
        return tuple(self.words.splitlines())

    @classmethod
    def decide(cls, question: models.Model, other: models.Model, origin: str) -> bool:
        """Pin or block a neighbour for a question, or leave it to the computation again; whether that is anything new.

        What is left to the computation goes until the neighbours are computed anew.
        """
        with changing() as keys:
            rows = cls.objects.filter(question=question.pk, other=other.pk)
            if origin == cls.Origin.COMPUTED:
                changed = bool(rows.exclude(origin=origin).delete()[0])
            else:
                row, is_new = cls.objects.get_or_create(question_id=question.pk, other_id=other.pk)
                changed = bool(rows.filter(pk=row.pk).exclude(origin=origin).update(origin=origin)) or is_new
            if changed:
                keys.add(f"similar:{question.pk}")
        return changed


def shared_column(concepts: Iterable[int]) -> str:
    """What the column `shared` holds for these concepts."""
    return " ".join(map(str, list(concepts)[:SHARED]))


class SurroundingsQuerySet(models.QuerySet["Surroundings"]):
    """Words about surroundings that chain."""

    def provisional(self, rules: int) -> "SurroundingsQuerySet":
        """Keep what was computed before the question stood in the index, or by older rules."""
        return self.filter(rules__lt=rules)


class Surroundings(models.Model):
    """What else lies round a question: its related topics (numbers, the nearest first), and by which rules all that
    was computed. `rules` 0: before the question stood in the index, so it is to be computed again."""

    question = models.OneToOneField(
        "faq.Question", on_delete=models.CASCADE, primary_key=True, related_name="surroundings"
    )
    topics = models.CharField(max_length=200, blank=True)
    rules = models.PositiveSmallIntegerField(default=0, db_index=True)

    objects = SurroundingsQuerySet.as_manager()

    class Meta:
        verbose_name = _("surroundings of a question")
        verbose_name_plural = _("surroundings of questions")

    def __str__(self) -> str:
        return str(self.question_id)

    @property
    def topic_numbers(self) -> list[int]:
        """The related topics (primary keys), the nearest first."""
        return [int(number) for number in self.topics.split()]
