"""Public pages on their way to the reader as brotli or gzip: 60 kB of Chinese cost a slow line seconds, 12 kB do not.

Only what is the same for everyone: a page that holds somebody's secret (a form's token, a ticket) beside words that a
stranger may put into its address must not tell by its length when the two are alike (BREACH). Static files are
compressed when they are collected, and are none of this.
"""

import gzip
import re
from collections.abc import Callable
from typing import Final

import brotli
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

AT_LEAST: Final = 500
"""Bytes below which an answer fits into one packet anyway."""
TEXTS: Final = ("text/", "application/atom+xml", "application/json", "application/xml")
BROTLI_QUALITY: Final = 4
"""As small as gzip's best at a third of its time."""
GZIP_LEVEL: Final = 6


class Compressed:
    """Middleware: compresses an answer that is public, text, and wanted compressed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if isinstance(response, HttpResponse) and _may_be(response):
            patch_vary_headers(response, ["Accept-Encoding"])
            _compress(response, accepted(request.headers.get("Accept-Encoding", "")))
        return response


def accepted(header: str) -> frozenset[str]:
    """The encodings that Accept-Encoding names and does not refuse with q=0 (RFC 9110, 12.5.3)."""
    rows = re.findall(r"([\w*-]+)\s*(?:;\s*q=([0-9.]+))?", header.lower())
    return frozenset(name for name, weight in rows if not weight or weight.strip("0.") != "")


def _may_be(response: HttpResponse) -> bool:
    is_text = response.get("Content-Type", "").startswith(TEXTS)
    is_public = "public" in response.get("Cache-Control", "")
    return is_text and is_public and "Content-Encoding" not in response and len(response.content) >= AT_LEAST


def _compress(response: HttpResponse, encodings: frozenset[str]) -> None:
    if "br" in encodings:
        response.content, encoding = brotli.compress(response.content, quality=BROTLI_QUALITY), "br"
    elif "gzip" in encodings:
        response.content, encoding = gzip.compress(response.content, GZIP_LEVEL, mtime=0), "gzip"
    else:
        return
    response["Content-Encoding"] = encoding
    response["Content-Length"] = str(len(response.content))
