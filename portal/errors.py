"""Pages for what went wrong, in the language of the address.

They are made without the request's body, session or user: whatever broke may break again when it is read twice.
"""

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header


def language_of(request: HttpRequest) -> str:
    """The language of the address, else the one that the browser prefers, else English."""
    return translation.get_language_from_path(request.path_info) or preferred_language(request)


def preferred_language(request: HttpRequest) -> str:
    """`zh-hant` or `en` by the browser's list alone; every kind of Chinese means `zh-hant`."""
    header = request.META.get("HTTP_ACCEPT_LANGUAGE", "")
    for code, _weight in parse_accept_lang_header(header):
        if code == "*":
            break
        if code.startswith(("zh", "en")):
            return "zh-hant" if code.startswith("zh") else "en"
    return "en"


def error_page(request: HttpRequest, status: int) -> HttpResponse:
    """The page of an error status, from `templates/<status>.html`, never kept by a cache."""
    language = language_of(request)
    with translation.override(language):
        page = loader.render_to_string(f"{status}.html", {"status": status})
    return HttpResponse(page, status=status, headers={"Content-Language": language, "Cache-Control": "no-store"})


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400, or 413 where a body was too long to be read."""
    return error_page(request, 413 if isinstance(exception, RequestDataTooBig) else 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(request, 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return error_page(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(request, 404)


def too_many_requests(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(request, 429)


def server_error(request: HttpRequest) -> HttpResponse:
    return error_page(request, 500)
