"""The site's map with addresses that fail in every way, for the tests of errors."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import path

from portal import urls
from portal.errors import too_many_requests


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError(f"broken at {request.path}")


def forbidden(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def echo(request: HttpRequest) -> HttpResponse:
    """What a form would see: the body as Django has parsed it."""
    return HttpResponse(repr(sorted(request.POST.items())))


urlpatterns = [
    *[
        path(f"{language}/{name}/", view)
        for language in ("en", "zh-hant")
        for name, view in {"broken": broken, "forbidden": forbidden, "often": too_many_requests, "echo": echo}.items()
    ],
    path("zh-hant/ticket/<str:secret>/", lambda request, secret: broken(request)),
    *urls.urlpatterns,
]
handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500
