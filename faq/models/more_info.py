"""The supplement under an answer: never the physician's words, unless a physician wrote it."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from faq.choices import TextFormat
from faq.models.reviewing import AgeingQuerySet, Reviewed
from people.languages import in_language
from people.models import Department, Physician, User
from search.changes import changing
from text import insets
from text.render import to_html


class MoreInfoQuerySet(AgeingQuerySet["MoreInfo"]):
    """Words about supplements that chain."""

    def visible_to(self, user: User) -> "MoreInfoQuerySet":
        """Keep those of the departments that an account works for."""
        return self.filter(question__department__in=Department.objects.covered_by(user))


class MoreInfo(Reviewed):
    """A supplement with its provenance, author, sources and review. An unreviewed one cannot be public."""

    class Provenance(models.TextChoices):
        PHYSICIAN = "physician", _("written by a physician")
        EDITOR = "editor", _("written by an editor")
        MACHINE = "machine", _("machine draft")

    question = models.OneToOneField(
        "faq.Question",
        on_delete=models.PROTECT,
        related_name="more_info",
        verbose_name=_("question"),
    )
    body = models.TextField(_("text"), help_text=_("Markdown."))
    body_html = models.TextField(editable=False)
    format = models.CharField(max_length=8, choices=TextFormat, default=TextFormat.MARKDOWN)
    provenance = models.CharField(_("provenance"), max_length=10, choices=Provenance)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="more_infos",
    )
    author_name = models.CharField(_("author"), max_length=80, blank=True)
    reviewed_by = models.CharField(_("reviewed by"), max_length=120, blank=True)
    sources = models.TextField(_("sources"), blank=True, help_text=_("One source a line."))
    is_public = models.BooleanField(_("published"), default=False)

    objects = MoreInfoQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["body_html"])

    class Meta:
        verbose_name = _("more info")
        verbose_name_plural = _("more infos")
        permissions = [("review_moreinfo", "Can approve more info as medically reviewed")]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_public=False) | (Q(reviewed_on__isnull=False) & ~Q(reviewed_by="")),
                name="moreinfo_public_is_reviewed",
            )
        ]

    def __str__(self) -> str:
        return f"{self.question_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Render the words once, store, and say that the question's page changed."""
        self.render()
        with changing() as keys:
            super().save(*args, **kwargs)
            keys.add(f"question:{self.question_id}")
            self.question.renew_document()

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete, and let nobody find its words."""
        with changing() as keys:
            keys.add(f"question:{self.question_id}")
            deleted = super().delete(*args, **kwargs)
            self.question.renew_document()
        return deleted

    @property
    def text_key(self) -> str:
        """What the supplement is called in the log."""
        return f"more_info:{self.pk}"

    @property
    def page_keys(self) -> set[str]:
        """It stands on the page of its question."""
        return {f"question:{self.question_id}"}

    @property
    def shown_provenance(self) -> str:
        """Whose words it is, as readers are told: of a machine's draft also who answers for it."""
        if self.provenance == self.Provenance.MACHINE and self.reviewed_by:
            return gettext("machine draft, reviewed by %(name)s") % {"name": self.reviewed_by}
        return str(self.get_provenance_display())

    def render(self) -> None:
        """Make the HTML of the words, for those who store many rows at once."""
        self.body_html = to_html(self.body, self.format, insets.mark)

    def reviewed_department_id(self) -> int | None:
        """The department of the question."""
        return self.question.department_id

    def signature_of(self, physician: Physician | None) -> str:
        """The physician's name in the language of the question: the row keeps it as it was that day."""
        if physician is None:
            return ""
        return in_language(self.question.language, en=physician.name_romanised, zh_hant=physician.name)
