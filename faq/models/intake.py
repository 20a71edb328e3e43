"""What a submission carries beside its words: the consent it was given under, and the department's own fields."""

from django.db import models
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from faq.choices import ForWhom
from people.languages import in_language
from people.models import IntakeField


class ConsentTextQuerySet(models.QuerySet["ConsentText"]):
    """Words about consent texts that chain."""

    def in_force(self) -> "ConsentTextQuerySet":
        """Keep the versions that have begun, the newest first."""
        return self.filter(active_from__lte=timezone.now()).order_by("-active_from", "-pk")


class ConsentText(models.Model):
    """One version of what an asker agrees to, for one "for whom". Versions are added, never rewritten."""

    version = models.CharField(_("version"), max_length=20)
    for_whom = models.CharField(_("asked for"), max_length=6, choices=ForWhom)
    text_en = models.TextField(_("text in English"))
    text_zh_hant = models.TextField(_("text in Chinese"))
    active_from = models.DateTimeField(_("in force from"), default=timezone.now)

    objects = ConsentTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent text")
        verbose_name_plural = _("consent texts")
        constraints = [models.UniqueConstraint(fields=["version", "for_whom"], name="consenttext_once_a_version")]

    def __str__(self) -> str:
        return f"{self.version} {self.for_whom}"

    @property
    def text(self) -> str:
        """The text in the language of the page."""
        return in_language(get_language(), en=self.text_en, zh_hant=self.text_zh_hant)


class IntakeValue(models.Model):
    """What the asker filled into one of the department's fields: masked like all public text."""

    question = models.ForeignKey("faq.Question", on_delete=models.CASCADE, related_name="intake_values")
    field = models.ForeignKey(IntakeField, on_delete=models.PROTECT, related_name="values")
    value = models.CharField(max_length=200)
    is_public = models.BooleanField(
        default=False,
        help_text=_("As the field was when the asker read whether it is shown."),
    )

    class Meta:
        verbose_name = _("intake value")
        verbose_name_plural = _("intake values")
        ordering = ("field__order", "pk")
        constraints = [models.UniqueConstraint(fields=["question", "field"], name="intakevalue_once")]

    def __str__(self) -> str:
        return f"{self.field}: {self.value}"

    @property
    def shown(self) -> str:
        """The value as people read it: a choice in the language of the page, a number with its unit."""
        if self.field.kind == IntakeField.Kind.CHOICE:
            return dict(self.field.choices).get(self.value, self.value)
        return f"{self.value} {self.field.unit}".strip()
