"""The neighbours of a topic, computed by the clock and when a topic is saved, never at reading."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RelatedTopicQuerySet(models.QuerySet["RelatedTopic"]):
    """Words about neighbours of topics that chain."""

    def shown(self) -> "RelatedTopicQuerySet":
        """Keep those that a page may name, the nearest first."""
        return self.filter(other__is_public=True).order_by("-score", "other_id")


class RelatedTopic(models.Model):
    """One neighbour of a topic. `score` counts the public questions about both; a half is the department's."""

    topic = models.ForeignKey("faq.Topic", on_delete=models.CASCADE, related_name="related")
    other = models.ForeignKey("faq.Topic", on_delete=models.CASCADE, related_name="related_to")
    score = models.FloatField(default=0)

    objects = RelatedTopicQuerySet.as_manager()

    class Meta:
        verbose_name = _("related topic")
        verbose_name_plural = _("related topics")
        ordering = ("-score", "other_id")
        constraints = [
            models.UniqueConstraint(fields=["topic", "other"], name="relatedtopic_once"),
            models.CheckConstraint(condition=~models.Q(topic=models.F("other")), name="relatedtopic_not_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.topic_id} ~ {self.other_id}"
