"""What is known of searches goes by itself: see `SearchQuery` for what stays, and until when."""

import datetime as dt
from collections.abc import Iterator
from typing import Any, Final

from django.db import transaction
from django.db.models import Q, QuerySet, Sum
from django.utils import timezone

from search.models import SearchDay, SearchPlace, SearchQuery
from search.places import WINDOW

CHUNK: Final = 500
"""How many rows one transaction takes."""
SETTLED_FOR: Final = dt.timedelta(days=180)
"""How long a decision is remembered about something that nobody asks for any more."""
NOTHING: Final = {"folded": "", "shown": "", "kept_until": None, "results": None, "count": 0, "misses": 0, "clicks": 0}


def forget_searches(today: dt.date | None = None) -> int:
    """Delete what fewer than three places have asked for within 30 days, and every older day; returns how many rows.

    Of what staff have settled the digest stays, so that it does not come up again.
    """
    today = today or timezone.localdate()
    before = today - dt.timedelta(days=WINDOW)
    gone = sum(_delete(chunk) for chunk in _chunks(_past(today)))
    for chunk in _chunks(SearchQuery.objects.filter(kept_until__lte=today, settled_at__isnull=False)):
        _bare(chunk)
    for chunk in _chunks(SearchQuery.objects.filter(days__day__lte=before).distinct()):
        gone += _recount(chunk, before)
    while places := list(SearchPlace.objects.filter(last_on__lte=before).values_list("pk", flat=True)[:CHUNK]):
        gone += SearchPlace.objects.filter(pk__in=places).delete()[0]
    return gone


def _past(today: dt.date) -> QuerySet[SearchQuery]:
    """The queries of which nothing stays: their words may not be kept any more, or never could and nobody asks."""
    unsettled = Q(settled_at__isnull=True)
    over = unsettled & Q(kept_until__lte=today)
    never = unsettled & Q(kept_until__isnull=True, last_on__lte=today - dt.timedelta(days=WINDOW))
    decided = Q(settled_at__isnull=False, last_on__lte=today - SETTLED_FOR)
    return SearchQuery.objects.filter(over | never | decided)


def _chunks(rows: QuerySet[SearchQuery]) -> Iterator[list[int]]:
    """Primary keys until there are none: whoever gets them alters the rows so that they are not found again."""
    while keys := list(rows.order_by("pk").values_list("pk", flat=True)[:CHUNK]):
        yield keys


def _delete(keys: list[int]) -> int:
    return SearchQuery.objects.filter(pk__in=keys).delete()[0]


def _bare(keys: list[int]) -> None:
    with transaction.atomic():
        for model in (SearchDay, SearchPlace):
            model.objects.filter(query__in=keys).delete()
        SearchQuery.objects.filter(pk__in=keys).update(**NOTHING)


def _recount(keys: list[int], before: dt.date) -> int:
    """Drop the old days of queries and count the others anew, under the locks that writing takes."""
    with transaction.atomic():
        queries = list(SearchQuery.objects.filter(pk__in=keys).select_for_update().order_by("pk"))
        gone = SearchDay.objects.filter(query__in=keys, day__lte=before).delete()[0]
        sums: Any = SearchDay.objects.filter(query__in=keys).order_by().values("query")
        found = {row["query"]: row for row in sums.annotate(n=Sum("count"), m=Sum("misses"), c=Sum("clicks"))}
        for query in queries:
            row = found.get(query.pk, {})
            query.count, query.misses, query.clicks = row.get("n", 0), row.get("m", 0), row.get("c", 0)
        SearchQuery.objects.bulk_update(queries, ["count", "misses", "clicks"])
    return gone
