"""Days and years in forms: as people of both languages write them."""

import contextlib
import datetime as dt

import pytest
from django.contrib.admin import site
from django.core.exceptions import ValidationError
from django.db.models import DateField
from django.test import Client, RequestFactory
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from articles.models import StaticPage
from people.dates import SENTENCES, DayField, MomentField, shown_year
from tests.factories import make_page, make_user
from text.dates import AMBIGUOUS, IMPOSSIBLE, OUT_OF_RANGE, UNREADABLE

DAY = dt.date(2026, 3, 4)


@pytest.mark.parametrize(
    "written",
    [
        "2026-03-04",
        "2026/3/4",
        "115/3/4",
        "115年3月4日",
        "民國115年3月4日",
        "2026年3月4日",
        "4 March 2026",
        "Mar 4, 2026",
    ],
)
@pytest.mark.parametrize("language", ["en", "zh-hant"])
def test_a_day_is_taken_however_it_is_written(language: str, written: str) -> None:
    with override(language):
        assert DayField().clean(written) == DAY


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("03/04/2026", UNREADABLE),
        ("03/04/26", AMBIGUOUS),
        ("15/3/4", AMBIGUOUS),
        ("115/2/30", IMPOSSIBLE),
        ("民國400年1月1日", OUT_OF_RANGE),
        ("soon", UNREADABLE),
    ],
)
def test_a_day_that_is_not_clear_is_refused_with_what_to_do(written: str, reason: str) -> None:
    with pytest.raises(ValidationError) as refused:
        DayField().clean(written)

    assert refused.value.messages == [str(SENTENCES[reason])]


@given(st.text())
def test_whatever_is_typed_is_a_day_or_a_sentence(written: str) -> None:
    with contextlib.suppress(ValidationError):
        day = DayField(required=False).clean(written)

        assert day is None or 1900 <= day.year <= 2199


def test_a_moment_takes_its_day_in_the_same_ways() -> None:
    moment = MomentField().clean(["115/3/4", "08:30"])

    assert moment.replace(tzinfo=None) == dt.datetime(2026, 3, 4, 8, 30)  # noqa: DTZ001


def test_every_day_and_moment_of_the_admin_is_asked_for_with_these_fields() -> None:
    request = RequestFactory().get("/admin/")
    kinds = {
        type(admin.formfield_for_dbfield(field, request))
        for model, admin in site._registry.items()
        for field in model._meta.fields
        if model._meta.app_label in ("articles", "faq", "people", "search") and isinstance(field, DateField)
    }

    assert kinds == {DayField, MomentField}


@pytest.mark.django_db
def test_an_editor_dates_a_review_by_the_year_of_taiwan(client: Client) -> None:
    page = make_page("rules", "zh-hant")
    client.force_login(make_user(role="editor"))
    address = f"/admin/articles/staticpage/{page.pk}/change/"
    form = client.get(address).context["adminform"].form
    typed = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}

    client.post(address, {**typed, "reviewed_on": "115/3/4"})

    assert StaticPage.objects.get(pk=page.pk).reviewed_on == DAY


@pytest.mark.parametrize(
    ("language", "year", "expected"),
    [
        ("zh-hant", "2026", "2026（民國 115 年）"),
        ("en", "2026", "2026"),
        ("zh-hant", "1905", "1905"),
        ("zh-hant", "", ""),
    ],
)
def test_a_year_to_choose_has_that_of_taiwan_beside_it_in_chinese(language: str, year: str, expected: str) -> None:
    with override(language):
        assert shown_year(year) == expected
