"""Stub, being written."""

from django.http import Http404, HttpRequest, HttpResponse


def department_list(request: HttpRequest) -> HttpResponse:
    raise Http404


def department_detail(request: HttpRequest, slug: str) -> HttpResponse:
    raise Http404
