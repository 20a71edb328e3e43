"""While somebody asks: what may answer them already, and "this answers me", counted without the person or a word."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from faq.models import SparedQuestion
from faq.nearest import KINDS, nearest
from people.languages import PREFIX, active_prefix
from people.limits import HELPFUL, once, take, visitor_of
from people.visitors import is_from_elsewhere
from search.models import Document

LONGEST_KEY: Final = 80


@csrf_exempt  # nobody is signed in here, nothing is allowed by a cookie: see people.visitors
@never_cache
@require_POST
def ask_nearest(request: HttpRequest) -> HttpResponse:
    """Answer what is typed so far with a list, as a piece of the page of the ask form (static/js/nearest.js)."""
    if is_from_elsewhere(request):
        return HttpResponse(status=HTTPStatus.FORBIDDEN)
    response = render(request, "faq/_nearest.html", {"nearest": nearest_to(request.POST), "is_piece": True})
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response


def nearest_to(words: Mapping[str, str]) -> list[Document]:
    """What is nearest to the title and the question of an ask form, in the language that was chosen there."""
    language = words.get("language", "")
    return nearest(words.get("title", ""), words.get("body", ""), language if language in PREFIX else active_prefix())


@csrf_exempt  # nobody is signed in here, nothing is allowed by a cookie: see people.visitors
@never_cache
@require_POST
def ask_answered(request: HttpRequest) -> HttpResponse:
    """Lead to the document that answers somebody, and count it once a visitor, document and day."""
    if is_from_elsewhere(request):
        return HttpResponse(status=HTTPStatus.FORBIDDEN)
    document = _document(request.POST.get("document", ""))
    visitor = visitor_of(request.META.get("REMOTE_ADDR", ""))
    if not take(visitor, HELPFUL) and once(f"answers.{document.pk}", visitor):
        SparedQuestion.count(document.key, timezone.localdate())
    return HttpResponseRedirect(document.path, status=HTTPStatus.SEE_OTHER)


def _document(key: str) -> Document:
    """A public document that could be offered. Raises Http404."""
    if len(key) > LONGEST_KEY:
        raise Http404
    found = Document.objects.live().filter(key=key, kind__in=KINDS).first()
    if found is None:
        raise Http404
    return found
