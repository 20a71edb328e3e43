"""How often one visitor may do something. No address is stored anywhere: see `visitor_of`."""

import datetime as dt
import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from typing import Final

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from people.models import RateCount

HOUR: Final = 60 * 60
DAY: Final = 24 * HOUR


@dataclass(frozen=True)
class Limit:
    """At most `amount` times in each window of `seconds`; RATE_LIMIT_SCALE multiplies the amount."""

    scope: str
    amount: int
    seconds: int = HOUR

    @property
    def scaled(self) -> int:
        """The amount that holds on this site, at least 1."""
        return max(1, round(self.amount * settings.RATE_LIMIT_SCALE))


ASK: Final = (Limit("ask.hour", 5), Limit("ask.day", 20, DAY))
CONTACT: Final = (Limit("contact.hour", 5),)
COMMENT: Final = (Limit("comment.hour", 5), Limit("comment.day", 20, DAY))
REPORT: Final = (Limit("report.hour", 10),)
HELPFUL: Final = (Limit("helpful.hour", 20),)
SUGGEST: Final = (Limit("suggest.hour", 300),)
TICKET_ACT: Final = (Limit("ticket.act.hour", 30),)
TICKET_GUESS: Final = (Limit("ticket.guess.hour", 20),)


def visitor_of(address: str) -> str:
    """Return what stands for a client's address in the counts of one day.

    An HMAC, whose key changes with the date (UTC), of the whole IPv4 address or of the first 64 bits of an IPv6
    address, the least that one household gets (RFC 6177). Everything that is no address counts as one visitor.
    """
    today = dt.datetime.now(dt.UTC).date().isoformat()
    key = hmac.digest(settings.SECRET_KEY.encode(), f"wenyi.visitor:{today}".encode(), hashlib.sha256)
    return hmac.digest(key, _prefix(address).encode(), hashlib.sha256).hex()


def _prefix(address: str) -> str:
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return ""
    if not isinstance(parsed, IPv6Address):
        return str(parsed)
    return str(parsed.ipv4_mapped) if parsed.ipv4_mapped else f"{int(parsed) >> 64:x}/64"


def take(visitor: str, limits: Iterable[Limit]) -> int:
    """Count one more for `visitor`; return 0, or how many seconds to wait where a limit is reached.

    A refusal is not counted: who keeps trying does not wait longer.
    """
    return next((wait for limit in limits if (wait := _take(visitor, limit))), 0)


def _take(visitor: str, limit: Limit) -> int:
    now = timezone.now()
    window = int(now.timestamp()) // limit.seconds
    ends_at = dt.datetime.fromtimestamp((window + 1) * limit.seconds, dt.UTC)
    row = {"scope": limit.scope, "visitor": visitor, "window": window}
    RateCount.objects.get_or_create(**row, defaults={"ends_at": ends_at})
    # Condition and increment are one UPDATE: of two requests at the last place one gets it.
    if RateCount.objects.filter(**row, count__lt=limit.scaled).update(count=F("count") + 1):
        return 0
    return max(1, round((ends_at - now).total_seconds()))


def once(scope: str, who: str) -> bool:
    """Note that `who` (a visitor, the key of a form) has done something; False where it was noted within a day.

    A rule and no limit: RATE_LIMIT_SCALE does not touch it. A visitor is another one the next day: see `visitor_of`.
    """
    ends_at = timezone.now() + dt.timedelta(seconds=DAY)
    row = {"scope": scope, "visitor": who, "window": 0}
    return RateCount.objects.get_or_create(**row, defaults={"count": 1, "ends_at": ends_at})[1]


def is_noted(scope: str, who: str) -> bool:
    """Say whether `once` has noted it."""
    return RateCount.objects.filter(scope=scope, visitor=who, window=0).exists()


def forget_ended_windows() -> int:
    """Delete the counts of windows that are over; returns how many."""
    return RateCount.objects.filter(ends_at__lte=timezone.now()).delete()[0]
