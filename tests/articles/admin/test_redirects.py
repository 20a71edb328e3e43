"""Redirects in the admin."""

from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from articles.models import Redirect
from tests.factories import make_page, make_redirect, make_user

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/redirect/"


def desk_of(role: str) -> Client:
    client = Client()
    client.force_login(make_user(role=role))
    return client


def add(desk: Client, **fields: Any) -> Any:
    return desk.post(f"{LIST}add/", fields)


def upload(desk: Client, text: str, **fields: Any) -> Any:
    file = SimpleUploadedFile("redirects.csv", text.encode(), content_type="text/csv")
    return desk.post(f"{LIST}import/", {"file": file, **fields})


def errors(answer: Any) -> list[str]:
    return list(answer.context["adminform"].form.errors)


def said(answer: Any) -> list[str]:
    return [str(message) for message in get_messages(answer.wsgi_request)]


@pytest.mark.parametrize("role", ["moderator", "editor"])
def test_who_may_lays_a_redirect_that_readers_follow(role: str, client: Client) -> None:
    desk = desk_of(role)

    add(desk, old=" /en/old/ ", new="/en/topics/")

    row = Redirect.objects.get()
    assert (row.origin, row.created_by is not None) == ("typed", True)
    assert client.get("/en/old/")["Location"] == "/en/topics/"


def test_only_an_editor_leads_to_other_sites_and_only_over_https() -> None:
    moderator, editor = desk_of("moderator"), desk_of("editor")

    refused = [
        add(moderator, old="/a", new="https://example.org/"),
        add(editor, old="/a", new="http://example.org/"),
        add(editor, old="/a", new="//example.org/"),
    ]
    add(editor, old="/a", new="https://example.org/")

    assert [errors(answer) for answer in refused] == [["new"]] * 3
    assert Redirect.objects.get().new == "https://example.org/"


def test_what_is_gone_needs_a_reason() -> None:
    desk = desk_of("moderator")

    nowhere, silent = add(desk, old="/a"), add(desk, old="/a", is_gone="on")

    assert (errors(nowhere), errors(silent)) == (["new"], ["reason_en"])


def test_circles_doors_and_repetitions_are_refused_at_the_field() -> None:
    desk = desk_of("moderator")
    make_redirect("/b", "/a")

    answers = [
        add(desk, old="/a", new="/b"),
        add(desk, old="/admin/x", new="/b"),
        add(desk, old="/b/", new="/en/"),
        add(desk, old="b", new="/en/"),
    ]

    assert [errors(answer) for answer in answers] == [["new"], ["old"], ["old"], ["old"]]


def test_a_collapsed_chain_and_a_page_in_the_way_are_said() -> None:
    make_redirect("/b", "/c/")
    make_page("about")

    plain = said(add(desk_of("moderator"), old="/x", new="/c/"))
    chain = said(add(desk_of("moderator"), old="/a", new="/b"))
    hidden = said(add(desk_of("moderator"), old="/en/about/", new="/en/topics/"))

    assert (len(plain), len(chain), len(hidden)) == (1, 2, 2)
    assert Redirect.objects.get(old="/a").new == "/c/"


def test_a_file_is_checked_first_and_read_then() -> None:
    desk = desk_of("moderator")
    text = "old,new\n/a,/b/\nx,/b/\n"

    checked = upload(desk, text, only_check="on").context["report"]
    nothing_yet = Redirect.objects.count()
    read = upload(desk, text).context["report"]

    assert (checked.taken, [number for number, _sentence in checked.bad]) == (1, [3])
    assert (nothing_yet, read.taken, Redirect.objects.get().origin) == (0, 1, "imported")


def test_what_is_no_table_is_said_at_the_field() -> None:
    answer = upload(desk_of("moderator"), "x,y\n1,2\n")

    assert (answer.status_code, list(answer.context["form"].errors)) == (200, ["file"])


def test_a_moderator_leads_nowhere_outside_by_a_file_either() -> None:
    report = upload(desk_of("moderator"), "old,new\n/a,https://example.org/\n").context["report"]

    assert (report.taken, len(report.bad)) == (0, 1)


def test_every_redirect_is_written_to_a_file() -> None:
    make_redirect("/a", "/b/")

    answer = desk_of("editor").get(f"{LIST}export/")

    assert answer["Content-Disposition"] == 'attachment; filename="redirects.csv"'
    assert answer.content.decode().splitlines()[1] == "/a,/b/,,,"
