"""From how many places something was asked, told by what leads back to none of them."""

import datetime as dt
import hashlib
import hmac
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from typing import Final

from django.conf import settings

ENOUGH: Final = 3
"""From how many places something must be asked before its words are kept: what fewer ask may be about a person."""
WINDOW: Final = 30
"""Within how many days they must have asked. A key is used for as long, and for no day more."""
STEP: Final = WINDOW // 2
"""Two keys hold on any day, and each begins in the middle of the other: so three places that ask within `STEP` days
are always found under one key, whenever they ask."""
VALUES: Final = 256
"""How many values a place can have: each stands for millions of addresses, whoever has the key. That two places get
the same one (1 % of all three) costs a query one more place."""
MOST: Final = 12
"""How many places are kept of a query under one key."""


@dataclass(frozen=True, order=True)
class Place:
    """What stands for a network that asked for one thing: a number below VALUES, under the key of a period."""

    period: int
    number: int


def network_of(address: str) -> str:
    """Return the IPv4 address, or the first 64 bits of an IPv6 address, the least that one household gets (RFC 6177).

    Everything that is no address is one and the same network.
    """
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return ""
    if not isinstance(parsed, IPv6Address):
        return str(parsed)
    return str(parsed.ipv4_mapped) if parsed.ipv4_mapped else f"{int(parsed) >> 64:x}/64"


def periods_of(on: dt.date) -> tuple[int, int]:
    """Return the two periods that a day lies in."""
    last = on.toordinal() // STEP
    return last - 1, last


def places_of(address: str, what: str, on: dt.date) -> set[Place]:
    """Return what stands for the network of `address` where it asked for `what` on a day: one place a period.

    Another query makes another number of the same network, so nobody can gather what one network asked for.
    """
    asked = f"{what} {network_of(address)}".encode()
    return {Place(period, hmac.digest(_key(period), asked, hashlib.sha256)[0]) for period in periods_of(on)}


def kept_until(seen: Iterable[tuple[Place, dt.date]]) -> dt.date | None:
    """Return the first day on which fewer than three places have asked within 30 days; None if they never were three.

    `seen` are places with the last day on which each asked. Only places under one key can be told apart.
    """
    return max(_ends(seen), default=None)


def _ends(seen: Iterable[tuple[Place, dt.date]]) -> Iterator[dt.date]:
    days: dict[int, list[dt.date]] = {}
    for place, day in seen:
        days.setdefault(place.period, []).append(day)
    for asked in days.values():
        last = sorted(asked, reverse=True)[:ENOUGH]
        if len(last) == ENOUGH:
            yield last[-1] + dt.timedelta(days=WINDOW)


def _key(period: int) -> bytes:
    return hmac.digest(settings.SECRET_KEY.encode(), f"wenyi.place:{period}".encode(), hashlib.sha256)
