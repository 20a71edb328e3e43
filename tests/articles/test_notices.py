"""Notices to readers."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from articles.models import SiteNotice
from faq.states import Status
from search.models import Change
from tests.factories import (
    make_article,
    make_consent,
    make_department,
    make_notice,
    make_page,
    make_question,
    make_topic,
)
from tests.reading import queries, read

pytestmark = pytest.mark.django_db

HOUR = dt.timedelta(hours=1)
Level = SiteNotice.Level


def notices_at(client: Client, address: str) -> list[str]:
    return [text.words for text in read(client, address).every("div", "site-notice")]


def test_a_notice_stands_on_every_page_in_its_language(client: Client) -> None:
    make_notice("Closed on **Monday**.", text_zh_hant="週一休診。")
    make_page("about")
    make_consent()

    assert notices_at(client, "/en/") == ["Information Closed on Monday."]
    assert notices_at(client, "/zh-hant/")[0].endswith("週一休診。")
    assert notices_at(client, "/en/about/") == ["Information Closed on Monday."]
    assert notices_at(client, "/en/ticket/") == ["Information Closed on Monday."]
    assert read(client, "/en/").one("section", "site-notices")["aria-label"] == "Notices"


def test_it_is_shown_by_the_clock_alone(client: Client) -> None:
    now = timezone.now()
    make_notice("Over.", starts_at=now - 2 * HOUR, ends_at=now - HOUR)
    make_notice("Now.", starts_at=now - HOUR, ends_at=now + HOUR)
    make_notice("To come.", starts_at=now + HOUR)

    assert notices_at(client, "/en/") == ["Information Now."]


def test_the_most_urgent_comes_first(client: Client) -> None:
    now = timezone.now()
    make_notice("Mask.", level=Level.WARNING)
    make_notice("Holiday.", starts_at=now - 2 * HOUR)
    make_notice("Typhoon.", level=Level.URGENT, starts_at=now - 3 * HOUR)
    make_notice("Newer holiday.")

    assert notices_at(client, "/en/") == [
        "Urgent Typhoon.",
        "Warning Mask.",
        "Information Newer holiday.",
        "Information Holiday.",
    ]


def test_a_departments_notice_stands_on_its_pages_alone(client: Client) -> None:
    skin, heart = make_department("skin"), make_department("heart")
    make_consent()
    make_notice("Skin only.", department=skin)
    own: list[Any] = [
        make_question(Status.PUBLISHED, skin),
        make_topic(department=skin),
        make_article(department=skin),
        make_question(Status.ACCEPTED, skin).ticket,
    ]
    others: list[Any] = [
        make_question(Status.PUBLISHED, heart),
        make_topic(department=heart),
        make_article(department=heart),
    ]

    there = [*(row.get_absolute_url() for row in own), "/en/departments/skin/", "/en/ask/?department=skin"]
    elsewhere = [*(row.get_absolute_url() for row in others), "/en/", "/en/ask/?department=heart", "/en/ask/"]

    assert [notices_at(client, address) for address in there] == [["Information Skin only."]] * 6
    assert [notices_at(client, address) for address in elsewhere] == [[]] * 6


@pytest.mark.parametrize("typed", ["skin\x00", "\ud800", "x" * 900, "'"])
def test_whatever_is_sent_for_a_department_is_no_error(client: Client, typed: str) -> None:
    make_department("skin")
    make_consent()

    answer = client.post("/en/ask/", {"department": typed.encode("utf-8", "surrogatepass")})

    assert answer.status_code == 400


def test_many_notices_cost_one_query(client: Client) -> None:
    make_notice()
    one = queries(client, "/en/departments/")

    make_notice()
    make_notice(department=make_department())

    assert queries(client, "/en/departments/") == one


def test_saving_ending_and_deleting_one_is_told() -> None:
    notice = make_notice()
    Change.objects.all().delete()

    notice.save()
    notice.delete()

    assert list(Change.objects.values_list("key", flat=True)) == ["notices", "notices"]


def test_what_looks_like_html_is_shown_as_text(client: Client) -> None:
    make_notice("<script>alert(1)</script> & [here](javascript:alert(1))")

    assert notices_at(client, "/en/") == [
        "Information <script>alert(1)</script> & [here](javascript:alert(1))",
    ]


def test_the_database_keeps_none_that_ends_before_it_begins() -> None:
    notice = make_notice()

    with pytest.raises(IntegrityError), transaction.atomic():
        SiteNotice.objects.filter(pk=notice.pk).update(ends_at=notice.starts_at)
