"""Questions that a topic shows before all others, in the order that moderators and editors gave them."""

from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.db import models
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from people.models import User
from search.changes import changing

if TYPE_CHECKING:
    from faq.models.thread import Thread

MOST: Final = 10
"""How many questions a topic features; more would be the list of all again."""


class NotFeaturable(Exception):
    """The question cannot be featured on the topic; the message is a sentence for the person."""


class FeaturedQuestionQuerySet(models.QuerySet["FeaturedQuestion"]):
    """Words about featured questions that chain."""

    def shown(self) -> "FeaturedQuestionQuerySet":
        """Keep those that a page may name: a question that was taken down since waits here for its return."""
        return self.filter(question__is_listed=True)


class FeaturedQuestion(models.Model):
    """One question on top of one topic's page, and who put it there."""

    topic = models.ForeignKey("faq.Topic", on_delete=models.CASCADE, related_name="featured", verbose_name=_("topic"))
    question = models.ForeignKey(
        "faq.Question", on_delete=models.CASCADE, related_name="featured_on", verbose_name=_("question")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="featured_questions")
    created_at = models.DateTimeField(_("when"), auto_now_add=True)

    objects = FeaturedQuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("featured question")
        verbose_name_plural = _("featured questions")
        ordering = ("order", "pk")
        constraints = [models.UniqueConstraint(fields=["topic", "question"], name="featuredquestion_once_a_topic")]

    def __str__(self) -> str:
        return f"{self.topic_id}: {self.question_id}"

    @classmethod
    def append(cls, topic: models.Model, question: "Thread", *, by: User) -> bool:
        """Put a question behind the others of a topic; False where it stands there already."""
        last = cls.objects.filter(topic_id=topic.pk).aggregate(last=Max("order"))["last"]
        order = 0 if last is None else last + 1
        _row, is_new = cls.objects.get_or_create(
            topic_id=topic.pk, question_id=question.pk, defaults={"order": order, "by": by}
        )
        return is_new

    @classmethod
    def follow(cls, merged: int, survivor: Any, *, by: User) -> None:
        """Feature the survivor in the place of a question (by its number) that was merged into it.

        Where the survivor does not belong to the topic, the place stays empty until the two are parted.
        """
        with changing() as keys:
            for row in cls.objects.filter(question_id=merged).select_related("topic"):
                keys.add(f"topic:{row.topic_id}")
                if row.topic.takes(survivor):
                    place = {"order": row.order, "by": by}
                    cls.objects.get_or_create(topic=row.topic, question_id=survivor.pk, defaults=place)

    @classmethod
    def swap(cls, topic: models.Model, number: int, step: int) -> bool:
        """Move the question of that number one place up (-1) or down (1) on a topic; False at the end of the list."""
        rows = list(cls.objects.filter(topic_id=topic.pk).select_for_update())
        numbers = [row.question_id for row in rows]
        place = numbers.index(number) if number in numbers else -1
        if place < 0 or not 0 <= place + step < len(rows):
            return False
        rows[place], rows[place + step] = rows[place + step], rows[place]
        for order, row in enumerate(rows):
            cls.objects.filter(pk=row.pk).exclude(order=order).update(order=order)
        return True
