"""Administrators make accounts and give roles, and nothing beyond the roles."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse

from people.models import Role, User
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db

LIST = "/admin/people/user/"


@pytest.fixture
def administrator() -> User:
    return make_user("head", Role.ADMINISTRATOR)


@pytest.fixture
def office(administrator: User) -> Client:
    client = Client()
    client.force_login(administrator)
    return client


def page_of(user: User) -> str:
    return reverse("admin:people_user_change", args=[user.pk])


def filled(user: User, *roles: str, **fields: Any) -> dict[str, Any]:
    groups = Group.objects.filter(name__in=roles).values_list("pk", flat=True)
    known = {"username": user.username, "email": user.email, "is_active": "on", "groups": list(groups)}
    return {name: value for name, value in (known | fields).items() if value is not None}


def roles_of(user: User) -> set[str]:
    return set(user.groups.values_list("name", flat=True))


def test_an_administrator_makes_an_account_with_its_roles(office: Client) -> None:
    editor = Group.objects.get(name=Role.EDITOR)

    office.post(
        LIST + "add/",
        {
            "username": "mei",
            "email": "mei@example.org",
            "groups": [editor.pk],
            "password1": "a first password",
            "password2": "a first password",
        },
    )

    made = User.objects.get(username="mei")
    assert (made.is_staff, made.is_superuser, made.is_demo, roles_of(made)) == (True, False, False, {"editor"})
    assert made.check_password("a first password")


@pytest.mark.parametrize("address", ["", "head@example.org", "HEAD@EXAMPLE.ORG"])
def test_two_accounts_never_share_an_address(office: Client, address: str) -> None:
    answer = office.post(
        LIST + "add/",
        {"username": "mei", "email": address, "password1": "a first password", "password2": "a first password"},
    )

    assert answer.status_code == 200
    assert "email" in answer.context["adminform"].form.errors
    assert not User.objects.filter(username="mei").exists()


def test_an_administrator_makes_nobody_a_superuser(office: Client) -> None:
    user = make_user("mei")
    permission = Permission.objects.get(codename="delete_user")

    office.post(page_of(user), filled(user, Role.EDITOR, is_superuser="on", user_permissions=[permission.pk]))
    office.post(
        LIST + "add/",
        {
            "username": "new",
            "email": "new@example.org",
            "password1": "a first password",
            "password2": "a first password",
            "is_superuser": "on",
        },
    )

    user.refresh_from_db()
    assert (roles_of(user), user.is_superuser, user.user_permissions.count()) == ({"editor"}, False, 0)
    assert not User.objects.get(username="new").is_superuser


def test_an_administrator_gives_no_group_that_is_not_a_role(office: Client) -> None:
    user = make_user("mei")
    other = Group.objects.create(name="everything")

    answer = office.post(page_of(user), filled(user, groups=[other.pk]))

    assert "groups" in answer.context["adminform"].form.errors
    assert roles_of(user) == set()


def test_superusers_do_not_exist_for_an_administrator(office: Client) -> None:
    root = make_user("root", is_superuser=True)
    doors = [page_of(root), f"/admin/people/user/{root.pk}/password/", f"/admin/people/user/{root.pk}/history/"]

    looked = [office.get(door).status_code for door in doors]
    typed = office.post(doors[1], {"password1": "a new password", "password2": "a new password"})

    root.refresh_from_db()
    assert (looked, typed.status_code) == ([404, 404, 404], 404)
    assert root.check_password(PASSWORD)
    assert "root" not in [user.username for user in office.get(LIST).context["cl"].result_list]


def test_superusers_see_superusers() -> None:
    root = make_user("root", is_superuser=True)
    client = Client()
    client.force_login(root)

    assert client.get(page_of(root)).status_code == 200


def test_whether_an_account_is_a_demo_account_is_not_typed_in(office: Client) -> None:
    user = make_user("mei")

    office.post(page_of(user), filled(user, is_demo="on"))

    user.refresh_from_db()
    assert not user.is_demo


@pytest.mark.parametrize(
    ("fields", "at"), [({"is_active": None}, "is_active"), ({"groups": []}, "groups")], ids=["closed", "role given up"]
)
def test_administrators_do_not_lock_themselves_out(
    office: Client, administrator: User, fields: dict[str, Any], at: str
) -> None:
    answer = office.post(page_of(administrator), filled(administrator, Role.ADMINISTRATOR, **fields))

    administrator.refresh_from_db()
    assert list(answer.context["adminform"].form.errors) == [at]
    assert (administrator.is_active, roles_of(administrator)) == (True, {"administrator"})


def test_an_administrator_closes_another_account_at_once(office: Client) -> None:
    user = make_user("mei", Role.EDITOR)
    at_work = Client()
    at_work.force_login(user)
    before = at_work.get("/admin/").status_code

    office.post(page_of(user), filled(user, Role.EDITOR, is_active=None))

    assert (before, at_work.get("/admin/").status_code) == (200, 302)


def test_a_role_that_was_taken_away_ends_at_once(office: Client) -> None:
    user = make_user("mei", Role.EDITOR)
    at_work = Client()
    at_work.force_login(user)
    before = at_work.get("/admin/articles/article/").status_code

    office.post(page_of(user), filled(user))

    assert (before, at_work.get("/admin/articles/article/").status_code) == (200, 404)


def test_who_lost_the_second_factor_gets_a_new_chance_and_it_is_logged(office: Client, administrator: User) -> None:
    user = make_user("mei", Role.EDITOR)

    office.post(LIST, {"action": "remove_second_factor", "_selected_action": [user.pk]})

    at_work = Client()
    at_work.force_login(user)
    logged = LogEntry.objects.get(object_id=str(user.pk))
    assert at_work.get("/admin/").headers["Location"] == "/accounts/2fa/"
    assert (logged.user, logged.change_message) == (administrator, "Second factor removed.")


def test_the_list_says_who_has_a_second_factor(office: Client) -> None:
    make_user("with", Role.EDITOR)
    make_user("without", Role.EDITOR, second_factor=False)

    rows = office.get(LIST, {"role": "editor"}).context["cl"].result_list

    assert {user.username: user.second_factor for user in rows} == {"with": True, "without": False}


def test_nobody_else_sees_accounts() -> None:
    user = make_user("mei")
    answers = []
    for role in set(Role.values) - {Role.ADMINISTRATOR}:
        client = Client()
        client.force_login(make_user(role=role))
        answers += [client.get(LIST).status_code, client.get(page_of(user)).status_code]

    assert answers == [404] * 8
