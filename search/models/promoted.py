"""Results that staff put before all others for the words of a query."""

from typing import Any, Final

from django.conf import settings
from django.db import models
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from search.models.changing import changing
from search.models.concept import FOLDED_LENGTH, folded_name
from search.models.document import Document
from search.models.searched import LONGEST, SearchQuery

MOST_PROMOTED: Final = 5
"""How many results one query has before the others; more would be no answer but a list."""
CHANGED: Final = "search:promoted"
"""What pages with results follow in the change sequence."""


class PromotedResultQuerySet(models.QuerySet["PromotedResult"]):
    """Words about promoted results that chain."""

    def called(self, typed: str) -> "PromotedResultQuerySet":
        """Keep those of a query, however it is written."""
        return self.filter(folded=folded_name(typed))

    def in_language(self, language: str) -> "PromotedResultQuerySet":
        """Keep those of the pages in one language, and of both."""
        return self.filter(language__in=["", language])

    def for_query(self, typed: str, language: str) -> list[Document]:
        """Return what comes before the other results of a query on the pages of a language: live documents, in order.

        Two statements at most, one where nothing was promoted.
        """
        rows = self.called(typed).in_language(language).order_by("order", "pk")
        keys = list(dict.fromkeys(rows.values_list("key", flat=True)))
        found = {row.key: row for row in Document.objects.live().filter(key__in=keys)} if keys else {}
        return [found[key] for key in keys if key in found][:MOST_PROMOTED]

    def promote(self, typed: str, language: str, key: str, *, by: Any) -> bool:
        """Put a document behind those that were promoted for a query; False where it is there, or they are enough.

        Whoever searched for these words in vain has an answer now: the query is settled.
        """
        folded = folded_name(typed)
        with changing() as keys:
            same = self.filter(folded=folded, language=language).select_for_update()
            if len(same) >= MOST_PROMOTED or any(row.key == key for row in same):
                return False
            order = (same.aggregate(last=Max("order"))["last"] or 0) + 1
            row = {"shown": typed, "order": order, "by": by}
            self.get_or_create(folded=folded, language=language, key=key, defaults=row)
            SearchQuery.objects.called(typed, language).settle()
            keys.add(CHANGED)
        return True


class PromotedResult(models.Model):
    """One document that comes first when readers search for exactly these words."""

    shown = models.CharField(_("words"), max_length=LONGEST)
    folded = models.CharField(max_length=FOLDED_LENGTH, db_index=True)
    language = models.CharField(
        _("language of the page"),
        max_length=8,
        blank=True,
        choices=[("", _("both languages")), ("en", "English"), ("zh-hant", "中文")],
    )
    key = models.CharField(_("document"), max_length=80)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("when"), auto_now_add=True)

    objects = PromotedResultQuerySet.as_manager()

    class Meta:
        verbose_name = _("promoted result")
        verbose_name_plural = _("promoted results")
        ordering = ("folded", "language", "order", "pk")
        constraints = [
            models.UniqueConstraint(fields=["folded", "language", "key"], name="promotedresult_once_a_query"),
        ]

    def __str__(self) -> str:
        return f"{self.shown}: {self.key}"

    def demote(self) -> None:
        """Let it stand where the search finds it."""
        with changing() as keys:
            self.delete()
            keys.add(CHANGED)

    def move(self, *, step: int) -> None:
        """Move it one place up (-1) or down (1) among those of its query; nothing at the end of the list."""
        with changing() as keys:
            same = PromotedResult.objects.filter(folded=self.folded, language=self.language)
            rows = list(same.select_for_update().order_by("order", "pk"))
            place = next((at for at, row in enumerate(rows) if row.pk == self.pk), -1)
            if place < 0 or not 0 <= place + step < len(rows):
                return
            rows[place], rows[place + step] = rows[place + step], rows[place]
            for order, row in enumerate(rows):
                PromotedResult.objects.filter(pk=row.pk).exclude(order=order).update(order=order)
            keys.add(CHANGED)
