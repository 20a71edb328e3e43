"""What is public, and in which order it changed."""

import uuid
from typing import Final

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

TEXTS: Final = (
    *("title", "folded_title", "body", "replies", "teaser", "tags", "concepts", "title_concepts"),
    *("segmented_title", "segmented_body", "segmented_replies", "path", "care_level"),
)
"""The columns that hold words of the text, or what was made of them (the address holds those of the title), or what
was advised: a tombstone has none."""
IN_BOTH: Final = frozenset({"department", "physician", "concept"})
"""The kinds of which each thing has a document in each language."""


def key_in(kind: str, pk: int, language: str) -> str:
    """The key of the document of something that has both languages on its row."""
    return f"{kind}:{pk}-{language}"


class DocumentQuerySet(models.QuerySet["Document"]):
    """Words about documents that chain."""

    def live(self) -> "DocumentQuerySet":
        """Leave out tombstones, and what is over whether or not the worker has buried it yet."""
        return self.filter(is_tombstone=False).exclude(ends_at__isnull=False, ends_at__lte=timezone.now())

    def bury(self) -> int:
        """Make empty tombstones of them; returns how many. `search.changes` tells of it."""
        return self.update(is_tombstone=True, **dict.fromkeys(TEXTS, ""))

    def titled_with(self, words: list[str]) -> "DocumentQuerySet":
        """Keep documents whose title contains every one of the folded words."""
        condition = Q()
        for word in words:
            condition &= Q(folded_title__contains=word)
        return self.filter(condition) if words else self.none()


class Document(models.Model):
    """One public thing (question, topic, article, …) as it can be found. Withdrawn, it stays as an empty tombstone.

    What is written in one language has one document (`question:5`, `page:2`). A department, physician or concept has
    its names in both languages, and so two documents, `physician:5-en` and `physician:5-zh-hant`, each with the title
    and the path of its language and with the other names in the first lines of its body: who looks under one prefix is
    shown the one of its language, and the other is the same thing again (`twin_key`).
    """

    key = models.CharField(
        max_length=80,
        unique=True,
        help_text=_("Kind and number, such as question:193985."),
    )
    kind = models.CharField(max_length=16)
    language = models.CharField(max_length=8)
    department = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=300, blank=True)
    folded_title = models.CharField(max_length=600, blank=True)
    body = models.TextField(blank=True)
    replies = models.TextField(blank=True)
    teaser = models.CharField(max_length=300, blank=True)
    path = models.CharField(max_length=600, blank=True)
    listed_on = models.DateField(null=True)
    ends_at = models.DateTimeField(null=True)
    care_level = models.CharField(max_length=10, blank=True)
    is_outdated = models.BooleanField(default=False)
    is_tombstone = models.BooleanField(default=False)
    tags = models.TextField(blank=True, help_text=_("Numbers of the concepts that somebody tagged it with."))
    # Derived from the above by `search.changes`, as `text.cutting` and the vocabulary stood at `cut_version`.
    segmented_title = models.TextField(blank=True)
    segmented_body = models.TextField(blank=True)
    segmented_replies = models.TextField(blank=True)
    concepts = models.TextField(blank=True, help_text=_("Numbers of the concepts that it names, the title's first."))
    title_concepts = models.TextField(blank=True)
    cut_version = models.PositiveSmallIntegerField(default=0, db_index=True)
    number = models.BigIntegerField(default=0, db_index=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        indexes = [models.Index(fields=["kind", "language", "-listed_on"], name="document_kind_language")]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_tombstone=False) | Q(**dict.fromkeys(TEXTS, "")),
                name="document_tombstone_is_empty",
            )
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def twin_key(self) -> str:
        """The key of the document of the same thing in the other language; empty for what has one document."""
        if self.kind not in IN_BOTH:
            return ""
        thing, _sign, language = self.key.partition("-")
        return f"{thing}-{'en' if language != 'en' else 'zh-hant'}"


class ChangeCounter(models.Model):
    """The last number given. Its one row is the lock that keeps numbers in the order of commits.

    `vocabulary` is the last number under which a concept changed. `identity` names the database to the files that are
    made from it: an index of another one is foreign. Up to `learnt` the documents know what concepts are called.
    """

    last = models.BigIntegerField(default=0)
    vocabulary = models.BigIntegerField(default=0)
    learnt = models.BigIntegerField(default=0)
    identity = models.UUIDField(default=uuid.uuid4)

    class Meta:
        verbose_name = _("change counter")
        verbose_name_plural = _("change counters")

    def __str__(self) -> str:
        return str(self.last)


class Change(models.Model):
    """Something that can alter a page changed; what was changed together has one number."""

    number = models.BigIntegerField()
    key = models.CharField(max_length=80)
    changed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        ordering = ("number", "pk")
        constraints = [models.UniqueConstraint(fields=["number", "key"], name="change_number_key")]

    def __str__(self) -> str:
        return f"{self.number} {self.key}"
