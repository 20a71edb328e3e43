"""Stub, being written."""

from django.http import Http404, HttpRequest, HttpResponse


def home(request: HttpRequest) -> HttpResponse:
    raise Http404


def search(request: HttpRequest) -> HttpResponse:
    raise Http404


def sitemap_page(request: HttpRequest) -> HttpResponse:
    raise Http404
