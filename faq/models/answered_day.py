"""How much each department answered on one day and how long that took: what the staff's charts are drawn from."""

import datetime as dt
from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models import Department


class AnsweredDayQuerySet(models.QuerySet["AnsweredDay"]):
    """Words about answered days that chain."""

    def since(self, day: dt.date) -> "AnsweredDayQuerySet":
        """Keep that day and those after it."""
        return self.filter(day__gte=day)

    def of(self, departments: Iterable[Department]) -> "AnsweredDayQuerySet":
        """Keep the days of these departments."""
        return self.filter(department__in=[department.pk for department in departments])


class AnsweredDay(models.Model):
    """The first answers that one department gave on one day (Taipei). `hours` says how many of them came after so many
    full hours of waiting, `{"5": 2}`: of that, a median over any days can be told without reading a question."""

    department = models.ForeignKey(Department, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    hours = models.JSONField(default=dict)

    objects = AnsweredDayQuerySet.as_manager()

    class Meta:
        verbose_name = _("answered day")
        verbose_name_plural = _("answered days")
        constraints = [models.UniqueConstraint(fields=["day", "department"], name="answeredday_once")]

    def __str__(self) -> str:
        return f"{self.day} {self.department_id}"
