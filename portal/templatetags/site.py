"""The template library `site`: addresses of the page itself, for its head and its language switch."""

from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.utils.encoding import escape_uri_path

register = template.Library()


@register.simple_tag(takes_context=True)
def own_address(context: template.Context) -> str:
    """The page's own path, without the query: `canonical` if the view gives one."""
    return str(context.get("canonical") or escape_uri_path(_path(context)))


@register.simple_tag(takes_context=True)
def twin_address(context: template.Context) -> str:
    """The path of the same page in the other language; empty where there is none.

    Pages about a row pass it as `twin_address` (possibly empty); every other page has its twin under the other prefix.
    """
    given: Any = context.get("twin_address")
    if given is not None:
        return str(given)
    path = _path(context)
    for here, there in (("/en/", "/zh-hant/"), ("/zh-hant/", "/en/")):
        if path.startswith(here):
            return escape_uri_path(there + path[len(here) :])
    return ""


@register.filter
def absolute(path: str) -> str:
    """A path as a full address, with the scheme and host of SITE_URL."""
    return f"{settings.SITE_URL}{path}"


def _path(context: template.Context) -> str:
    request = context.get("request")
    return request.path if isinstance(request, HttpRequest) else ""
