"""Every box of the admin has a name, also in tables, where only a heading stands above it."""

import re

import pytest
from django.test import Client

from people.models import User
from tests.factories import make_concept, make_menu_item, make_user

pytestmark = pytest.mark.django_db


def page_of(user: User, address: str) -> str:
    client = Client()
    client.force_login(user)
    return client.get(address).content.decode()


def name_of(page: str, field: str) -> str:
    """The `aria-label` of the box with that id."""
    tag = re.search(rf'<(?:input|select)[^>]*id="{field}"[^>]*>', page)
    assert tag is not None
    found = re.search(r'aria-label="([^"]*)"', tag.group())
    return found.group(1) if found else ""


def test_boxes_in_a_table_below_a_form_carry_the_name_of_their_column() -> None:
    concept = make_concept("SLE", "紅斑性狼瘡")

    page = page_of(make_user(role="editor"), f"/admin/search/concept/{concept.pk}/change/")

    assert [name_of(page, f"id_names-0-{name}") for name in ("text", "language")] == ["Name", "Language"]
    assert '<th class="original"></th>' not in page


def test_boxes_in_a_list_carry_the_name_of_their_column() -> None:
    make_menu_item()

    page = page_of(make_user(role="editor"), "/admin/articles/menuitem/")

    assert name_of(page, "id_form-0-order") == "Order"


def test_both_boxes_of_a_moment_say_what_they_are() -> None:
    page = page_of(make_user(role="editor"), "/admin/articles/sitenotice/add/")

    assert [name_of(page, f"id_starts_at_{place}") for place in (0, 1)] == ["Shown from: date", "Shown from: time"]
