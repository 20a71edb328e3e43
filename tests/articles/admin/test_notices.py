"""Notices and contact blocks in the admin."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.models import ContactBlock, SiteNotice
from tests.factories import make_contact_block, make_notice, make_page, make_user

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/sitenotice/"
BLOCKS = "/admin/articles/contactblock/"


@pytest.fixture
def desk() -> Client:
    client = Client()
    client.force_login(make_user(role="editor"))
    return client


def add(desk: Client, **fields: Any) -> Any:
    sent = {
        "text_en": "Closed.", "text_zh_hant": "休診。", "level": 2,
        "starts_at_0": "2026-01-01", "starts_at_1": "08:00", "ends_at_0": "2026-01-02", "ends_at_1": "08:00",
    }  # fmt: skip
    return desk.post(f"{LIST}add/", {**sent, **fields})


def errors(answer: Any) -> list[str]:
    return list(answer.context["adminform"].form.errors)


def test_an_editor_writes_a_notice(desk: Client) -> None:
    add(desk)

    notice = SiteNotice.objects.get()
    assert (notice.html_en, notice.level, timezone.localtime(notice.starts_at).hour) == ("<p>Closed.</p>", 2, 8)


def test_what_is_no_notice_is_refused(desk: Client) -> None:
    answers = [
        add(desk, text_en="# Heading"),
        add(desk, text_zh_hant=""),
        add(desk, ends_at_0="2025-12-31"),
        add(desk, text_en="x" * 401),
        add(desk, level=7),
    ]

    assert [errors(answer) for answer in answers] == [
        ["text_en"],
        ["text_zh_hant"],
        ["ends_at"],
        ["text_en"],
        ["level"],
    ]


def test_an_action_ends_what_is_shown_and_leaves_the_rest(desk: Client) -> None:
    now = timezone.now()
    shown, to_come = make_notice(), make_notice(starts_at=now + dt.timedelta(days=1))

    desk.post(LIST, {"action": "end_now", "_selected_action": [shown.pk, to_come.pk]})

    assert list(SiteNotice.objects.filter(ends_at__isnull=False)) == [shown]
    assert not SiteNotice.objects.current().exists()


def test_an_editor_writes_a_contact_block(desk: Client) -> None:
    sent = {"slug": "desk", "label_en": "Desk", "label_zh_hant": "櫃台"}

    refused = [desk.post(f"{BLOCKS}add/", sent), desk.post(f"{BLOCKS}add/", {**sent, "phone": "call <me>"})]
    desk.post(f"{BLOCKS}add/", {**sent, "phone": "02 1234 5678"})

    assert [errors(answer) for answer in refused] == [["__all__"], ["phone"]]
    assert ContactBlock.objects.get().phone == "02 1234 5678"


def test_a_block_that_texts_show_is_not_deleted(desk: Client) -> None:
    used, free = make_contact_block("desk"), make_contact_block("ward")
    make_page("about", body="::: contact desk\n:::")

    for block in (used, free):
        desk.post(reverse("admin:articles_contactblock_delete", args=[block.pk]), {"post": "yes"})
    desk.post(BLOCKS, {"action": "delete_selected", "_selected_action": [used.pk], "post": "yes"})

    assert list(ContactBlock.objects.all()) == [used]
    assert "about" in desk.get(reverse("admin:articles_contactblock_change", args=[used.pk])).text.lower()
