"""Stub, being written."""

from django.http import Http404, HttpRequest, HttpResponse


def ask(request: HttpRequest) -> HttpResponse:
    raise Http404
