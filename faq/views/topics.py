"""Stub, being written."""

from django.http import Http404, HttpRequest, HttpResponse


def topic_list(request: HttpRequest) -> HttpResponse:
    raise Http404


def topic_detail(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    raise Http404
