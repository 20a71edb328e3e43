"""Stub, being written."""

from django.http import Http404, HttpRequest, HttpResponse


def ticket_find(request: HttpRequest) -> HttpResponse:
    raise Http404


def ticket_detail(request: HttpRequest, secret: str) -> HttpResponse:
    raise Http404


def ticket_act(request: HttpRequest, secret: str, act: str) -> HttpResponse:
    raise Http404
