"""The headers that every answer carries, whoever gave it: page, error, robots.txt or static file."""

from collections.abc import Mapping, Sequence

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.security import SecurityMiddleware


class SecurityHeaders(SecurityMiddleware):
    """Middleware, the outermost: Django's security headers, Content-Security-Policy and Permissions-Policy.

    Django's own SecurityMiddleware stands further in and redirects to HTTPS; this one never refuses a request, and so
    it also dresses the answers of those that do. A view's own header wins. The CSP part goes away with Django 6.2.
    """

    def process_request(self, request: HttpRequest) -> None:
        return None

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        dressed = super().process_response(request, response)
        # Django 6's name, too: what a view sets there stands in the place of the whole policy.
        directives = getattr(response, "_csp_config", None) or settings.SECURE_CSP
        dressed.headers.setdefault("Content-Security-Policy", policy(directives))
        dressed.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        if "immutable" in dressed.get("Cache-Control", "") and dressed.get("Vary") == "Accept-Language":
            # A picture has no language: LocaleMiddleware, further in, says so of whatever lies under no prefix.
            del dressed.headers["Vary"], dressed.headers["Content-Language"]
        return dressed


def policy(directives: Mapping[str, Sequence[str]]) -> str:
    """A Content-Security-Policy from Django 6's SECURE_CSP: names to sources."""
    return "; ".join(" ".join([name, *sources]) for name, sources in directives.items())
