"""`check --deploy` refuses a site that anybody can enter."""

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from pytest_django import Settings

from people.models import User
from portal.checks import demo_accounts_stay_in_the_demo

pytestmark = pytest.mark.django_db


def test_a_demo_account_on_a_real_site_is_an_error() -> None:
    User.objects.create_user("demo-physician", is_demo=True)

    with pytest.raises(SystemCheckError, match=r"portal\.E001.*passwords are published: demo-physician"):
        call_command("check", deploy=True)


def test_a_demo_account_in_the_demo_is_none(settings: Settings) -> None:
    User.objects.create_user("demo-physician", is_demo=True)
    settings.DEMO_ACCOUNTS = True

    assert demo_accounts_stay_in_the_demo(None) == []


def test_other_accounts_are_none() -> None:
    User.objects.create_user("lin")

    assert demo_accounts_stay_in_the_demo(None) == []
