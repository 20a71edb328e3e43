"""How many questions wait in each department, how many were answered, and how long that took."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import Count, Min
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from faq.models import AnsweredDay, Question
from people.models import Department
from portal.dashboard_charts import Chart, Value, drawn

SPANS: Final = (12, 26)
"""Weeks that the charts can show; the first if nobody asks."""
LATELY: Final = 28
"""Days that "the last four weeks" of the table are."""
DAY: Final = 24


@dataclass
class Waits:
    """Answers, and after how many hours they came."""

    hours: Counter[int] = field(default_factory=Counter)

    def add(self, row: AnsweredDay) -> None:
        """Take in a day."""
        self.hours.update({int(hours): number for hours, number in row.hours.items()})

    @property
    def answered(self) -> int:
        """How many answers there were."""
        return self.hours.total()

    def within(self, share: float) -> int | None:
        """Hours after which that share of the answers had come (0.5: the median); None for no answers."""
        left = share * self.answered
        for hours in sorted(self.hours):
            left -= self.hours[hours]
            if left <= 0:
                return hours
        return None


@dataclass(frozen=True)
class DepartmentRow:
    """One line of the table. `since` is when the oldest question that waits began to wait."""

    department: Department
    waiting: int
    since: dt.datetime | None
    answered: int
    median: str


@dataclass(frozen=True)
class WeekRow:
    """One line of the table beneath the charts."""

    monday: dt.date
    answered: int
    median: str
    most: str


@dataclass(frozen=True)
class Figures:
    """All that the dashboard shows in numbers over time, for some departments. `quiet`: where nothing happens."""

    departments: list[DepartmentRow]
    quiet: list[Department]
    weeks: list[WeekRow]
    answered: Chart
    times: Chart
    span: int
    total: int
    summary: str


def figures_of(departments: Sequence[Department], span: int) -> Figures:
    """Take the figures of some departments over `span` weeks: two queries, of what waits and of counted days."""
    today = timezone.localdate()
    this_monday = today - dt.timedelta(days=today.weekday())
    mondays = [this_monday - dt.timedelta(weeks=back) for back in reversed(range(span))]
    weeks: dict[dt.date, Waits] = {monday: Waits() for monday in mondays}
    lately: dict[int, Waits] = defaultdict(Waits)
    for row in AnsweredDay.objects.of(departments).since(mondays[0]).order_by("day", "department"):
        weeks[row.day - dt.timedelta(days=row.day.weekday())].add(row)
        if row.day > today - dt.timedelta(days=LATELY):
            lately[row.department_id].add(row)
    shown = [_week(monday, waits) for monday, waits in weeks.items()]
    rows = _departments(departments, lately)
    return Figures(
        [row for row in rows if row.waiting or row.answered],
        [row.department for row in rows if not (row.waiting or row.answered)],
        shown,
        drawn([_value(row.monday, float(row.answered), str(row.answered)) for row in shown]),
        drawn([_value(monday, _days(waits), _days_shown(waits)) for monday, waits in weeks.items()]),
        span,
        sum(row.answered for row in shown),
        spoken(_all(weeks.values()).within(0.5)),
    )


def spoken(hours: int | None) -> str:
    """A time in words: hours up to two days, then days; a dash for none."""
    if hours is None:
        return "–"
    if hours < 1:
        return _("less than an hour")
    if hours < 2 * DAY:
        return ngettext("%d hour", "%d hours", hours) % hours
    days = round(hours / DAY)
    return ngettext("%d day", "%d days", days) % days


def _departments(departments: Iterable[Department], lately: dict[int, Waits]) -> list[DepartmentRow]:
    """Who waits for longest comes first; then what was answered, then the order of the house."""
    waiting = _waiting(departments)
    rows = []
    for department in departments:
        number, since = waiting.get(department.pk, (0, None))
        waits = lately[department.pk]
        rows.append(DepartmentRow(department, number, since, waits.answered, spoken(waits.within(0.5))))
    now = timezone.now()
    return sorted(rows, key=lambda row: (row.since or now, -row.answered))


def _waiting(departments: Iterable[Department]) -> dict[int, tuple[int, dt.datetime]]:
    """From the index question_desk: only what waits is read, not what was answered."""
    questions = Question.objects.awaiting_answer().filter(department__in=[each.pk for each in departments])
    found: Any = questions.order_by().values_list("department").annotate(Count("pk"), Min("waiting_since"))
    return {department: (number, since) for department, number, since in found}


def _all(weeks: Iterable[Waits]) -> Waits:
    together = Waits()
    for waits in weeks:
        together.hours.update(waits.hours)
    return together


def _week(monday: dt.date, waits: Waits) -> WeekRow:
    return WeekRow(monday, waits.answered, spoken(waits.within(0.5)), spoken(waits.within(0.9)))


def _days(waits: Waits) -> float | None:
    """Hours are too fine a scale for weeks of waiting."""
    median = waits.within(0.5)
    return None if median is None else median / DAY


def _days_shown(waits: Waits) -> str:
    days = _days(waits)
    if days is None:
        return ""
    return str(round(days)) if days >= 2 else f"{days:.1f}"


def _value(monday: dt.date, number: float | None, text: str) -> Value:
    return Value(str(WEEK_OF) % date_format(monday, "Y/m/d"), date_format(monday, "n/j"), number, text)


WEEK_OF: Final = gettext_lazy("week of %s")
