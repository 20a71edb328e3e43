"""What the environment says, or a sentence that tells the operator what to set."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

import dj_database_url
from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured

T = TypeVar("T")
Network = IPv4Network | IPv6Network


def read(parse: Callable[[str], T], name: str, default: T, expected: str) -> T:
    """The variable `name` through `parse`, or `default` when it is unset or empty.

    `expected` ends the sentence that answers a malformed value; the value itself is never repeated, for it may be a
    secret. Raises ImproperlyConfigured.
    """
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    try:
        return parse(value)
    except (ValueError, KeyError):
        raise ImproperlyConfigured(f"{name} is malformed: expected {expected}.") from None


text = str
folder = Path


def switch(value: str) -> bool:
    return {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}[
        value.lower()
    ]


def port(value: str) -> int:
    number = int(value)
    if not 0 < number < 65536:
        raise ValueError(number)
    return number


def above_zero(value: str) -> float:
    number = float(value)
    if not 0 < number < float("inf"):
        raise ValueError(number)
    return number


def log_level(value: str) -> str:
    if value.upper() not in ("DEBUG", "INFO", "WARNING", "ERROR"):
        raise ValueError(value)
    return value.upper()


def words(value: str) -> list[str]:
    """A comma separated list without its blanks."""
    return [word.strip() for word in value.split(",") if word.strip()]


def site(value: str) -> SplitResult:
    """Scheme and host of the site: no path, no query, no user."""
    parts = urlsplit(value)
    extras = parts.path.strip("/") or parts.query or parts.fragment or parts.username
    if parts.scheme not in ("http", "https") or not parts.hostname or extras or parts.port == 0:
        raise ValueError(value)
    return parts


def is_loopback(host: str) -> bool:
    """Whether a host name can only mean this machine."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def networks(value: str) -> list[Network]:
    """Addresses and networks (CIDR), a single address being a network of one."""
    return [ip_network(word) for word in words(value)]


def keys(value: str) -> list[str]:
    """Fernet keys, each checked by building its cipher."""
    found = words(value)
    for key in found:
        Fernet(key)
    return found


def database(value: str) -> dict[str, Any]:
    """One of Django's DATABASES from its address, with the options that a site under load needs.

    Raises ValueError for an address that names neither SQLite nor PostgreSQL.
    """
    parsed: dict[str, Any] = dict(dj_database_url.parse(value, conn_max_age=60, conn_health_checks=True))
    options = parsed.setdefault("OPTIONS", {})
    if parsed["ENGINE"] == "django.db.backends.sqlite3":
        # What a person was told is saved survives a power cut (FULL); readers read on while one writes (WAL); a
        # transaction waits for the write lock at its start instead of failing in its middle (IMMEDIATE).
        options["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL"
        options["transaction_mode"] = "IMMEDIATE"
        options.setdefault("timeout", 20)
    elif parsed["ENGINE"] == "django.db.backends.postgresql":
        options.setdefault("connect_timeout", 3)
    else:
        raise ValueError(value)
    return parsed


def databases(value: str) -> dict[str, dict[str, Any]]:
    """Replicas by alias, from addresses separated by blanks: an address may hold commas, between its hosts."""
    return {f"replica{n}": database(word) for n, word in enumerate(value.split(), start=1)}


@dataclass(frozen=True)
class Mailer:
    """Django's EMAIL_* settings."""

    backend: str
    folder: str | None
    host: str
    port: int
    user: str
    password: str
    use_ssl: bool
    use_tls: bool
    timeout: int


MAIL_BACKENDS = {
    "console": "console",
    "dummy": "dummy",
    "file": "filebased",
    "memory": "locmem",
    "smtp": "smtp",
    "smtps": "smtp",
    "smtp+tls": "smtp",
}


def mailer(value: str) -> Mailer:
    """How mail leaves, from one address: `smtp+tls://user:password@host:587/?timeout=10` (seconds).

    smtps:// speaks TLS from the first byte, smtp+tls:// after STARTTLS, smtp:// not at all. Raises KeyError for
    another scheme, ValueError for a missing host or a port that is no number.
    """
    parts = urlsplit(value)
    kind = MAIL_BACKENDS[parts.scheme]
    if kind == "smtp" and not parts.hostname:
        raise ValueError(value)
    return Mailer(
        backend=f"django.core.mail.backends.{kind}.EmailBackend",
        folder=unquote(parts.path) if kind == "filebased" else None,
        host=parts.hostname or "localhost",
        port=parts.port or {"smtps": 465, "smtp+tls": 587}.get(parts.scheme, 25),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        use_ssl=parts.scheme == "smtps",
        use_tls=parts.scheme == "smtp+tls",
        timeout=int(parse_qs(parts.query).get("timeout", ["10"])[0]),
    )
