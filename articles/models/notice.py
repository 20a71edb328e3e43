"""Notices above every page, or above those of one department, for a time."""

import datetime as dt
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

from people.languages import in_language
from people.models import Department
from search.changes import changing
from text import markdown
from text.teaser import cut

LENGTH: Final = 400
HELP: Final = _("A few sentences of Markdown. What is longer belongs on a page; link to it.")
TOO_MUCH: Final = ("<h", "<table", "<pre", "<hr")
"""What a notice is too small for."""


class SiteNoticeQuerySet(models.QuerySet["SiteNotice"]):
    """Words about notices that chain."""

    def current(self, at: dt.datetime | None = None) -> "SiteNoticeQuerySet":
        """Keep those whose time it is: the clock is asked, nothing has to switch them on or off."""
        now = at or timezone.now()
        return self.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=now), starts_at__lte=now)

    def on_pages_of(self, department: int | str | None) -> "SiteNoticeQuerySet":
        """Keep those for all pages and for a department's (its key or address name), the most urgent first."""
        mine = Q(department__isnull=True)
        if isinstance(department, int):
            mine |= Q(department_id=department)
        elif department:
            mine |= Q(department__slug=department)
        return self.filter(mine).order_by("-level", "-starts_at", "-pk")


class SiteNotice(models.Model):
    """A few words for readers: holidays, a typhoon, an outbreak."""

    class Level(models.IntegerChoices):
        INFO = 1, pgettext_lazy("of a notice", "information")
        WARNING = 2, pgettext_lazy("of a notice", "warning")
        URGENT = 3, pgettext_lazy("of a notice", "urgent")

    text_en = models.TextField(_("text in English"), max_length=LENGTH, help_text=HELP)
    text_zh_hant = models.TextField(_("text in Chinese"), max_length=LENGTH, help_text=HELP)
    html_en = models.TextField(editable=False)
    html_zh_hant = models.TextField(editable=False)
    level = models.PositiveSmallIntegerField(_("level"), choices=Level, default=Level.INFO)
    department = models.ForeignKey(
        Department,
        verbose_name=_("department"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="notices",
        help_text=_("Only on the pages of this department; empty means on all pages."),
    )
    starts_at = models.DateTimeField(_("shown from"), default=timezone.now)
    ends_at = models.DateTimeField(
        _("until"), null=True, blank=True, help_text=_("It vanishes by itself. Empty means until somebody ends it.")
    )

    objects = SiteNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice to readers")
        verbose_name_plural = _("notices to readers")
        ordering = ("-starts_at", "-pk")
        indexes = [models.Index(fields=["starts_at", "ends_at"], name="sitenotice_when")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")), name="sitenotice_ends_later"
            ),
            models.CheckConstraint(condition=Q(level__in=[1, 2, 3]), name="sitenotice_level"),
        ]

    def __str__(self) -> str:
        return cut(markdown.to_plain(in_language(get_language(), en=self.text_en, zh_hant=self.text_zh_hant)), 80)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Render, store, and say that the notices changed."""
        self.html_en, self.html_zh_hant = markdown.render(self.text_en), markdown.render(self.text_zh_hant)
        with changing() as keys:
            super().save(*args, **kwargs)
            keys.add("notices")

    def clean(self) -> None:
        """Refuse what is no notice, and an end before the beginning."""
        errors: dict[str, str] = {}
        for name in ("text_en", "text_zh_hant"):
            if any(tag in markdown.render(getattr(self, name)) for tag in TOO_MUCH):
                errors[name] = translate("A notice is a few sentences, without headings and tables.")
        if self.ends_at and self.starts_at and self.ends_at <= self.starts_at:
            errors["ends_at"] = translate("It would end before it begins.")
        if errors:
            raise ValidationError(errors)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Take it away, and say so."""
        with changing() as keys:
            keys.add("notices")
            return super().delete(*args, **kwargs)

    @property
    def html(self) -> str:
        """The words in the language of the page."""
        return in_language(get_language(), en=self.html_en, zh_hant=self.html_zh_hant)

    @property
    def tone(self) -> str:
        """The look of its level, as the style sheet names it."""
        return {self.Level.WARNING: "warning", self.Level.URGENT: "danger"}.get(self.Level(self.level), "info")
