"""How staff sign in."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from pytest_django import Settings

from people.models import User

pytestmark = pytest.mark.django_db

PASSWORD = "a long enough password"


def make_staff(**fields: object) -> User:
    values = {"username": "lin", "email": "lin@wenyi.example", "password": PASSWORD, "is_staff": True} | fields
    return User.objects.create_superuser(**values)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["lin", "LIN@wenyi.example"])
def test_staff_sign_in_by_name_or_mail(client: Client, name: str) -> None:
    make_staff()

    response = client.post("/accounts/login/", {"login": name, "password": PASSWORD})

    assert (response.status_code, response.headers["Location"]) == (302, "/admin/")


def test_nobody_signs_up(client: Client) -> None:
    fields = {"email": "a@b.example", "username": "anna", "password1": PASSWORD, "password2": PASSWORD}

    client.post("/accounts/signup/", fields)

    assert User.objects.count() == 0


def test_the_admin_has_no_door_of_its_own(client: Client) -> None:
    make_staff()

    response = client.post("/admin/login/?next=/admin/faq/", {"username": "lin", "password": PASSWORD})

    assert (response.status_code, response.headers["Location"]) == (302, "/accounts/login/?next=/admin/faq/")
    assert client.get("/admin/").status_code == 302


def test_staff_without_a_second_factor_are_led_to_set_one_up(client: Client) -> None:
    client.force_login(make_staff())

    response = client.get("/admin/")

    assert (response.status_code, response.headers["Location"]) == (302, "/accounts/2fa/")


def test_staff_with_a_second_factor_come_in(client: Client) -> None:
    user = make_staff()
    TOTP.activate(user, generate_totp_secret())
    client.force_login(user)

    assert client.get("/admin/").status_code == 200


def test_recovery_codes_alone_are_no_second_factor(client: Client) -> None:
    user = make_staff()
    Authenticator.objects.create(user=user, type=Authenticator.Type.RECOVERY_CODES, data={})
    client.force_login(user)

    assert client.get("/admin/").status_code == 302


def test_the_secret_of_a_second_factor_rests_encrypted() -> None:
    user = make_staff()
    secret = generate_totp_secret()

    TOTP.activate(user, secret)

    stored = Authenticator.objects.get(user=user).data["secret"]
    assert secret not in stored
    assert TOTP(Authenticator.objects.get(user=user)).validate_code("000000") in (True, False)


def test_a_demo_account_comes_in_without_a_second_factor_while_the_demo_runs(
    client: Client, settings: Settings
) -> None:
    make_staff(is_demo=True)
    settings.DEMO_ACCOUNTS = True

    client.post("/accounts/login/", {"login": "lin", "password": PASSWORD})

    assert client.get("/admin/").status_code == 200


def test_a_demo_account_is_closed_elsewhere_even_when_it_was_signed_in(client: Client, settings: Settings) -> None:
    user = make_staff(is_demo=True)
    settings.DEMO_ACCOUNTS = True
    client.force_login(user)
    before = client.get("/admin/").status_code
    settings.DEMO_ACCOUNTS = False

    after = client.get("/admin/")
    sign_in = Client().post("/accounts/login/", {"login": "lin", "password": PASSWORD})

    assert (before, after.headers["Location"]) == (200, "/admin/login/?next=/admin/")
    assert (sign_in.status_code, sign_in.headers["Location"]) == (302, "/accounts/inactive/")


def test_guessing_a_password_ends_after_five_tries(client: Client) -> None:
    make_staff()
    for _attempt in range(5):
        client.post("/accounts/login/", {"login": "lin", "password": "wrong"})

    response = client.post("/accounts/login/", {"login": "lin", "password": PASSWORD})

    assert response.status_code != 302
