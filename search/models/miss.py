"""What readers searched for and did not find, kept so that it tells nothing about anybody."""

import datetime as dt
from typing import Final

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from search.models.changing import changing
from search.models.concept import FOLDED_LENGTH, Concept, folded_name

DAYS_UNTIL_SHOWN: Final = 3
"""On how many days something must be asked before its words are kept at all, and staff see it."""
KEPT: Final = dt.timedelta(days=180)
"""How long a search is remembered that nobody repeats."""


class SearchMissQuerySet(models.QuerySet["SearchMiss"]):
    """Words about searches in vain that chain."""

    def open(self) -> "SearchMissQuerySet":
        """Keep what staff may see and have not settled."""
        return self.filter(days__gte=DAYS_UNTIL_SHOWN, settled_at__isnull=True)

    def asked(self, shown: str, language: str, *, times: int, on: dt.date) -> bool:
        """Count a query that found nothing; False where a concept is called so by now.

        The words are written only with the day that makes them no single person's.
        """
        folded = folded_name(shown)
        if Concept.objects.called(shown).exists():
            return False
        row = self.filter(digest=_digest(folded, language))
        with transaction.atomic():
            self.get_or_create(
                digest=_digest(folded, language), defaults={"language": language, "last_on": on, "days": 1}
            )
            row.filter(last_on__lt=on).update(days=F("days") + 1, last_on=on)
            row.update(count=F("count") + times)
            row.filter(days__gte=DAYS_UNTIL_SHOWN, shown="").update(folded=folded, shown=shown)
        return True

    def forgotten(self, today: dt.date) -> "SearchMissQuerySet":
        """Keep what nobody has asked for so long that it goes."""
        return self.filter(last_on__lt=today - KEPT)


class SearchMiss(models.Model):
    """A query in one language without a result.

    Until it was asked on three days a row has no words, only a keyed digest by which the next time is recognised: what
    only one person would type in one evening (a name, a secret) is never written down. Days are counted, not visitors:
    nothing that stands for a visitor is needed for it.
    """

    digest = models.CharField(max_length=64, unique=True)
    language = models.CharField(_("language"), max_length=8)
    folded = models.CharField(max_length=FOLDED_LENGTH, blank=True)
    shown = models.CharField(_("words"), max_length=60, blank=True)
    count = models.PositiveIntegerField(_("searches"), default=0)
    days = models.PositiveIntegerField(_("days"), default=0)
    last_on = models.DateField(_("last searched on"))
    settled_at = models.DateTimeField(_("settled at"), null=True)
    concept = models.ForeignKey(Concept, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = SearchMissQuerySet.as_manager()

    class Meta:
        verbose_name = _("search without a result")
        verbose_name_plural = _("searches without a result")
        ordering = ("-days", "-count", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(days__gte=DAYS_UNTIL_SHOWN) | Q(folded="", shown=""), name="searchmiss_words_after_days"
            ),
        ]
        indexes = [models.Index(fields=["-days", "-count", "id"], name="searchmiss_asked")]

    def __str__(self) -> str:
        return self.shown

    def make_concept(self) -> Concept:
        """Take the words into the vocabulary as a concept of its own."""
        with changing():
            column = "name_en" if self.language == "en" else "name_zh_hant"
            concept: Concept = Concept.objects.create(**{column: self.shown})
            self._settle(concept)
        return concept

    def name(self, concept: Concept) -> None:
        """Make the words another name of a concept."""
        with changing():
            row = {"text": self.shown, "language": "en" if self.language == "en" else "zh-hant"}
            concept.names.get_or_create(folded=folded_name(self.shown), defaults=row)
            concept.save()
            self._settle(concept)

    def dismiss(self) -> None:
        """Say that it is no concept: it does not come up again."""
        self._settle(None)

    def _settle(self, concept: Concept | None) -> None:
        self.concept, self.settled_at = concept, timezone.now()
        self.save(update_fields=["concept", "settled_at"])


def _digest(folded: str, language: str) -> str:
    return salted_hmac("wenyi.miss", f"{language} {folded}", algorithm="sha256").hexdigest()
