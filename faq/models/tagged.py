"""The tags of questions: concepts of the vocabulary."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.models import ItemBase

from search.models import Concept


class TaggedQuestion(ItemBase):
    """One tag of one question."""

    content_object = models.ForeignKey("faq.Question", on_delete=models.CASCADE, related_name="tagged")
    tag = models.ForeignKey(Concept, on_delete=models.PROTECT, related_name="tagged_questions")

    class Meta:
        verbose_name = _("tag of a question")
        verbose_name_plural = _("tags of questions")
        constraints = [models.UniqueConstraint(fields=["content_object", "tag"], name="taggedquestion_once")]

    def __str__(self) -> str:
        return f"{self.content_object_id}: {self.tag_id}"
