"""The beacon: a page that has been in sight for some seconds says which it is (static/js/site.js), and is counted.

No cookie, no session, no query: the answer is always the same and always empty, so nobody learns what was counted.
"""

import re
from http import HTTPStatus
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from people.limits import visitor_of
from people.visitors import is_from_elsewhere
from portal.wellformed import announced
from search.counting import VIEWS

KEY: Final = re.compile(rb"(?:question|article):[1-9][0-9]{0,17}")
"""What prints how often it was read."""
LONGEST: Final = 32
ROBOTS: Final = re.compile(
    # Cubot makes telephones.
    r"(?<!cu)bot|crawl|spider|slurp|scan|fetch|monitor|preview|prerender|headless|phantom|lighthouse|insights|https?:|"
    r"archive|validator|checker|feed|google-|googleother|mediapartners|facebook\w*hit|chatgpt|perplexity|claude",
    re.IGNORECASE,
)
"""Words by which programs name themselves that otherwise pass for a browser."""
SENDS_FETCH_METADATA: Final = re.compile(r"(?:Chrome|Firefox)/")
"""Blink since 2020 and Gecko since 2021. Safari learnt it in 2023, and older telephones keep the Safari they have."""


@csrf_exempt  # nobody is signed in here, nothing is allowed by a cookie: see people.visitors
@never_cache
@require_POST
def beacon(request: HttpRequest) -> HttpResponse:
    """Count one view of the document whose key is the body ("question:12"): 204; 400 or 403 for what is no beacon."""
    key = read_key(request)
    if key is None:
        return HttpResponse(status=HTTPStatus.BAD_REQUEST)
    if is_from_elsewhere(request):
        return HttpResponse(status=HTTPStatus.FORBIDDEN)
    if not is_robot(request) and not asks_to_be_left_alone(request):
        VIEWS.note(key, visitor_of(request.META.get("REMOTE_ADDR", "")))
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


def read_key(request: HttpRequest) -> str | None:
    """The key in the body; None for anything else. Only a short plain text is read at all."""
    if request.content_type != "text/plain" or not 0 < announced(request) <= LONGEST:
        return None
    return request.body.decode() if KEY.fullmatch(request.body) else None


def is_robot(request: HttpRequest) -> bool:
    """Whether it names itself a program, lacks what every browser sends along, or loads the page for later."""
    agent = request.headers.get("User-Agent", "")
    site = request.headers.get("Sec-Fetch-Site", "")
    # Browsers tell where a request comes from on HTTPS alone.
    hides_site = not site and request.is_secure() and SENDS_FETCH_METADATA.search(agent)
    lacks = not ("Origin" in request.headers and "Accept-Language" in request.headers) or hides_site
    return bool(
        not agent.startswith("Mozilla/") or lacks or site not in ("", "same-origin") or names_itself_robot(request)
    )


def names_itself_robot(request: HttpRequest) -> bool:
    """Whether it says that nobody reads this: by its name, or because the page is loaded for later."""
    purpose = request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", "")
    return bool(ROBOTS.search(request.headers.get("User-Agent", ""))) or "prefetch" in purpose


def asks_to_be_left_alone(request: HttpRequest) -> bool:
    """Global Privacy Control, or its forerunner Do Not Track. What we keep is no profile, but it is their word."""
    return request.headers.get("Sec-GPC") == "1" or request.headers.get("DNT") == "1"
