"""Stub, being written."""

from django.http import Http404, HttpRequest, HttpResponse


def page_detail(request: HttpRequest, slug: str) -> HttpResponse:
    raise Http404
