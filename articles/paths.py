"""Addresses as editors type them: a path of this site, or an https address of another."""

import re
from typing import Final
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.encoding import escape_uri_path, iri_to_uri, uri_to_iri
from django.utils.translation import gettext as _

from text.clean import clean_line

LENGTH: Final = 500
"""Characters of an address as it is stored, percent-encoded."""
CLOSED: Final = re.compile(r"/(?:admin|accounts|health|static|media)(?:/|$)|/[a-z-]+/ticket(?:/|$)")
"""Paths under which nothing is ever led elsewhere: the staff's doors, files, and the secrets of askers."""

_https = URLValidator(schemes=["https"])


def inside_path(typed: str) -> str:
    """Return a path of this site with its query and fragment, percent-encoded as browsers send it.

    The site's own scheme and host may stand before it. Raises ValidationError, with a sentence, for anything else:
    what a browser would read as another host ("//host", "/\\host") too.
    """
    words = clean_line(typed).removeprefix(settings.SITE_URL)
    if not words.startswith("/") or words[1:2] in {"/", "\\"} or "\\" in words:
        raise ValidationError(_("Write the address from its first slash, such as /en/about/."))
    rest, _hash, fragment = words.partition("#")
    path, _mark, query = rest.partition("?")
    encoded = escape_uri_path(unquote(path)) + (f"?{iri_to_uri(query)}" if query else "")
    if unquote(path)[1:2] in {"/", "\\"} or len(encoded) + len(fragment) >= LENGTH:
        raise ValidationError(_("This is no address of this site."))
    return encoded + (f"#{iri_to_uri(fragment)}" if fragment else "")


def target(typed: str) -> str:
    """Return an inside path, or an https address of another site. Raises ValidationError for anything else."""
    words = clean_line(typed)
    if not words.lower().startswith(("http:", "https:")) or words.startswith(f"{settings.SITE_URL}/"):
        return inside_path(words)
    address = iri_to_uri(words) or ""
    if urlsplit(words).username is not None:
        raise ValidationError(_("An address with a user name in it is not taken."))
    try:
        _https(address)
    except ValidationError as error:
        raise ValidationError(_("Another site's address has to begin with https://.")) from error
    if len(address) > LENGTH:
        raise ValidationError(_("This address is too long."))
    return address


def is_outside(address: str) -> bool:
    """Say whether a stored address leads to another site."""
    return not address.startswith("/")


def known_as(address: str) -> list[str]:
    """Return the keys under which an old address is looked up: with its query first, then without.

    `/a`, `/a/` and `/a/#part` are one address.
    """
    rest = address.partition("#")[0]
    path, _mark, query = rest.partition("?")
    path = path.rstrip("/") or "/"
    return [f"{path}?{query}", path] if query else [path]


def readable(address: str) -> str:
    """Return an address as people read it: "/zh-hant/關於/" instead of its percent signs."""
    return uri_to_iri(address)
