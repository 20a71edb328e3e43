"""The bilingual vocabulary, which is also the tag of questions and articles."""

from itertools import chain, count
from typing import Any, Final

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from taggit.models import TagBase

from text.fold import fold

FOLDED_LENGTH: Final = 240


class ConceptQuerySet(models.QuerySet["Concept"]):
    """Words about concepts that chain."""

    def accepted(self) -> "ConceptQuerySet":
        """Leave out proposals and what was merged into another concept."""
        return self.filter(is_proposal=False, merged_into__isnull=True)

    def called(self, text: str) -> "ConceptQuerySet":
        """Keep concepts that have exactly this name in either language, however it is written."""
        return self.filter(Exists(ConceptName.objects.filter(concept=OuterRef("pk"), folded=folded_name(text))))

    def proposed(self, text: str, language: str) -> "Concept":
        """Return the accepted concept or the proposal called so, or a new proposal for somebody to accept."""
        known = self.filter(merged_into__isnull=True).called(text).order_by("is_proposal", "pk").first()
        column = "name_en" if language == "en" else "name_zh_hant"
        return known or self.create(**{column: text, "is_proposal": True})

    def accept(self) -> int:
        """Take proposals into the vocabulary; returns how many."""
        return self.filter(is_proposal=True).update(is_proposal=False)


class Concept(TagBase):
    """An idea of the vocabulary with its names in both languages. `name` is taggit's internal key and never shown."""

    class Kind(models.TextChoices):
        DISEASE = "disease", _("disease")
        SYMPTOM = "symptom", _("symptom")
        DRUG = "drug", _("drug")
        TREATMENT = "treatment", _("treatment")
        TEST = "test", _("test")
        BODY = "body", _("part of the body")
        PREVENTION = "prevention", _("prevention")
        OTHER = "other", _("other")

    name_en = models.CharField(_("name in English"), max_length=120, blank=True)
    name_zh_hant = models.CharField(_("name in Chinese"), max_length=120, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.OTHER)
    is_proposal = models.BooleanField(
        _("proposal"),
        default=False,
        help_text=_("Typed by somebody and not yet accepted into the vocabulary."),
    )
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("merged into"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="merged",
    )

    objects = ConceptQuerySet.as_manager()

    class Meta:
        verbose_name = _("concept")
        verbose_name_plural = _("concepts")
        ordering = ("name",)
        constraints = [
            models.CheckConstraint(
                condition=~Q(name_en="", name_zh_hant=""),
                name="concept_has_a_shown_name",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the row and keep its two shown names among the names it is found by."""
        if not getattr(self, "name", ""):
            self.name = self._free_key()
        super().save(*args, **kwargs)
        for text, language in ((self.name_en, "en"), (self.name_zh_hant, "zh-hant")):
            if text:
                ConceptName.objects.get_or_create(
                    concept=self,
                    folded=folded_name(text),
                    defaults={"text": text, "language": language},
                )

    @property
    def label(self) -> str:
        """The name as people write it, in the language of the page where there is one."""
        chinese = (get_language() or "en").startswith("zh")
        first, second = (self.name_zh_hant, self.name_en) if chinese else (self.name_en, self.name_zh_hant)
        return first or second

    @property
    def both_names(self) -> str:
        """Both shown names, that of the page's language first: what staff choose a tag by."""
        other = self.name_en if self.label == self.name_zh_hant else self.name_zh_hant
        return f"{self.label} · {other}" if other else self.label

    def _free_key(self) -> str:
        """taggit wants a unique `name`: the shown one, numbered where two concepts share it."""
        key = (self.name_en or self.name_zh_hant)[:90]
        taken = set(Concept.objects.filter(name__startswith=key).values_list("name", flat=True))
        return next(name for name in chain([key], (f"{key} {n}" for n in count(2))) if name not in taken)


def folded_name(text: str) -> str:
    """Return the form by which a name is found; a few signs fold into many letters, and the column ends."""
    return fold(text)[:FOLDED_LENGTH].strip()


class ConceptName(models.Model):
    """One name of a concept: a synonym, an abbreviation or a shown name."""

    concept = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="names")
    text = models.CharField(_("name"), max_length=120)
    language = models.CharField(_("language"), max_length=8, choices=[("en", "English"), ("zh-hant", "中文")])
    folded = models.CharField(max_length=FOLDED_LENGTH, db_index=True, editable=False)

    class Meta:
        verbose_name = _("name of a concept")
        verbose_name_plural = _("names of concepts")
        ordering = ("language", "text")
        constraints = [models.UniqueConstraint(fields=["concept", "folded"], name="conceptname_once_a_concept")]

    def __str__(self) -> str:
        return self.text

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the row with its folded form, which is what look-ups compare."""
        self.folded = folded_name(self.text)
        super().save(*args, **kwargs)
