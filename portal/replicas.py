"""Reads may go to a replica, writes go to the primary, and whoever wrote reads there too."""

import random
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.db import connections
from django.db.models import Model
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from portal.chain import GetResponse

PRIMARY = "default"
# Counters, sessions and queues are read to be changed at once.
NEVER_REPLICATED = {"django_cache", "sessions", "django_tasks_database"}
READ_YOUR_WRITES = ("/admin/", "/accounts/", "/ask/", "/ticket/")

_pinned: ContextVar[bool] = ContextVar("pinned", default=False)


class Replicas:
    """Database router. Outside a request nothing is pinned until something is written."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str:
        at_primary = _pinned.get() or connections[PRIMARY].in_atomic_block
        if at_primary or model._meta.app_label in NEVER_REPLICATED or not settings.REPLICAS:
            return PRIMARY
        # Load is spread here, nothing is guarded.
        return random.choice(settings.REPLICAS)  # noqa: S311  # nosec B311

    def db_for_write(self, model: type[Model], **hints: Any) -> str:
        _pinned.set(True)
        return PRIMARY

    def allow_relation(self, one: Model, other: Model, **hints: Any) -> bool:
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == PRIMARY


class PinToPrimary:
    """Middleware: who may just have written (a form, a person's own pages, staff) never reads a lagging replica."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        token = _pinned.set(must_be_fresh(request))
        try:
            return self.get_response(request)
        finally:
            _pinned.reset(token)


def must_be_fresh(request: HttpRequest) -> bool:
    return (
        request.method not in ("GET", "HEAD")
        or settings.SESSION_COOKIE_NAME in request.COOKIES
        or any(part in request.path_info for part in READ_YOUR_WRITES)
    )
