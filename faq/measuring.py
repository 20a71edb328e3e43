"""The figures of the quality page, taken every night: nobody waits for them, and they read every list once."""

import datetime as dt
from typing import Final

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from faq.models import NeighbourMeasure, Question, SimilarQuestion, SparedQuestion
from faq.models.similar import SimilarQuestionQuerySet

LISTED: Final = 200
"""How many questions without a neighbour are listed, the newest."""
KEPT: Final = dt.timedelta(days=400)
"""How long figures and counts are kept."""


def measure_neighbours() -> NeighbourMeasure:
    """Take the figures of today; a second time on one day they replace the first."""
    today = timezone.localdate()
    orphans = Question.objects.published().exclude(Exists(_shown().filter(question=OuterRef("pk"))))
    figures = _shown().aggregate(pairs=Count("pk"), unexplained=Count("pk", filter=Q(shared="")), pinned=_pinned())
    measure, _is_new = NeighbourMeasure.objects.update_or_create(
        measured_on=today,
        defaults={
            **figures,
            "public": Question.objects.published().count(),
            "without": orphans.count(),
            "blocked": SimilarQuestion.objects.filter(origin=SimilarQuestion.Origin.BLOCKED).count(),
            "orphans": list(orphans.order_by("-pk").values_list("pk", flat=True)[:LISTED]),
        },
    )
    NeighbourMeasure.objects.filter(measured_on__lt=today - KEPT).delete()
    SparedQuestion.objects.filter(day__lt=today - KEPT).delete()
    return measure


def _pinned() -> Count:
    return Count("pk", filter=Q(origin=SimilarQuestion.Origin.PINNED))


def _shown() -> SimilarQuestionQuerySet:
    return SimilarQuestion.objects.exclude(origin=SimilarQuestion.Origin.BLOCKED)
