"""The staff's door: what is asked for, what opens then, and where it leads."""

import base64
import hashlib
import hmac
import re
import struct
import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from faq.models import Ticket
from people.models import User
from tests.factories import PASSWORD, TOTP_SECRET, make_department, make_physician_user, make_question, make_user

pytestmark = pytest.mark.django_db


def code_of(secret: str, at: float | None = None) -> str:
    """The six digits of an authenticator app (RFC 6238: SHA-1, thirty seconds)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.digest(key, struct.pack(">Q", int((at or time.time()) // 30)), hashlib.sha1)
    number = struct.unpack(">I", digest[digest[-1] & 15 :][:4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


def sign_in(client: Client, user: User, next_page: str = "") -> Any:
    fields = {"login": user.username, "password": PASSWORD} | ({"next": next_page} if next_page else {})
    return client.post("/accounts/login/", fields)


def secret_on(response: Any) -> str:
    found = re.search(r'<code class="secret">(\w+)</code>', response.content.decode())
    assert found
    return found.group(1)


def test_a_new_account_walks_from_the_password_through_the_second_factor_into_the_admin(client: Client) -> None:
    user = make_user("lin", "editor", second_factor=False)
    wanted = "/admin/articles/article/?language__exact=en"

    door = client.get(wanted)
    sign_in(client, user, next_page=wanted)
    closed = client.get(wanted)
    setup = client.get("/accounts/2fa/totp/activate/")
    done = client.post("/accounts/2fa/totp/activate/", {"code": code_of(secret_on(setup))})
    codes = client.get(done.headers["Location"])
    opened = client.get(wanted)

    assert door.headers["Location"] == "/admin/login/?next=/admin/articles/article/%3Flanguage__exact%3Den"
    assert closed.headers["Location"] == "/accounts/2fa/"
    assert done.headers["Location"] == "/accounts/2fa/recovery-codes/"
    assert f'href="{wanted}"' in codes.content.decode()
    assert codes.content.decode().count("<li><code>") == 10
    assert opened.status_code == 200


def test_a_wrong_code_sets_nothing_up(client: Client) -> None:
    user = make_user("lin", "editor", second_factor=False)
    sign_in(client, user)
    secret = secret_on(client.get("/accounts/2fa/totp/activate/"))

    answer = client.post("/accounts/2fa/totp/activate/", {"code": code_of(secret, at=1_000_000)})

    assert (answer.status_code, client.get("/admin/").status_code) == (200, 302)


def test_every_door_of_the_admin_is_closed_without_a_second_factor(client: Client) -> None:
    client.force_login(make_user("lin", "administrator", second_factor=False))
    doors = [
        "/admin/",
        "/admin/people/user/",
        "/admin/people/user/add/",
        "/admin/autocomplete/?app_label=people&model_name=physician&field_name=user",
        "/admin/jsi18n/",
        "/admin/no-such-page/",
    ]

    answers = [client.get(door).headers.get("Location") for door in doors]

    assert answers == ["/accounts/2fa/"] * len(doors)


def test_with_a_second_factor_the_password_alone_opens_nothing(client: Client) -> None:
    user = make_user("lin", "editor")

    asked = sign_in(client, user, next_page="/admin/articles/article/")
    before = client.get("/admin/")
    answer = client.post(asked.headers["Location"], {"code": code_of(TOTP_SECRET)})

    assert urlsplit(asked.headers["Location"]).path == "/accounts/2fa/authenticate/"
    assert before.headers["Location"] == "/admin/login/?next=/admin/"
    assert answer.headers["Location"] == "/admin/articles/article/"
    assert client.get("/admin/").status_code == 200


def test_a_recovery_code_opens_the_door_once(client: Client) -> None:
    user = make_user("lin", "editor", second_factor=False)
    sign_in(client, user)
    secret = secret_on(client.get("/accounts/2fa/totp/activate/"))
    client.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)})
    page = client.get("/accounts/2fa/recovery-codes/").content.decode()
    code = re.findall(r"<li><code>(\w+)</code>", page)[0]

    first, second = Client(), Client()
    for browser in (first, second):
        sign_in(browser, user)
        browser.post("/accounts/2fa/authenticate/", {"code": code})

    assert [browser.get("/admin/").status_code for browser in (first, second)] == [200, 302]


def test_a_sign_in_that_ended_leads_back_to_the_page(client: Client) -> None:
    user = make_user("lin", "physician", is_demo=False)
    client.force_login(user)
    question = make_question("accepted")
    page = reverse("admin:faq_question_change", args=[question.pk]) + "?from=desk"
    client.session.flush()

    away = client.post(page, {"body": "what was typed"})
    door = client.get(away.headers["Location"])
    asked = client.get(door.headers["Location"])

    assert parse_qs(urlsplit(door.headers["Location"]).query) == {"next": [page]}
    assert f'name="next" value="{page}"' in asked.content.decode()


def test_a_sign_in_lasts_twelve_hours_and_ends_with_the_browser(client: Client) -> None:
    user = make_user("lin", "editor", is_demo=True, second_factor=False)

    sign_in(client, user)

    assert client.session.get_expiry_age() == 12 * 60 * 60
    assert client.session.get_expire_at_browser_close()


def test_somebody_who_is_no_staff_is_not_sent_in_circles(client: Client) -> None:
    client.force_login(make_user("lin", is_staff=False))

    assert client.get("/admin/", follow=True).status_code == 404


def test_an_account_without_a_role_opens_an_empty_overview(client: Client) -> None:
    client.force_login(make_user("lin"))

    page = client.get("/admin/")

    assert page.status_code == 200
    assert "Your account has no role yet. An administrator gives it one." in page.content.decode()


def test_signing_up_is_answered_by_a_page_that_says_so(client: Client) -> None:
    page = client.get("/accounts/signup/")

    assert page.status_code == 200
    assert "Patients need no account." in page.content.decode()


def test_the_demo_shows_its_accounts_at_the_door_and_no_other_site_does(client: Client, settings: Settings) -> None:
    make_user("demo_editor", "editor", is_demo=True)
    make_user("real_editor", "editor")
    elsewhere = client.get("/accounts/login/").content.decode()
    settings.DEMO_ACCOUNTS = True

    door = client.get("/accounts/login/").content.decode()

    assert ("demo_editor" in elsewhere, settings.DEMO_PASSWORD in elsewhere) == (False, False)
    assert ("demo_editor" in door, settings.DEMO_PASSWORD in door, "real_editor" in door) == (True, True, False)


def test_staff_switch_the_language_of_the_admin(client: Client) -> None:
    client.force_login(make_user("lin", "editor"))
    before = client.get("/admin/").headers["Content-Language"]

    answer = client.post("/accounts/language/", {"language": "zh-hant", "next": "/admin/"})

    assert (before, answer.headers["Location"]) == ("en", "/admin/")
    assert client.get("/admin/").headers["Content-Language"] == "zh-hant"


def test_the_overview_begins_with_the_desk(client: Client) -> None:
    client.force_login(make_physician_user(make_department()))
    page = client.get("/admin/").content.decode()

    assert 0 < page.index('action="/admin/faq/question/desk/next/"') < page.index("<table>")


@pytest.mark.parametrize(
    ("role", "addresses"),
    [
        ("moderator", ["/admin/faq/question/moderate/", "/admin/articles/comment/"]),
        ("editor", ["/admin/articles/article/"]),
    ],
)
def test_every_role_has_a_door_to_its_work(client: Client, role: str, addresses: list[str]) -> None:
    client.force_login(make_user(role=role))

    desks = client.get("/admin/").context["desks"]

    assert [desk["url"] for desk in desks] == addresses


def test_each_page_of_the_admin_asks_for_the_second_factor_once(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(make_user("lin"))
    client.get("/admin/jsi18n/")

    with django_assert_num_queries(3) as asked:
        client.get("/admin/jsi18n/")

    tables = [re.findall(r'FROM "(\w+)"', query["sql"]) for query in asked.captured_queries]
    assert tables == [["django_session"], ["people_user"], ["mfa_authenticator"]]


@pytest.mark.parametrize("address", ["/admin/r/{type}/{pk}/", "/admin/r/+{type}/{pk}/", "/admin/r/0{type}/{pk}/"])
def test_view_on_site_never_leads_to_a_ticket(client: Client, address: str) -> None:
    client.force_login(make_user("lin", "moderator"))
    ticket = Ticket.objects.get(question=make_question("published"))
    numbers = {"type": ContentType.objects.get_for_model(Ticket).pk, "pk": ticket.pk}

    assert client.get(address.format(**numbers)).status_code == 404


def test_view_on_site_leads_moderators_to_a_question(client: Client) -> None:
    client.force_login(make_user("lin", "moderator"))
    question = make_question("published")

    answer = client.get(f"/admin/r/{ContentType.objects.get_for_model(question).pk}/{question.pk}/")

    assert answer.headers["Location"] == question.get_absolute_url()


@pytest.mark.parametrize("number", ["999999", "9" * 40])
def test_view_on_site_of_nothing_is_no_page(client: Client, number: str) -> None:
    client.force_login(make_user("lin", "moderator"))
    known = ContentType.objects.get_for_model(User).pk

    assert [client.get(f"/admin/r/{kind}/{pk}/").status_code for kind, pk in [(number, "1"), (known, number)]] == [
        404,
        404,
    ]


ACCOUNT_PAGES = [
    "/accounts/login/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/inactive/",
    "/accounts/signup/",
]
OWN_PAGES = [
    "/accounts/logout/",
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/reauthenticate/",
    "/accounts/2fa/",
    "/accounts/2fa/webauthn/",
    "/accounts/2fa/recovery-codes/generate/",
]


@pytest.mark.parametrize("language", ["en", "zh-hant"])
@pytest.mark.parametrize("address", ACCOUNT_PAGES)
def test_the_pages_before_the_door_open_in_both_languages(client: Client, address: str, language: str) -> None:
    page = client.get(address, headers={"accept-language": language})

    assert (page.status_code, page.headers["Content-Language"]) == (200, language)


@pytest.mark.parametrize("address", OWN_PAGES)
def test_the_pages_of_ones_own_account_open(client: Client, address: str) -> None:
    user = make_user("lin", "editor")
    sign_in(client, user)
    client.post("/accounts/2fa/authenticate/", {"code": code_of(TOTP_SECRET)})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})

    page = client.get(address, follow=True)

    assert page.status_code == 200
