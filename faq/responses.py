"""What every page about a row answers with: the page for everyone, the right address instead, or that it is gone."""

from collections.abc import Iterable
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils.encoding import escape_uri_path
from django.views.decorators.cache import cache_control

from people.models import Department
from search.models import Document

FRESH_SECONDS: Final = 60

public_page = cache_control(public=True, max_age=FRESH_SECONDS)
"""Decorator of the views whose page is the same for everyone."""


def is_at(request: HttpRequest, address: str) -> bool:
    """Whether the request came to exactly that address."""
    return escape_uri_path(request.path) == address


def moved(request: HttpRequest, address: str) -> HttpResponsePermanentRedirect:
    """301 to `address`, the query string kept: for what stays true, such as a slug or a merge."""
    return HttpResponsePermanentRedirect(_with_query(request, address))


def elsewhere(request: HttpRequest, address: str) -> HttpResponseRedirect:
    """302 to `address`, the query string kept: for what may change, such as whether a translation is public."""
    return HttpResponseRedirect(_with_query(request, address))


def gone(
    request: HttpRequest,
    key: str,
    *,
    department: Department | None = None,
    withdrawn: bool = False,
    why: str = "",
    lang: str = "",
    near: Iterable[Any] = (),
) -> HttpResponse:
    """The page that says that `key` ("question:12") was taken down, and where to read on. Raises Http404 if it never
    was public: an address that was not must not tell that there is a row behind it.

    `why` is what the staff wrote, in the language `lang`; `near` are public rows with `shown_title`.
    """
    if not Document.objects.filter(key=key, is_tombstone=True).exists():
        raise Http404(key)
    context = {"status": 410, "department": department, "withdrawn": withdrawn, "why": why, "lang": lang, "near": near}
    return render(request, "410.html", context, status=410)


def _with_query(request: HttpRequest, address: str) -> str:
    query = request.META.get("QUERY_STRING", "")
    return f"{address}?{query}" if query else address
