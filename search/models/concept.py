"""The bilingual vocabulary, which is also the tag of questions and articles."""

from collections.abc import Container
from itertools import chain, count
from typing import Any, Final

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from taggit.models import TagBase

from search.models.changing import changing
from search.models.document import Document, key_in
from search.relations import relations_to
from text.clean import clean_line
from text.fold import fold

FOLDED_LENGTH: Final = 240
SHOWN: Final = (
    ("name_en", "en"),
    ("name_zh_hant", "zh-hant"),
    ("display_en", "en"),
    ("display_zh_hant", "zh-hant"),
)
"""The columns that show a concept, with their languages: it is found by each of them."""


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
        with changing() as keys:
            accepted = list(self.filter(is_proposal=True).values_list("pk", flat=True))
            keys.update(f"concept:{pk}" for pk in accepted)
            return Concept.objects.filter(pk__in=accepted).update(is_proposal=False)


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
    display_en = models.CharField(
        _("shown in English as"),
        max_length=120,
        blank=True,
        help_text=_("What readers see, where that is not the name: SLE for systemic lupus erythematosus."),
    )
    display_zh_hant = models.CharField(
        _("shown in Chinese as"),
        max_length=120,
        blank=True,
        help_text=_("What readers see, where that is not the name."),
    )
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
        """Store the row, keep what it is shown by among the names it is found by, and tell what shows its name.

        A merged concept has no names any more: those that look for them are to find the other one.
        """
        for column, _language in SHOWN:
            setattr(self, column, clean_line(getattr(self, column)))
        if not getattr(self, "name", ""):
            self.name = self._free_key()
        is_new = self._state.adding
        with changing() as keys:
            super().save(*args, **kwargs)
            keys.add(f"concept:{self.pk}")
            if self.merged_into_id is None:
                self._keep_names()
            if not is_new:
                self.renew_documents()

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete the row, and tell what shows its name."""
        with changing() as keys:
            own = [key_in("concept", self.pk, language) for language in ("en", "zh-hant")]
            documents = Document.objects.filter(key__in=own, is_tombstone=False)
            keys.update([f"concept:{self.pk}", *documents.values_list("key", flat=True)])
            documents.bury()
            deleted: tuple[int, dict[str, int]] = super().delete(*args, **kwargs)
        return deleted

    def renew_documents(self) -> None:
        """Let what is found by this concept's name (a topic) put its document anew."""
        for relation in relations_to(Concept):
            if hasattr(relation.model, "renew_document"):
                for row in relation.of(self.pk):
                    row.renew_document()

    @property
    def label(self) -> str:
        """What readers see, in the language of the page where there is such a name."""
        english, chinese = self.display_en or self.name_en, self.display_zh_hant or self.name_zh_hant
        first, second = (chinese, english) if _is_chinese() else (english, chinese)
        return first or second

    @property
    def both_names(self) -> str:
        """Both names in full, that of the page's language first: what staff choose a tag by."""
        names = (self.name_zh_hant, self.name_en) if _is_chinese() else (self.name_en, self.name_zh_hant)
        return " · ".join(filter(None, names))

    @property
    def shown_names(self) -> dict[str, tuple[str, str]]:
        """What it is shown by, as folded name → (text, language), each once."""
        shown = [(getattr(self, column), language) for column, language in SHOWN]
        return {folded_name(text): (text, language) for text, language in reversed(shown) if text}

    def _keep_names(self) -> None:
        for folded, (text, language) in self.shown_names.items():
            row = {"text": text, "language": language}
            ConceptName.objects.get_or_create(concept=self, folded=folded, defaults=row)

    def _free_key(self) -> str:
        key = (self.name_en or self.name_zh_hant)[:90]
        return free_key(key, set(Concept.objects.filter(name__startswith=key).values_list("name", flat=True)))


def _is_chinese() -> bool:
    return (get_language() or "en").startswith("zh")


def free_key(wanted: str, taken: Container[str]) -> str:
    """taggit wants a unique `name`: the shown one, numbered where two concepts share it."""
    return next(name for name in chain([wanted], (f"{wanted} {n}" for n in count(2))) if name not in taken)


def folded_name(text: str) -> str:
    """Return the form by which a name is found; a few signs fold into many letters, and the column ends."""
    return fold(clean_line(text))[:FOLDED_LENGTH].strip()


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
        """Store the row with its folded form, which is what look-ups compare, and tell that its concept changed."""
        self.text = clean_line(self.text)
        self.folded = folded_name(self.text)
        with changing() as keys:
            super().save(*args, **kwargs)
            keys.add(f"concept:{self.concept_id}")

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete the row, and tell that its concept is found by one name less."""
        with changing() as keys:
            keys.add(f"concept:{self.concept_id}")
            deleted: tuple[int, dict[str, int]] = super().delete(*args, **kwargs)
        return deleted
