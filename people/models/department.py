"""Clinical departments and what each asks for when it takes a question."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from people.languages import in_language
from people.models.bilingual import Findable
from people.models.user import User
from search.changes import changing
from search.models import Document


class DepartmentQuerySet(models.QuerySet["Department"]):
    """Words about departments that chain."""

    def taking_questions(self, on: dt.date | None = None) -> "DepartmentQuerySet":
        """Keep the departments whose intake is open on that day (today if not given); quotas are not counted."""
        today = on or timezone.localdate()
        return self.filter(models.Q(is_open=True) | models.Q(reopens_on__lte=today))

    def covered_by(self, user: User) -> "DepartmentQuerySet":
        """Keep the departments whose texts an account works on: its own as a physician, or all of them."""
        if user.has_perm("people.cover_every_department"):
            return self
        return self.filter(physicians__user_id=user.pk)


class Department(Findable):
    """A clinical department: its names, and how it takes, reviews and publishes questions."""

    document_kind = "department"

    class Kind(models.TextChoices):
        PHYSICIAN = "physician", _("physicians")
        PHARMACIST = "pharmacist", _("pharmacists")
        DIETITIAN = "dietitian", _("dietitians")
        COUNSELLING = "counselling", _("counselling")

    class PublishPolicy(models.TextChoices):
        MODERATOR = "moderator", _("a moderator publishes")
        AUTOMATIC = (
            "automatic",
            _("published by the system when every condition is met"),
        )

    slug = models.SlugField(_("address name"), max_length=60, unique=True)
    name_en = models.CharField(_("name in English"), max_length=80, unique=True)
    name_zh_hant = models.CharField(_("name in Chinese"), max_length=80, unique=True)
    description_en = models.CharField(_("description in English"), max_length=300, blank=True)
    description_zh_hant = models.CharField(_("description in Chinese"), max_length=300, blank=True)
    kind = models.CharField(_("who answers"), max_length=12, choices=Kind, default=Kind.PHYSICIAN)
    order = models.PositiveSmallIntegerField(_("order"), default=0, db_index=True)
    is_open = models.BooleanField(_("takes questions"), default=True)
    reopens_on = models.DateField(
        _("reopens on"),
        null=True,
        blank=True,
        help_text=_("A closed department takes questions again from this day."),
    )
    daily_quota = models.PositiveSmallIntegerField(
        _("questions a day"),
        null=True,
        blank=True,
        help_text=_("Empty means that there is no limit."),
    )
    publish_policy = models.CharField(
        _("who publishes"),
        max_length=10,
        choices=PublishPolicy,
        default=PublishPolicy.MODERATOR,
    )
    second_reading = models.BooleanField(
        _("second reading"),
        default=False,
        help_text=_("Another verified physician must confirm an answer before it is published."),
    )

    objects = DepartmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("department")
        verbose_name_plural = _("departments")
        ordering = ("order", "slug")
        permissions = [("cover_every_department", "Works for every department, not only for the own ones")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store, and say that the pages that name the department changed."""
        with changing() as keys:
            super().save(*args, **kwargs)
            keys.add(f"department:{self.pk}")
            self.renew_documents()
            # They are found by the names of their departments.
            for physician in self.physicians.all():
                physician.renew_documents()

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete, and let nobody find it."""
        with changing() as keys:
            keys.add(f"department:{self.pk}")
            self.bury_documents()
            return super().delete(*args, **kwargs)

    def document(self) -> Document:
        """Its name, the other name, and what belongs there."""
        other = in_language(get_language(), en=self.name_zh_hant, zh_hant=self.name_en)
        return Document(
            department=self.slug,
            title=self.name,
            body=f"{other}\n\n{self.description}",
            teaser=self.description,
            path=self.get_absolute_url(),
        )

    def get_absolute_url(self) -> str:
        return reverse("faq:department_detail", args=[self.slug])

    @property
    def name(self) -> str:
        """The name in the language of the page."""
        return in_language(get_language(), en=self.name_en, zh_hant=self.name_zh_hant)

    @property
    def description(self) -> str:
        """The one-sentence description in the language of the page."""
        return in_language(get_language(), en=self.description_en, zh_hant=self.description_zh_hant)

    def takes_questions(self, on: dt.date | None = None) -> bool:
        """Say whether intake is open on that day; the daily quota is asked of the questions, not here."""
        return self.is_open or (self.reopens_on is not None and self.reopens_on <= (on or timezone.localdate()))


class IntakeField(models.Model):
    """One more thing that a department asks for. Never a name, a birth date or an identity number."""

    class Kind(models.TextChoices):
        CHOICE = "choice", _("choice")
        TEXT = "text", _("short text")
        NUMBER = "number", _("number with unit")

    department = models.ForeignKey(Department, on_delete=models.CASCADE, related_name="intake_fields")
    key = models.SlugField(_("key"), max_length=40)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    label_en = models.CharField(_("label in English"), max_length=120)
    label_zh_hant = models.CharField(_("label in Chinese"), max_length=120)
    reason_en = models.CharField(_("why it is asked, in English"), max_length=200)
    reason_zh_hant = models.CharField(_("why it is asked, in Chinese"), max_length=200)
    choices_en = models.TextField(_("choices in English"), blank=True, help_text=_("One choice a line."))
    choices_zh_hant = models.TextField(
        _("choices in Chinese"),
        blank=True,
        help_text=_("One choice a line, in the same order as in English."),
    )
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    is_required = models.BooleanField(_("must be filled in"), default=False)
    is_public = models.BooleanField(
        _("shown to everyone"),
        default=False,
        help_text=_("Otherwise only the physicians of the department read it."),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("intake field")
        verbose_name_plural = _("intake fields")
        ordering = ("order", "pk")
        constraints = [models.UniqueConstraint(fields=["department", "key"], name="intakefield_key_once_a_department")]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The label in the language of the page."""
        return in_language(get_language(), en=self.label_en, zh_hant=self.label_zh_hant)

    @property
    def reason(self) -> str:
        """Why the department asks, in the language of the page."""
        return in_language(get_language(), en=self.reason_en, zh_hant=self.reason_zh_hant)

    @property
    def choices(self) -> list[tuple[str, str]]:
        """The choices as (English line, line in the language of the page); the English one is stored."""
        english = self.choices_en.splitlines()
        shown = in_language(get_language(), en=self.choices_en, zh_hant=self.choices_zh_hant).splitlines()
        return list(zip(english, shown, strict=False))

    def clean(self) -> None:
        """Refuse lists of choices that do not correspond line by line."""
        if self.kind != self.Kind.CHOICE:
            return
        if not self.choices_en.strip():
            raise ValidationError({"choices_en": _("A choice needs at least one line.")})
        if len(self.choices_en.splitlines()) != len(self.choices_zh_hant.splitlines()):
            raise ValidationError({"choices_zh_hant": _("Both languages need the same number of lines.")})
