"""Every kind of page is valid HTML by the W3C's Nu checker: public pages, the admin for each role, errors."""

import shutil
from pathlib import Path
from typing import Final

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client
from django.utils.translation import override

from articles.states import Status as ArticleStatus
from faq.states import Status
from people.models import User
from tests.audit import markup
from tests.factories import make_article, make_consent, make_department, make_question
from tests.of_staff import of_staff
from tests.pgplugin import ENGINE
from tests.test_access import World, world
from tests.walking import LANGUAGES, Walk, name_of, publish

__all__ = ["world"]

TEMPLATES: Final = Path(settings.BASE_DIR) / "templates"

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not markup.IS_THERE, reason="no Java, or no Nu checker: make audit-tools"),
    pytest.mark.skipif(ENGINE == "postgresql", reason="markup is the same on every database"),
]


def test_public_pages_are_valid(client: Client) -> None:
    for language in LANGUAGES:
        publish(language)
    walk = Walk(client).from_home()
    kinds = {(address.split("/")[3], name_of(address), "?" in address): address for address in walk.pages()}

    pages = {address: walk.bodies[address] for address in kinds.values()}

    assert markup.errors(pages) == {}


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_forms_tickets_and_errors_are_valid(client: Client, language: str) -> None:
    department = make_department("department-one")
    make_consent("self")
    gone = make_article(language, status=ArticleStatus.WITHDRAWN, department=department)
    states = (Status.SUBMITTED, Status.ACCEPTED, Status.NEEDS_INFO, Status.ANSWERED, Status.PUBLISHED, Status.REJECTED)
    tickets = [make_question(status, department, language).ticket.secret for status in states]
    paths = ["no/such/page/", "search/?q=%00", "search/?q=nothing-like-it", "ask/?department=department-one"]
    addresses = [*(f"/{language}/{path}" for path in paths), gone.get_absolute_url()]
    addresses += [f"/{language}/ticket/{secret}/" for secret in tickets]
    refused = [f"/{language}/ask/?department=department-one", f"/{language}/contact/", f"/{language}/ticket/"]

    pages = {address: client.get(address).content for address in addresses}
    pages |= {f"POST {address}": client.post(address).content for address in refused}

    assert markup.errors(pages) == {}


def test_templates_of_errors_are_valid() -> None:
    pages = {}
    for language in LANGUAGES:
        with override(language):
            for path in TEMPLATES.glob("[45]??.html"):
                pages[f"{path.name} {language}"] = render_to_string(path.name, {"status": int(path.stem)}).encode()

    assert markup.errors(pages) == {}


def _as(user: User, language: str) -> Client:
    client = Client()
    client.force_login(user)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return client


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_pages_of_the_admin_are_valid_for_every_role(world: World, language: str) -> None:
    clients = {role: _as(user, language) for role, user in world.people.items()}

    pages = {}
    for address, roles in of_staff(world).items():
        for role in sorted(roles):
            response = clients[role].get(address)
            pages[f"{role} {address}"] = response.content

    assert markup.errors(pages) == {}
    assert len(pages) > 100


def test_the_checker_finds_what_is_wrong() -> None:
    page = b'<!doctype html><html lang="en"><title>A</title><p><div id="a"></div><i id="a"></i>'

    assert len(markup.errors({"/": page})["/"]) == 1
    assert shutil.which("java")
