"""What the environment says, or a sentence that tells the operator what to set."""

import os
from collections.abc import Callable
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Any, TypeVar
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

import dj_database_url
from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured
from environs import EnvError

T = TypeVar("T")
Network = IPv4Network | IPv6Network


def read(parse: Callable[[str], T], name: str, default: T, expected: str) -> T:
    """The variable `name` through `parse`, or `default` when it is unset or empty.

    `expected` ends the sentence that a malformed value is answered with; the value itself is never
    repeated, for it may be a secret. Raises ImproperlyConfigured.
    """
    if not os.environ.get(name, "").strip():
        return default
    try:
        return parse(name)
    except (EnvError, ValueError, KeyError) as error:
        raise ImproperlyConfigured(f"{name} is malformed: expected {expected}.") from error


def text(name: str) -> str:
    return os.environ[name].strip()


def words(name: str) -> list[str]:
    """A comma separated list without its blanks."""
    return [word.strip() for word in os.environ[name].split(",") if word.strip()]


def site(name: str) -> SplitResult:
    """Scheme and host of the site: no path, no query, no user."""
    parts = urlsplit(text(name))
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/") or parts.query:
        raise ValueError(name)
    return parts


def networks(name: str) -> list[Network]:
    """Addresses and networks (CIDR), a single address being a network of one."""
    return [ip_network(word) for word in words(name)]


def keys(name: str) -> list[str]:
    """Fernet keys, each checked by building its cipher."""
    found = words(name)
    for key in found:
        Fernet(key)
    return found


def database(url: str) -> dict[str, Any]:
    """One of Django's DATABASES from its address, with the options that a site under load needs.

    Raises ValueError for an address that names neither SQLite nor PostgreSQL.
    """
    parsed: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True))
    options = parsed.setdefault("OPTIONS", {})
    if parsed["ENGINE"] == "django.db.backends.sqlite3":
        parsed["CONN_MAX_AGE"] = None
        # Acknowledged means written: FULL survives a power cut, WAL lets readers read on, IMMEDIATE makes a
        # transaction wait for the write lock at its start instead of failing in its middle.
        options["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL"
        options["transaction_mode"] = "IMMEDIATE"
        options.setdefault("timeout", 20)
    elif parsed["ENGINE"] == "django.db.backends.postgresql":
        options.setdefault("connect_timeout", 3)
    else:
        raise ValueError(url)
    return parsed


EMAIL_BACKENDS = {
    "console": "django.core.mail.backends.console.EmailBackend",
    "dummy": "django.core.mail.backends.dummy.EmailBackend",
    "file": "django.core.mail.backends.filebased.EmailBackend",
    "memory": "django.core.mail.backends.locmem.EmailBackend",
    "smtp": "django.core.mail.backends.smtp.EmailBackend",
    "smtps": "django.core.mail.backends.smtp.EmailBackend",
    "smtp+tls": "django.core.mail.backends.smtp.EmailBackend",
}


def email(name: str) -> dict[str, Any]:
    """Django's EMAIL_* settings from one address: `smtp+tls://user:password@host:587/?timeout=10`.

    smtps:// speaks TLS from the first byte, smtp+tls:// after STARTTLS, smtp:// not at all. Raises KeyError
    for another scheme, ValueError for a missing host or a port that is no number.
    """
    parts = urlsplit(text(name))
    backend = EMAIL_BACKENDS[parts.scheme]
    if backend.endswith("smtp.EmailBackend") and not parts.hostname:
        raise ValueError(name)
    return {
        "EMAIL_BACKEND": backend,
        "EMAIL_FILE_PATH": unquote(parts.path) if parts.scheme == "file" else None,
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or {"smtps": 465, "smtp+tls": 587}.get(parts.scheme, 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_TIMEOUT": int(parse_qs(parts.query).get("timeout", ["10"])[0]),
    }
