"""What readers search for and what they open of it, both without anybody being known (`search.searches`).

The page of results notes a search itself; static/js/clicks.js tells which result was opened. It reads its markup:

    <ol data-search="the words as they were typed" data-language="en">
      <li data-key="question:12" data-position="3"> … <a href="…">

`data-language` is the language of the page ("en", "zh-hant"), `data-position` counts all results from 1, over all
pages. A link anywhere inside the element with `data-key` is a click on it.
"""

import re
from http import HTTPStatus
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from people.languages import active_prefix
from people.visitors import is_from_elsewhere
from portal.beacon import asks_to_be_left_alone, is_robot, names_itself_robot
from portal.wellformed import announced
from search.searches import SEARCHES

CLICK: Final = re.compile(
    r"(en|zh-hant) ([1-9][0-9]{0,2}) ([a-z]{1,16}:[0-9A-Za-z_-]{1,63}) ([^\x00]{1,200})", re.DOTALL
)
"""The language of the page, the position of the result, its key, and what was searched for."""
LONGEST: Final = 1024
"""Bytes of such a line: 200 characters of any script."""


def note_search(request: HttpRequest, typed: str, *, results: int) -> bool:
    """Note that a page in the active language was asked for the results of `typed`, and how many there are.

    Nothing is written here. Robots that name themselves, and who asks to be left alone, are not noted.
    """
    if names_itself_robot(request) or asks_to_be_left_alone(request):
        return False
    return SEARCHES.note(typed, active_prefix(), results=results, place=request.META.get("REMOTE_ADDR", ""))


@csrf_exempt  # nobody is signed in here, nothing is allowed by a cookie: see people.visitors
@never_cache
@require_POST
def clicks(request: HttpRequest) -> HttpResponse:
    """Count that a result was opened ("en 3 question:12 stem cells"): 204; 400 or 403 for what is no such line."""
    click = read_click(request)
    if click is None:
        return HttpResponse(status=HTTPStatus.BAD_REQUEST)
    if is_from_elsewhere(request):
        return HttpResponse(status=HTTPStatus.FORBIDDEN)
    if not is_robot(request) and not asks_to_be_left_alone(request):
        language, position, key, typed = click
        place = request.META.get("REMOTE_ADDR", "")
        SEARCHES.click(typed, language, key=key, position=int(position), place=place)
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


def read_click(request: HttpRequest) -> tuple[str, str, str, str] | None:
    """The language, position, key and words in the body; None for anything else. Only a short plain text is read."""
    if request.content_type != "text/plain" or not 0 < announced(request) <= LONGEST:
        return None
    try:
        found = CLICK.fullmatch(request.body.decode())
    except UnicodeDecodeError:
        return None
    return (found[1], found[2], found[3], found[4]) if found else None
