"""Topics that readers search for and that nobody has written yet."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from search.models.concept import FOLDED_LENGTH, Concept, folded_name


class WantedTopicQuerySet(models.QuerySet["WantedTopic"]):
    """Words about wanted topics that chain."""

    def open(self) -> "WantedTopicQuerySet":
        """Keep what nobody has settled, what is searched for most first."""
        return self.filter(settled_at__isnull=True).order_by("-searches", "pk")

    def want(self, shown: str, language: str, *, searches: int, by: Any) -> "WantedTopic":
        """Return the wish for a topic of these words, new or the one that is open already."""
        folded = folded_name(shown)
        concept = Concept.objects.accepted().called(shown).order_by("pk").first()
        row = {"shown": shown, "concept": concept, "searches": searches, "by": by}
        wanted, is_new = self.get_or_create(folded=folded, language=language, settled_at=None, defaults=row)
        if not is_new:
            self.filter(pk=wanted.pk, searches__lt=searches).update(searches=searches)
        return wanted

    def met_by(self, concept: Concept, language: str) -> "WantedTopicQuerySet":
        """Keep the wishes that a topic about a concept in a language fulfils, by the concept or by its names."""
        names = concept.names.values("folded")
        return self.filter(Q(concept=concept) | Q(folded__in=names), language=language)

    def settle(self) -> int:
        """Say that these are written, or not wanted after all; returns how many."""
        return self.filter(settled_at__isnull=True).update(settled_at=timezone.now())


class WantedTopic(models.Model):
    """Somebody of the staff asks the editors for a topic, in the words in which readers look for it."""

    shown = models.CharField(_("words"), max_length=60)
    folded = models.CharField(max_length=FOLDED_LENGTH)
    language = models.CharField(_("language"), max_length=8)
    concept = models.ForeignKey(
        Concept, verbose_name=_("concept"), on_delete=models.SET_NULL, null=True, related_name="wanted"
    )
    searches = models.PositiveIntegerField(_("searches"), default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("when"), auto_now_add=True)
    settled_at = models.DateTimeField(_("settled at"), null=True)

    objects = WantedTopicQuerySet.as_manager()

    class Meta:
        verbose_name = _("wanted topic")
        verbose_name_plural = _("wanted topics")
        ordering = ("-searches", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["folded", "language"], condition=Q(settled_at__isnull=True), name="wantedtopic_open_once"
            ),
        ]

    def __str__(self) -> str:
        return self.shown
