"""Leases: one holder at a time, given back by time alone when the holder dies."""

import datetime as dt

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Lease(models.Model):
    """The right to run one timed job, until a moment."""

    name = models.CharField(max_length=80, unique=True)
    holder = models.CharField(max_length=80, blank=True)
    until = models.DateTimeField()

    class Meta:
        verbose_name = _("lease")
        verbose_name_plural = _("leases")

    def __str__(self) -> str:
        return f"{self.name}: {self.holder} until {self.until:%Y-%m-%d %H:%M:%S}"

    @classmethod
    def take(cls, name: str, *, holder: str, seconds: float) -> bool:
        """Try to take or keep the lease `name` for `seconds`; True when it is now `holder`'s."""
        now = timezone.now()
        cls.objects.get_or_create(name=name, defaults={"holder": "", "until": now})
        free = models.Q(until__lte=now) | models.Q(holder=holder)
        until = now + dt.timedelta(seconds=seconds)
        return bool(cls.objects.filter(free, name=name).update(holder=holder, until=until))
