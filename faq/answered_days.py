"""What was answered day by day, taken from the log by the clock: a page that shows it reads no question."""

import datetime as dt
from collections import Counter, defaultdict
from typing import Final

from django.db import transaction
from django.utils import timezone

from faq.models import AnsweredDay, QuestionEvent

KEPT: Final = dt.timedelta(weeks=54)
"""How long days are kept, and how far back the first run looks."""
OPEN: Final = dt.timedelta(days=1)
"""A day is counted again until the one after it is over: an answer may have been written while it was counted."""
LONGEST: Final = 24 * 365
"""Hours: whoever waited longer is counted as this long, so that a row stays small."""

Days = dict[tuple[dt.date, int], Counter[int]]


def count_answered() -> int:
    """Count the days since the last run anew, and today; returns how many days of departments were written.

    A second run changes nothing. Of the log only the answers of these days are read (index event_answered).
    """
    today = timezone.localdate()
    last = AnsweredDay.objects.order_by("-day").values_list("day", flat=True).first()
    first = max(today - KEPT, last - OPEN) if last else today - KEPT
    rows = [
        AnsweredDay(day=day, department_id=department, hours=dict(sorted(waits.items())))
        for (day, department), waits in _days_from(first).items()
    ]
    with transaction.atomic():
        AnsweredDay.objects.since(first).delete()
        AnsweredDay.objects.filter(day__lt=today - KEPT).delete()
        AnsweredDay.objects.bulk_create(rows)
    return len(rows)


def _days_from(first: dt.date) -> Days:
    begin = dt.datetime.combine(first, dt.time(), tzinfo=timezone.get_default_timezone())
    answers = QuestionEvent.objects.filter(act="answer", created_at__gte=begin).order_by()
    columns = answers.values_list("created_at", "question__waiting_since", "question__department_id")
    days: Days = defaultdict(Counter)
    for answered_at, since, department in columns.iterator():
        hours = int((answered_at - since).total_seconds() // 3600)
        days[timezone.localdate(answered_at), department][min(max(hours, 0), LONGEST)] += 1
    return days
