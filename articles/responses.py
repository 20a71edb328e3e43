"""The page that says that an address is gone, why, and what is near."""

from dataclasses import dataclass
from http import HTTPStatus

from django.http import HttpResponse
from django.template import loader


@dataclass(frozen=True)
class Near:
    """A place to read on: its address, what it is called, and the `lang` attribute of those words."""

    address: str
    words: str
    lang: str = ""


def taken_down(reason: str, near: list[Near]) -> HttpResponse:
    """410 in the active language, without session or request: it is the same for everyone."""
    page = loader.render_to_string("gone.html", {"status": HTTPStatus.GONE, "reason": reason, "near": near})
    return HttpResponse(page, status=HTTPStatus.GONE)
