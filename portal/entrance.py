"""The doors without a language: for people, and for crawlers."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from portal.errors import preferred_language


@require_safe
def entrance(request: HttpRequest) -> HttpResponse:
    """`/` leads to `/zh-hant/` or `/en/` by the browser's language; no cookie decides or is set."""
    response = redirect(f"/{preferred_language(request)}/")
    patch_vary_headers(response, ["Accept-Language"])
    return response


ROBOTS: Final = """User-agent: *
Disallow: /admin/
Disallow: /accounts/
Disallow: /en/ticket/
Disallow: /zh-hant/ticket/
"""


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers leave alone. Tickets say noindex themselves too; nothing here names a secret."""
    return HttpResponse(ROBOTS, content_type="text/plain; charset=utf-8")
