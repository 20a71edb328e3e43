"""Stub, being written."""

from django.http import Http404, HttpRequest, HttpResponse


def article_list(request: HttpRequest) -> HttpResponse:
    raise Http404


def article_detail(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    raise Http404
