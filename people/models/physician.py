"""The public profiles of those who answer."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from people.languages import in_language, listed
from people.models.bilingual import Findable
from people.models.department import Department
from people.models.user import User
from search.changes import changing
from search.models import Document
from search.relations import relations_to
from text.slug import slugify


class PhysicianQuerySet(models.QuerySet["Physician"]):
    """Words about physicians that chain."""

    def verified(self) -> "PhysicianQuerySet":
        """Keep those whose licence somebody of the house has checked."""
        return self.filter(verified_at__isnull=False)

    def current(self) -> "PhysicianQuerySet":
        """Leave out profiles that were merged into another."""
        return self.filter(merged_into__isnull=True)

    def speaking_for(self, user: User) -> "PhysicianQuerySet":
        """Keep the verified profile under which an account speaks as a physician, if it has one."""
        return self.verified().current().filter(user_id=user.pk)


class Physician(Findable):
    """The public profile of someone who answers (a pharmacist or dietitian too). Two are the same only by name and
    hospital; `user` is empty for those known from an archive or retired."""

    document_kind = "physician"

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("staff account"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="physician",
    )
    name = models.CharField(
        pgettext_lazy("of a person", "name"),
        max_length=80,
        help_text=_("As the person writes it in the native script."),
    )
    name_romanised = models.CharField(_("romanised name"), max_length=80, blank=True)
    title_en = models.CharField(_("title in English"), max_length=80, blank=True)
    title_zh_hant = models.CharField(_("title in Chinese"), max_length=80, blank=True)
    hospital_en = models.CharField(_("hospital in English"), max_length=120, blank=True)
    hospital_zh_hant = models.CharField(_("hospital in Chinese"), max_length=120, blank=True)
    bio_en = models.TextField(_("about, in English"), blank=True)
    bio_zh_hant = models.TextField(_("about, in Chinese"), blank=True)
    departments = models.ManyToManyField(
        Department, verbose_name=_("departments"), related_name="physicians", blank=True
    )
    licence_number = models.CharField(_("licence number"), max_length=40, blank=True)
    verified_at = models.DateTimeField(_("verified at"), null=True, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("verified by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("merged into"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="merged",
    )

    objects = PhysicianQuerySet.as_manager()

    class Meta:
        verbose_name = _("physician")
        verbose_name_plural = _("physicians")
        ordering = ("name", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["name", "hospital_zh_hant", "hospital_en"],
                name="physician_name_hospital",
            ),
            models.CheckConstraint(
                condition=Q(verified_at__isnull=True) | Q(verified_by__isnull=False),
                name="physician_verified_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return self.display_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store, and say that the pages that name the physician changed."""
        with changing() as keys:
            super().save(*args, **kwargs)
            keys.add(f"physician:{self.pk}")
            self.renew_documents()

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete, and let nobody find the profile."""
        with changing() as keys:
            keys.add(f"physician:{self.pk}")
            self.bury_documents()
            return super().delete(*args, **kwargs)

    def is_findable(self) -> bool:
        """Whether the profile has a page: verified by the house, or known from a public answer."""
        return self.merged_into_id is None and (self.verified_at is not None or self._has_answered())

    def document(self) -> Document:
        """The name, the other name, and what the profile says."""
        other = in_language(get_language(), en=self.name, zh_hant=self.name_romanised)
        departments = list(self.departments.all())
        about = [self.title, self.hospital, *(department.name for department in departments)]
        return Document(
            department=departments[0].slug if departments else "",
            title=self.display_name,
            body="\n\n".join([other, "\n".join(filter(None, about)), self.bio]).rstrip(),
            teaser=listed(filter(None, (self.title, self.hospital)))[:300],
            path=self.get_absolute_url(),
        )

    def _has_answered(self) -> bool:
        """Whether something public was answered by this person: asked of Django, as `people` knows no app above it."""
        answered = [relation for relation in relations_to(Physician) if relation.field.name == "answered_by"]
        return any(
            relation.model._default_manager.published().filter(answered_by=self.pk).exists()  # type: ignore[attr-defined]
            for relation in answered
        )

    def get_absolute_url(self) -> str:
        return reverse("faq:physician_detail", args=[self.pk, self.slug])

    @property
    def display_name(self) -> str:
        """The name in the script of the page."""
        return in_language(get_language(), en=self.name_romanised, zh_hant=self.name)

    @property
    def other_name(self) -> str:
        """The name in the script that the page is not written in; empty where there is no second one."""
        other = self.name_romanised if self.display_name == self.name else self.name
        return other if other != self.display_name else ""

    @property
    def title(self) -> str:
        """The title in the language of the page."""
        return in_language(get_language(), en=self.title_en, zh_hant=self.title_zh_hant)

    @property
    def hospital(self) -> str:
        """The hospital in the language of the page."""
        return in_language(get_language(), en=self.hospital_en, zh_hant=self.hospital_zh_hant)

    @property
    def bio(self) -> str:
        """The few lines about the person in the language of the page."""
        return in_language(get_language(), en=self.bio_en, zh_hant=self.bio_zh_hant)

    @property
    def slug(self) -> str:
        """The decoration of the address."""
        return slugify(self.display_name, fallback="physician")

    def verify(self, *, by: User) -> None:
        """Record that somebody of the house has checked the licence; raises ValueError while none is written down."""
        if not self.licence_number.strip():
            raise ValueError("A profile is verified by its licence number.")
        self.verified_at, self.verified_by = timezone.now(), by
        self.save(update_fields=["verified_at", "verified_by"])

    def withdraw_verification(self) -> None:
        """Take the verification back: the account answers no more, what it answered stays."""
        self.verified_at = self.verified_by = None
        self.save(update_fields=["verified_at", "verified_by"])
