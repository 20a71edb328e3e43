"""Profiles, and the check of a licence."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from people.models import Physician, User
from tests.factories import make_department, make_physician, make_user

pytestmark = pytest.mark.django_db

LIST = "/admin/people/physician/"


@pytest.fixture
def administrator() -> User:
    return make_user(role="administrator")


@pytest.fixture
def office(administrator: User) -> Client:
    client = Client()
    client.force_login(administrator)
    return client


def act(client: Client, action: str, *physicians: Physician) -> list[str]:
    fields = {"action": action, "_selected_action": [physician.pk for physician in physicians]}
    answer: Any = client.post(LIST, fields, follow=True)
    return [str(message) for message in answer.context["messages"]]


def test_a_checked_licence_says_by_whom_and_when(office: Client, administrator: User) -> None:
    physician = make_physician(verified=False, licence_number="DEMO-1")

    said = act(office, "verify_licences", physician)

    physician.refresh_from_db()
    assert said == ["1 profile is verified."]
    assert physician.verified_by == administrator
    assert physician.verified_at is not None


def test_without_a_licence_number_nobody_is_verified(office: Client) -> None:
    ready = make_physician(verified=False, licence_number="DEMO-1")
    missing = make_physician(verified=False, name_romanised="Demo Wu")

    said = act(office, "verify_licences", ready, missing)

    assert said == ["Demo Wu has no licence number: write it down first.", "1 profile is verified."]
    assert list(Physician.objects.verified()) == [ready]


def test_nobody_checks_their_own_licence(office: Client, administrator: User) -> None:
    own = make_physician(user=administrator, verified=False, licence_number="DEMO-1")

    said = act(office, "verify_licences", own)

    assert said[0] == "Nobody checks their own licence: ask another administrator."
    assert not Physician.objects.verified().exists()


def test_a_verification_is_taken_back(office: Client) -> None:
    physician = make_physician()

    said = act(office, "withdraw_verifications", physician)

    physician.refresh_from_db()
    assert (said, physician.verified_at, physician.verified_by) == (["1 profile answers no more."], None, None)


def test_a_verification_is_not_typed_in(office: Client) -> None:
    physician = make_physician(verified=False)
    page = reverse("admin:people_physician_change", args=[physician.pk])

    office.post(page, {"name": "新名", "verified_at_0": "2026-01-01", "verified_at_1": "10:00", "verified_by": 1})

    physician.refresh_from_db()
    assert (physician.name, physician.verified_at) == ("新名", None)


def test_two_profiles_with_one_name_and_hospital_are_refused(office: Client) -> None:
    first, second = make_physician(), make_physician()
    page = reverse("admin:people_physician_change", args=[second.pk])

    answer = office.post(
        page,
        {"name": first.name, "hospital_zh_hant": first.hospital_zh_hant, "hospital_en": first.hospital_en},
    )

    assert (answer.status_code, list(answer.context["adminform"].form.errors)) == (200, ["__all__"])


def test_the_list_finds_who_waits_for_the_check(office: Client) -> None:
    make_physician(departments=[make_department()])
    waiting = make_physician(verified=False)

    rows = {value: office.get(LIST, {"verified": value}).context["cl"].result_count for value in ("yes", "no", "x")}
    found = office.get(LIST, {"verified": "no"}).context["cl"].result_list

    assert rows == {"yes": 1, "no": 1, "x": 2}
    assert list(found) == [waiting]
