"""What lists of the site's own rows cost."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from faq.states import Status
from tests.factories import (
    make_article,
    make_contact_block,
    make_department,
    make_feature,
    make_notice,
    make_page,
    make_question,
    make_redirect,
    make_topic,
    make_user,
)

pytestmark = pytest.mark.django_db


def _features() -> None:
    for subject in (make_article(), make_topic(), make_question(Status.PUBLISHED)):
        make_feature(subject)


@pytest.mark.parametrize(
    ("model", "make"),
    [
        ("homefeature", _features),
        ("sitenotice", lambda: make_notice(department=make_department())),
        ("redirect", lambda: make_redirect(created_by=make_user(role="editor"))),
        ("contactblock", make_contact_block),
        ("staticpage", make_page),
    ],
)
def test_a_list_costs_the_same_for_one_row_and_for_three(model: str, make: Callable[[], Any]) -> None:
    client = Client()
    client.force_login(make_user(role="editor"))
    address = f"/admin/articles/{model}/"
    make()
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)

    make()
    make()
    with CaptureQueriesContext(connection) as three:
        page = client.get(address)

    assert (page.status_code, len(three)) == (200, len(one))
    assert len(one) <= 14
