"""Departments, and what they may ask for."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from faq.models import IntakeValue
from people.models import Department, IntakeField
from tests.factories import make_department, make_intake_field, make_question, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Client:
    client = Client()
    client.force_login(make_user(role="administrator"))
    return client


def page_of(department: Department) -> str:
    return reverse("admin:people_department_change", args=[department.pk])


def filled(department: Department, *fields: dict[str, Any], **columns: Any) -> dict[str, Any]:
    known = {
        "name_en": department.name_en,
        "name_zh_hant": department.name_zh_hant,
        "kind": department.kind,
        "order": department.order,
        "publish_policy": department.publish_policy,
        "is_open": "on",
        "intake_fields-TOTAL_FORMS": len(fields),
        "intake_fields-INITIAL_FORMS": sum("id" in field for field in fields),
    }
    rows = {f"intake_fields-{n}-{name}": value for n, field in enumerate(fields) for name, value in field.items()}
    return known | rows | columns


def asked(**columns: Any) -> dict[str, Any]:
    return {
        "key": "weight",
        "kind": "number",
        "label_en": "Weight",
        "label_zh_hant": "體重",
        "reason_en": "The dose depends on it.",
        "reason_zh_hant": "劑量與體重有關。",
        "unit": "kg",
        "order": 1,
    } | columns


def errors_of(answer: Any) -> list[dict[str, list[str]]]:
    return [dict(form.errors) for form in answer.context["inline_admin_formsets"][0].formset.forms]


def test_a_department_asks_for_one_more_thing(office: Client) -> None:
    department = make_department()

    answer = office.post(page_of(department), filled(department, asked()))

    field = IntakeField.objects.get(department=department)
    assert (answer.status_code, field.key, field.unit, field.is_public) == (302, "weight", "kg", False)


@pytest.mark.parametrize(
    ("column", "label"),
    [
        ("label_en", "Full name"),
        ("label_en", "Date of birth"),
        ("label_en", "ID number"),
        ("label_zh_hant", "姓名"),
        ("label_zh_hant", "出生年月日"),
        ("label_zh_hant", "身分證字號"),
    ],
)
def test_no_department_asks_who_somebody_is(office: Client, column: str, label: str) -> None:
    department = make_department()

    answer = office.post(page_of(department), filled(department, asked(**{column: label})))

    sentence = "Wenyi never asks who somebody is: no name, birth date, identity number, telephone or address."
    assert errors_of(answer) == [{column: [sentence]}]
    assert label in answer.content.decode()
    assert not IntakeField.objects.exists()


@pytest.mark.parametrize(
    ("columns", "errors"),
    [
        ({"unit": ""}, {"unit": ["A number needs its unit."]}),
        ({"kind": "choice"}, {"choices_en": ["A choice needs at least one line."]}),
        (
            {"kind": "choice", "choices_en": "yes\nno", "choices_zh_hant": "是"},
            {"choices_zh_hant": ["Both languages need the same number of lines."]},
        ),
    ],
)
def test_a_field_that_nobody_could_fill_in_is_refused(
    office: Client, columns: dict[str, str], errors: dict[str, list[str]]
) -> None:
    department = make_department()

    answer = office.post(page_of(department), filled(department, asked(**columns)))

    assert errors_of(answer) == [errors]


def test_a_field_that_was_answered_is_not_deleted(office: Client) -> None:
    department = make_department()
    field = make_intake_field(department)
    IntakeValue.objects.create(question=make_question(department=department), field=field, value="72")
    row = asked(id=field.pk, department=department.pk, DELETE="on")

    answer = office.post(page_of(department), filled(department, row))

    assert (answer.status_code, IntakeField.objects.count()) == (200, 1)


def test_the_address_of_a_department_stays(office: Client) -> None:
    department = make_department("dermatology")

    office.post(page_of(department), filled(department, slug="skin", name_en="Skin"))

    department.refresh_from_db()
    assert (department.slug, department.name_en) == ("dermatology", "Skin")


def test_two_departments_never_share_a_name(office: Client) -> None:
    first, second = make_department(), make_department()

    answer = office.post(page_of(second), filled(second, name_en=first.name_en))

    assert list(answer.context["adminform"].form.errors) == ["name_en"]


def test_a_department_is_made(office: Client) -> None:
    unsaved = Department(slug="eye", name_en="Ophthalmology", name_zh_hant="眼科")

    office.post(reverse("admin:people_department_add"), filled(unsaved, slug="eye"))

    assert Department.objects.get(slug="eye").name_zh_hant == "眼科"
