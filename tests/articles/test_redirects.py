"""Redirects: no chains, no circles, nothing led away from the staff's doors."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from articles.models import Redirect
from search.models import Change
from tests.factories import make_redirect

pytestmark = pytest.mark.django_db


def leads() -> dict[str, str]:
    return dict(Redirect.objects.values_list("old", "new"))


def test_a_chain_is_collapsed_from_both_ends() -> None:
    Redirect.lay("/b/", "/c/")
    Redirect.lay("/a/", "/b/#part")
    Redirect.lay("/c/", "/d/")

    assert leads() == {"/a": "/d/", "/b": "/d/", "/c": "/d/"}


def test_what_leads_to_what_is_gone_is_gone_for_the_same_reason() -> None:
    Redirect.lay("/a/", "/b/")
    Redirect.lay("/b/", is_gone=True, reason_en="It was wrong.")
    Redirect.lay("/c/", "/b/")

    assert set(Redirect.objects.values_list("old", "is_gone", "reason_en")) == {
        ("/a", True, "It was wrong."),
        ("/b", True, "It was wrong."),
        ("/c", True, "It was wrong."),
    }


@pytest.mark.parametrize(
    ("old", "new"),
    [("/a/", "/a/"), ("/a/", "/a"), ("/a/", "/a/#part"), ("/a/", "/a/?page=2"), ("/b/", "/x/"), ("/b/", "/x/?q=1")],
)
def test_a_circle_is_refused(old: str, new: str) -> None:
    Redirect.lay("/x/", "/b/")

    with pytest.raises(ValidationError):
        Redirect.lay(old, new)

    assert leads() == {"/x": "/b/"}


def test_an_address_with_its_query_is_not_the_address_without() -> None:
    Redirect.lay("/faq.php?id=1", "/en/one/")
    Redirect.lay("/faq.php", "/en/all/")

    found = [Redirect.objects.of(address).first() for address in ("/faq.php?id=1", "/faq.php?id=2", "/faq.php")]

    assert [each.new for each in found if each] == ["/en/one/", "/en/all/", "/en/all/"]


@pytest.mark.parametrize(
    "old", ["/admin/", "/accounts/login/", "/static/a.css", "/media/x", "/health/live", "/en/ticket/abc/", "//evil/"]
)
def test_nothing_is_led_away_from_doors_files_and_secrets(old: str) -> None:
    with pytest.raises(ValidationError):
        Redirect.lay(old, "/en/")


def test_the_newest_word_about_an_address_counts() -> None:
    Redirect.lay("/a/", is_gone=True, reason_en="Wrong.")
    Redirect.lay("/a", "/b/")

    row = Redirect.objects.get()
    assert (row.new, row.is_gone, row.reason_en) == ("/b/", False, "")


def test_a_change_is_told() -> None:
    row = make_redirect()
    Change.objects.all().delete()

    row.save()
    row.delete()

    assert list(Change.objects.values_list("key", flat=True)) == ["redirects", "redirects"]


@pytest.mark.parametrize("fields", [{"new": ""}, {"is_gone": True}, {"new": "/a"}])
def test_the_database_keeps_none_without_target_reason_or_with_itself(fields: dict[str, object]) -> None:
    row = make_redirect("/a")

    with pytest.raises(IntegrityError), transaction.atomic():
        Redirect.objects.filter(pk=row.pk).update(**fields)
