"""The demo's house: accounts, departments, physicians, consents and canned texts."""

from dataclasses import dataclass, field
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from faq.models import CannedText, ConsentText
from people.models import Department, IntakeField, Physician, Role, User
from people.standard import ensure_departments
from portal.demo.content import Entry, read
from portal.demo.days import Days
from portal.roles import sync_roles

OPENED_DAYS_AGO: Final = 720
"""When the house of the demo took its first question; what is older was asked before its present consents."""


@dataclass
class House:
    """The rows that stories and texts refer to, by the names that the content uses."""

    accounts: dict[str, User] = field(default_factory=dict)
    departments: dict[str, Department] = field(default_factory=dict)
    physicians: dict[str, Physician] = field(default_factory=dict)
    speakers: dict[str, User] = field(default_factory=dict)
    """The account of each physician, by the physician's key."""
    consents: dict[str, ConsentText] = field(default_factory=dict)


def build(days: Days) -> House:
    """Make the house, and return it."""
    sync_roles()
    house = House(accounts=_accounts(days), departments=_departments(days))
    for entry in read("physicians"):
        user = house.speakers[entry["key"]] = _speaker(entry, house, days)
        house.physicians[entry["key"]] = _physician(entry, user, house, days)
    house.consents = {
        entry["for_whom"]: ConsentText.objects.create(active_from=days.ago(OPENED_DAYS_AGO), **entry)
        for entry in read("consents")
    }
    CannedText.objects.bulk_create(
        CannedText(**{**entry, "department": house.departments[entry["department"]]}) for entry in read("canned")
    )
    return house


def _departments(days: Days) -> dict[str, Department]:
    """The departments that the house begins with, and what the demo adds to them."""
    ensure_departments()
    departments = {department.slug: department for department in Department.objects.all()}
    for entry in read("departments"):
        department = departments[entry["slug"]]
        for column in ("description_en", "description_zh_hant", "is_open", "daily_quota", "second_reading"):
            setattr(department, column, entry[column])
        if entry["reopens_in_days"]:
            department.reopens_on = days.ago(-entry["reopens_in_days"]).date()
        department.save()
        for order, asked in enumerate(entry["intake_fields"]):
            _intake_field(department, asked, order).save()
    return departments


def _intake_field(department: Department, entry: Entry, order: int) -> IntakeField:
    choices = {name: "\n".join(entry[name]) for name in ("choices_en", "choices_zh_hant")}
    return IntakeField(department=department, order=order, **{**entry, **choices})


def _accounts(days: Days) -> dict[str, User]:
    """The accounts that sign in, by user name; their one password is published, and hashed once."""
    password = make_password(settings.DEMO_PASSWORD)
    return {
        entry["username"]: _account(entry, entry["username"], entry["role"], days, password=password)
        for entry in read("accounts")
    }


def _account(names: Entry, username: str, role: str, days: Days, **columns: Any) -> User:
    user = User.objects.create(
        username=username,
        first_name=names["name_en"],
        last_name=names["name_zh_hant"],
        email=names.get("email", ""),
        is_staff=True,
        is_demo=True,
        date_joined=days.ago(OPENED_DAYS_AGO),
        **columns,
    )
    user.groups.add(Group.objects.get(name=role))
    return user


def _speaker(entry: Entry, house: House, days: Days) -> User:
    """The account of a physician. Most are closed: nobody signs in with them, but what they did has an actor."""
    if entry["username"]:
        return house.accounts[entry["username"]]
    names = {"name_en": entry["name_romanised"], "name_zh_hant": entry["name"]}
    closed = {"password": make_password(None), "is_active": False}
    return _account(names, f"demo_{entry['key']}", Role.PHYSICIAN, days, **closed)


def _physician(entry: Entry, user: User, house: House, days: Days) -> Physician:
    """A profile, verified by the administrator."""
    rest = {"key", "departments", "username", "verified_days_ago"}
    columns = {name: value for name, value in entry.items() if name not in rest}
    physician = Physician.objects.create(user=user, **columns)
    physician.departments.set([house.departments[slug] for slug in entry["departments"]])
    physician.renew_documents()
    physician.verify(by=house.accounts["administrator"])
    physician.verified_at = days.ago(entry["verified_days_ago"])
    physician.save(update_fields=["verified_at"])
    return physician
