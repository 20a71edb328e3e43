"""How good the similar questions are: the figures of the last night, and what a moderator can do about them."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from faq.admin.plain import ReadOnlyAdmin
from faq.models import NeighbourMeasure, Question, SimilarQuestion, SparedQuestion
from search.models import Document

SHOWN: Final = 50
"""How many rows each list has."""
NIGHTS: Final = 14
DAYS: Final = 30
"""Of how many days "this answers me" is counted."""


@dataclass(frozen=True)
class Blocked:
    """A question that moderators blocked as a neighbour, and how often."""

    question: Question
    times: int


@dataclass(frozen=True)
class Spared:
    """A public text that answered somebody who was about to ask, and how often."""

    document: Document
    times: int


@admin.register(NeighbourMeasure)
class NeighbourMeasureAdmin(ReadOnlyAdmin):
    """One page for the figures of all nights."""

    fields = ("measured_on", "public", "without", "pairs", "unexplained", "pinned", "blocked")

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Show the figures of the last nights, and the lists."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        nights = list(NeighbourMeasure.objects.all()[:NIGHTS])
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Quality of similar questions"),
            "nights": nights,
            "orphans": orphans_of(nights[0]) if nights else [],
            "blocked": most_blocked(),
            "spared": most_spared(),
            "days": DAYS,
        }
        return render(request, "admin/faq/neighbour_quality.html", context)


def orphans_of(measure: NeighbourMeasure) -> list[Question]:
    """The newest public questions that had no neighbour that night; one query."""
    public = Question.objects.published().select_related("department").in_bulk(measure.orphans[:SHOWN])
    return [public[pk] for pk in measure.orphans[:SHOWN] if pk in public]


def most_blocked() -> list[Blocked]:
    """The public questions that were blocked most often; two queries."""
    rows = SimilarQuestion.objects.filter(origin=SimilarQuestion.Origin.BLOCKED, other__is_listed=True)
    counted = rows.order_by().values("other").annotate(times=Count("pk")).order_by("-times", "other")
    times = dict(counted.values_list("other", "times")[:SHOWN])
    questions = Question.objects.select_related("department").in_bulk(times)
    return [Blocked(questions[pk], count) for pk, count in times.items()]


def most_spared() -> list[Spared]:
    """What answered somebody most often while they were asking; two queries."""
    times = SparedQuestion.objects.since(timezone.localdate() - dt.timedelta(days=DAYS)).most(SHOWN)
    documents = {document.key: document for document in Document.objects.live().filter(key__in=times)}
    return [Spared(documents[key], count) for key, count in times.items() if key in documents]
