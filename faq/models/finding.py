"""What the guards found in a text, and what was decided about it. Findings are also the ordered redactions."""

from collections.abc import Iterable
from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext, gettext_noop, override
from django.utils.translation import gettext_lazy as _

from people.languages import prefix_of
from text.guards.masks import masked
from text.guards.patient_data import Hit


class FindingQuerySet(models.QuerySet["Finding"]):
    """Words about findings that chain."""

    def undecided(self) -> "FindingQuerySet":
        """Keep what nobody has decided on; while there is one, nothing is published."""
        return self.filter(decision=Finding.Decision.OPEN)

    def hiding(self) -> "FindingQuerySet":
        """Keep what masks its words: whatever was not decided to be shown."""
        return self.exclude(decision__in=[Finding.Decision.SHOWN, Finding.Decision.SUPERSEDED])

    def of_sealed(self) -> "FindingQuerySet":
        """Keep those whose place is counted in the sealed text."""
        return self.filter(basis=Finding.Basis.SEALED)


class Finding(models.Model):
    """A span of a text that may tell who somebody is: found by a guard, marked by a moderator, or asked for by the
    asker. `start` and `end` count characters of the text that `basis` names."""

    class Decision(models.TextChoices):
        OPEN = "open", _("not decided")
        HIDDEN = "hidden", _("hidden")
        SHOWN = "shown", _("may be shown")
        SUPERSEDED = "superseded", _("the text was revised")

    class Basis(models.TextChoices):
        SEALED = "sealed", _("the person's own words")
        PUBLIC = "public", _("the public text")

    question = models.ForeignKey("faq.Question", on_delete=models.CASCADE, related_name="findings")
    follow_up = models.ForeignKey(
        "faq.FollowUp",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="findings",
    )
    basis = models.CharField(max_length=6, choices=Basis, default=Basis.SEALED)
    field = models.CharField(_("field"), max_length=60)
    kind = models.CharField(_("kind"), max_length=24)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    decision = models.CharField(_("decision"), max_length=10, choices=Decision, default=Decision.OPEN)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ("field", "start", "pk")
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=models.F("start")), name="finding_span_is_not_empty"),
            models.CheckConstraint(
                condition=Q(decision__in=["open", "superseded"]) | Q(decided_at__isnull=False),
                name="finding_decided_some_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question_id} {self.field} {self.kind}"

    @property
    def label(self) -> str:
        """What stands in the text instead, in the language of the page."""
        return gettext(KIND_LABELS.get(self.kind, KIND_LABELS["marked"]))


KIND_LABELS: Final = {
    "national_id": gettext_noop("[identity number hidden]"),
    "resident_id": gettext_noop("[identity number hidden]"),
    "labelled_id": gettext_noop("[identity number hidden]"),
    "mobile": gettext_noop("[phone number hidden]"),
    "landline": gettext_noop("[phone number hidden]"),
    "email": gettext_noop("[e-mail address hidden]"),
    "asker": gettext_noop("[hidden at the asker's wish]"),
    "marked": gettext_noop("[hidden]"),
}


def with_redactions(text: str, findings: Iterable[Finding], language: str) -> str:
    """Return `text` with the span of every finding replaced by what is hidden there, in the language of the text."""
    hits = [Hit(finding.kind, finding.start, finding.end) for finding in findings]
    with override(prefix_of(language)):
        labels = {kind: gettext(label) for kind, label in KIND_LABELS.items()}
    return masked(text, hits, labels)
