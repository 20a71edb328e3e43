"""Stub, being written."""

from django.http import Http404, HttpRequest, HttpResponse


def physician_detail(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    raise Http404
