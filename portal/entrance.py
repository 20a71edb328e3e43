"""The doors without a language: for people, and for crawlers."""

from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
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
Disallow: /en/search/suggest
Disallow: /en/search/feed/
Disallow: /zh-hant/search/suggest
Disallow: /zh-hant/search/feed/

Sitemap: {sitemap}
"""
"""Only what is no page for readers is closed. Tickets and results of searches are open and say noindex themselves: a
crawler that may not open an address never reads that, and may list the bare address, which of a ticket is its secret.
"""


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers leave alone, and where they find the rest."""
    text = ROBOTS.format(sitemap=f"{settings.SITE_URL}{reverse('sitemap_index')}")
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
