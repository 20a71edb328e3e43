"""The tags of questions: concepts of the vocabulary."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.models import ItemBase

from search.models import Concept


class TaggedQuestionQuerySet(models.QuerySet["TaggedQuestion"]):
    """Words about the tags of questions that chain."""

    def on_public(self, prefix: str) -> "TaggedQuestionQuerySet":
        """Keep the tags of public questions that are served under an address prefix."""
        return self.filter(content_object__is_listed=True, content_object__prefix=prefix)


class TaggedQuestion(ItemBase):
    """One tag of one question."""

    content_object = models.ForeignKey("faq.Question", on_delete=models.CASCADE, related_name="tagged")
    tag = models.ForeignKey(Concept, on_delete=models.PROTECT, related_name="tagged_questions")

    objects = TaggedQuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("tag of a question")
        verbose_name_plural = _("tags of questions")
        # A concept's newest threads, without reading all that carry it.
        indexes = [models.Index(fields=["tag", "-content_object"], name="taggedquestion_newest")]
        constraints = [models.UniqueConstraint(fields=["content_object", "tag"], name="taggedquestion_once")]

    def __str__(self) -> str:
        return f"{self.content_object_id}: {self.tag_id}"
