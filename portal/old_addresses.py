"""What the map of the site does not know: addresses that were led elsewhere or taken down by hand or by a new name,
and those of an imported archive (DESIGN section 4)."""

from http import HTTPStatus
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.utils.encoding import escape_uri_path
from django.utils.translation import override

from articles.addresses import name_of
from articles.models import Redirect
from articles.responses import Near, taken_down
from faq.models import Question
from portal.chain import GetResponse
from portal.errors import language_of

FRESH: Final = "public, max-age=600"
"""A redirect that somebody corrects is followed anew after ten minutes, also by browsers that know the old one."""


class OldAddresses:
    """Looks up what the map of the site does not know; nothing that it knows costs a query."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.method not in {"GET", "HEAD"} or not _is_unknown(request, response):
            return response
        return _led_on(request) or _in_archive(request) or response


def _is_unknown(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether there is no such page, or only the guess that one may be there with a language before it."""
    if response.status_code != HTTPStatus.FOUND:
        return response.status_code == HTTPStatus.NOT_FOUND
    path = escape_uri_path(request.path).rstrip("/")
    guesses = {f"/{language}{path}{end}" for language, _name in settings.LANGUAGES for end in ("/", "")}
    return bool(path) and response.get("Location", "").partition("?")[0] in guesses


def _led_on(request: HttpRequest) -> HttpResponseBase | None:
    redirect = Redirect.objects.of(request.get_full_path()).first()
    if redirect is None:
        return None
    response = (
        _gone(request, redirect) if redirect.is_gone else HttpResponsePermanentRedirect(_target(request, redirect))
    )
    response["Cache-Control"] = FRESH
    return response


def _target(request: HttpRequest, redirect: Redirect) -> str:
    """Where it leads; the query comes along where the old address stands for every query and the new one has none."""
    query = request.META.get("QUERY_STRING", "")
    if not query or "?" in redirect.old or "?" in redirect.new or redirect.is_outside:
        return redirect.new
    path, mark, fragment = redirect.new.partition("#")
    return f"{path}?{query}{mark}{fragment}"


def _gone(request: HttpRequest, redirect: Redirect) -> HttpResponseBase:
    language = language_of(request)
    with override(language):
        response = taken_down(redirect.reason, [Near(redirect.new, name_of(redirect.new))] if redirect.new else [])
    response["Content-Language"] = language
    return response


def _in_archive(request: HttpRequest) -> HttpResponseBase | None:
    old = Question.objects.leading_on().filter(old_path=request.get_full_path()[:500]).first()
    return HttpResponsePermanentRedirect((old.merged_into or old).get_absolute_url()) if old else None
