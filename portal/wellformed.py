"""What may enter: requests that are UTF-8, hold no NUL, and are not longer than they may be.

Django checks some of this where a form is read; a raw `request.GET`, a cookie or a header that reaches the database
unread by a form would be an error 500 on PostgreSQL and pass in silence on SQLite.
"""

import json
import re
from typing import Any
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase

from portal.chain import GetResponse

UTF_8 = {"", "utf-8", "utf8"}
UPLOAD_PATH = "/admin/"
SURROGATE = re.compile("[\ud800-\udfff]")


class GuardedRequest(WSGIRequest):
    """A request that remembers what was broken about it where Django mends it or fails before any middleware."""

    malformed_content_type = False

    def __init__(self, environ: dict[str, Any]) -> None:
        self.raw_path = str(environ.get("PATH_INFO", "")).encode("latin-1", "replace")
        super().__init__(environ)

    def _set_content_type_params(self, meta: dict[str, str]) -> None:
        try:
            super()._set_content_type_params(meta)  # type: ignore[misc]  # not in the stubs
        except (ValueError, LookupError):
            self.malformed_content_type = True
            self.content_type, self.content_params = "", {}


class WellFormed:
    """Middleware: 413 for a body that says it is too long, 400 for what is malformed, before any view."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.get_host()
        check_head(request)
        check_length(request)
        if request.method in ("POST", "PUT", "PATCH", "DELETE"):
            check_body(request)
        return self.get_response(request)


def check_head(request: HttpRequest) -> None:
    """Path, query, cookies and charset. Raises BadRequest, or TooManyFieldsSent from the query."""
    if getattr(request, "malformed_content_type", False):
        raise BadRequest("a Content-Type that cannot be read")
    if (request.content_params or {}).get("charset", "").lower() not in UTF_8:
        raise BadRequest("a charset other than UTF-8")
    if "HTTP_TRANSFER_ENCODING" in request.META:
        raise BadRequest("a body without a length, which Django would take for empty")
    check_bytes(getattr(request, "raw_path", request.path.encode()))
    check_bytes(unquote_to_bytes(request.META.get("QUERY_STRING", "").encode("latin-1", "replace")))
    check_texts([request.COOKIES, request.GET])


def check_length(request: HttpRequest) -> None:
    """Raises RequestDataTooBig from the length that the client announces, before a byte of the body is read."""
    staff_upload = request.path_info.startswith(UPLOAD_PATH) and request.content_type == "multipart/form-data"
    if announced(request) > (settings.UPLOAD_MAX_SIZE if staff_upload else settings.DATA_UPLOAD_MAX_MEMORY_SIZE):
        raise RequestDataTooBig("a body longer than is taken here")


def announced(request: HttpRequest) -> int:
    """Content-Length in bytes; 0, as for Django, where there is none or no number."""
    length = request.META.get("CONTENT_LENGTH") or ""
    return int(length[:18]) if length.isascii() and length.isdecimal() else 0


def check_body(request: HttpRequest) -> None:
    """Form fields and JSON. Raises BadRequest, or what Django raises for a body that it cannot parse."""
    if request.content_type == "application/x-www-form-urlencoded":
        check_bytes(unquote_to_bytes(request.body))
    elif request.content_type == "multipart/form-data":
        check_multipart(request)
    elif request.content_type == "application/json":
        check_json(request.body)
    check_texts(request.POST)


def check_multipart(request: HttpRequest) -> None:
    """The parser replaces broken UTF-8 in silence; a body without files, which is short, is looked at as a whole."""
    if announced(request) <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        body = request.body
        if not request.FILES:
            check_bytes(body)


def check_json(body: bytes) -> None:
    """JSON can spell a NUL or half a surrogate pair with escapes, which no look at the bytes would find."""
    try:
        check_texts(json.loads(body.decode()))
    except (ValueError, RecursionError) as error:
        raise BadRequest("broken JSON") from error


def check_bytes(raw: bytes) -> None:
    try:
        check_texts(raw.decode())
    except UnicodeDecodeError as error:
        raise BadRequest("broken UTF-8") from error


def check_texts(value: Any) -> None:
    """Every text inside `value`, names and values at any depth, lacks NUL and lone surrogates."""
    if isinstance(value, str):
        if "\0" in value or SURROGATE.search(value):
            raise BadRequest("a NUL or half a character")
    elif isinstance(value, QueryDict):
        check_texts(list(value.lists()))
    elif isinstance(value, dict):
        check_texts(list(value.items()))
    elif isinstance(value, list | tuple):
        for part in value:
            check_texts(part)
