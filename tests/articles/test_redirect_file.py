"""Redirects as a file."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from articles.models import Redirect
from articles.redirect_file import NotATable, Report, take, written
from tests.factories import make_redirect

pytestmark = pytest.mark.django_db

HEAD = "old,new,gone,reason_en,reason_zh_hant\r\n"


def take_text(text: str, *, dry_run: bool = False, may_lead_outside: bool = False) -> Report:
    return take((HEAD + text).encode(), by=None, may_lead_outside=may_lead_outside, dry_run=dry_run)


def test_a_file_comes_back_as_it_was_written() -> None:
    make_redirect("/faq.php?id=1", "/en/one/")
    Redirect.lay("/gone/", is_gone=True, reason_en='=HYPERLINK("x")', reason_zh_hant="錯了，已撤下")
    raw = written(Redirect.objects.order_by("old"))
    Redirect.objects.all().delete()

    report = take(raw, by=None, may_lead_outside=False)

    assert (report.taken, report.bad) == (2, [])
    assert written(Redirect.objects.order_by("old")) == raw
    assert take(raw, by=None, may_lead_outside=False) == Report(same=2)


def test_no_cell_is_a_formula() -> None:
    Redirect.lay("/a/", is_gone=True, reason_en="=1+1", reason_zh_hant="@SUM(A1)")

    line = written(Redirect.objects.all()).decode().splitlines()[1]

    assert line == "/a,,yes,'=1+1,'@SUM(A1)"


def test_bad_lines_are_reported_with_their_numbers_and_the_others_taken() -> None:
    report = take_text(
        "/a,/b/,,,\r\nnothing,/b/,,,\r\n\r\n/c,,yes,,\r\n/d,,maybe,,\r\n/e,https://example.org/,,,\r\n"
        '/f,/f/,,,\r\n"/g,/b/,,,\r\n/h,/b/,,,,,\r\n/admin/,/b/,,,\r\n/i,/b/,,,\r\n'
    )

    assert report.taken == 2
    assert [number for number, _sentence in report.bad] == [3, 5, 6, 7, 8, 9, 10, 11]
    assert set(Redirect.objects.values_list("old", "origin")) == {("/a", "imported"), ("/i", "imported")}


def test_another_site_only_for_who_may() -> None:
    assert take_text("/e,https://example.org/,,,", may_lead_outside=True).taken == 1


def test_a_rehearsal_changes_nothing() -> None:
    report = take_text("/a,/b/,,,\r\n/b,/a/,,,", dry_run=True)

    assert (report.taken, [number for number, _sentence in report.bad]) == (1, [3])
    assert not Redirect.objects.exists()


def test_big5_and_a_mark_at_the_start_are_read() -> None:
    raw = "\ufeff".encode() + (HEAD + "/a,,yes,,\r\n").encode() + "/b,,yes,,許功蓋\r\n".encode("cp950")

    report = take(raw, by=None, may_lead_outside=False)

    assert (report.taken, Redirect.objects.get().reason_zh_hant) == (1, "許功蓋")


@pytest.mark.parametrize("raw", [b"", b"a,b\r\n", b"old\r\n", b"old,new,colour\r\n", b'"old,new'])
def test_what_is_no_table_is_refused_as_a_whole(raw: bytes) -> None:
    with pytest.raises(NotATable):
        take(raw, by=None, may_lead_outside=False)


def test_the_commands_write_and_read(tmp_path: Path) -> None:
    make_redirect("/a", "https://example.org/")
    file, said = tmp_path / "redirects.csv", io.StringIO()

    call_command("export_redirects", str(file))
    Redirect.objects.all().delete()
    call_command("import_redirects", str(file), "--dry-run", stdout=said)
    call_command("import_redirects", str(file), stdout=said)

    assert said.getvalue().splitlines() == [
        "1 would be taken, 0 known already, 0 bad.",
        "1 taken, 0 known already, 0 bad.",
    ]
    assert Redirect.objects.get().new == "https://example.org/"


def test_the_command_fails_over_bad_lines_and_says_which(tmp_path: Path) -> None:
    file, said = tmp_path / "redirects.csv", io.StringIO()
    file.write_text(HEAD + "x,/b/,,,\n/a,/b/,,,\n")

    with pytest.raises(CommandError):
        call_command("import_redirects", str(file), stdout=io.StringIO(), stderr=said)

    assert said.getvalue().startswith("line 2: ")
    assert Redirect.objects.count() == 1


class TestAnything(TestCase):
    @given(st.lists(st.tuples(*[st.text(max_size=20)] * 5), max_size=5))
    def test_whatever_the_cells_hold_every_line_is_taken_known_or_bad(self, rows: list[tuple[str, ...]]) -> None:
        lines = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]

        report = take_text("\r\n".join(lines).encode("utf-8", "replace").decode())

        assert Redirect.objects.count() <= report.taken
