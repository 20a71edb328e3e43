"""Every kind of page that opens, public and of the admin, in both languages and both themes: axe finds no violation.

Pages in particular states (errors, small phones, what stands in an article) are in tests/test_accessibility.py.
"""

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from people.models import User
from tests.audit.axe import OF_TESTS, look
from tests.of_staff import of_staff
from tests.pgplugin import ENGINE
from tests.test_access import World, world
from tests.walking import LANGUAGES, Walk, name_of, publish

__all__ = ["world"]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(ENGINE == "postgresql", reason="markup is the same on every database"),
]


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_public_pages_have_no_violation_in_either_theme(
    browser: Browser, live_server: LiveServer, client: Client, language: str
) -> None:
    publish(language)
    walk = Walk(client).from_home()
    kinds = {(name_of(address), "?" in address): address for address in walk.pages() if f"/{language}/" in address}
    addresses = [address.removeprefix("http://testserver") for address in kinds.values()]

    found = look(browser, live_server.url, addresses, script=OF_TESTS)

    assert found == {}
    assert len(addresses) > 20


def _cookies(user: User, language: str) -> str:
    client = Client()
    client.force_login(user)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    return f"{settings.SESSION_COOKIE_NAME}={session}; {settings.LANGUAGE_COOKIE_NAME}={language}"


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_pages_of_the_admin_have_no_violation_in_either_theme(
    browser: Browser, live_server: LiveServer, world: World, language: str
) -> None:
    pages: dict[str, list[str]] = {}
    for address, roles in of_staff(world, one_of_what_is_alike=True).items():
        pages.setdefault(roles[0], []).append(address)

    found: dict[str, list[str]] = {}
    for role, addresses in pages.items():
        found |= look(browser, live_server.url, addresses, _cookies(world.people[role], language), OF_TESTS)

    assert found == {}
