"""`manage.py demo` where it has no business: on an open site, and on one that has content of its own."""

from collections.abc import Callable

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from people.models import Department, User
from search.models import Change
from tests.factories import make_concept, make_page, make_physician, make_user


def test_the_demo_is_refused_where_its_accounts_would_stand_open(db: None, settings: Settings) -> None:
    settings.DEMO_ACCOUNTS = False

    with pytest.raises(CommandError, match="DEMO=1 and SITE_URL"):
        call_command("demo")

    assert not Department.objects.exists()


@pytest.mark.parametrize("make", [make_concept, make_page, make_physician, lambda: make_user("moderator")])
def test_the_demo_is_loaded_only_into_an_empty_site(db: None, settings: Settings, make: Callable[[], object]) -> None:
    settings.DEMO_ACCOUNTS = True
    make()
    before = User.objects.count(), Change.objects.count()

    with pytest.raises(CommandError, match="only into an empty one"):
        call_command("demo")

    assert (User.objects.count(), Change.objects.count(), Department.objects.count()) == (*before, 0)
