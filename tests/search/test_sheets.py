"""Concepts as CSV: what is written is read back, and what a spreadsheet would calculate is not."""

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search.sheets import COLUMNS, Entry, NotASheet, guarded, joined, parted, read, unguarded, write
from text.clean import clean_line

HEADING = "key,name_en,name_zh_hant"
names = st.text(max_size=20).map(clean_line)
some_names = st.lists(names.filter(bool), max_size=4, unique=True).map(tuple)
entries = st.builds(
    Entry,
    key=names,
    kind=names,
    name_en=names,
    name_zh_hant=names,
    display_en=names,
    display_zh_hant=names,
    aliases_en=some_names,
    aliases_zh_hant=some_names,
    is_proposal=st.booleans(),
    merged_into=names,
)


@given(st.lists(entries.filter(lambda entry: entry != Entry()), max_size=5))
def test_what_is_written_is_read_back(told: list[Entry]) -> None:
    lines = read(write(told))

    assert [(line.number, line.entry, line.problem) for line in lines] == [
        (number, entry, "") for number, entry in enumerate(told, 2)
    ]


@given(st.text(max_size=12))
@example("=1+1")
@example("'=1+1")
@example("''")
def test_a_guarded_cell_is_no_formula_and_comes_back(cell: str) -> None:
    written = guarded(cell)

    assert not written.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert unguarded(written) == cell


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "+1", "-ase", "@a", "＝1", "'quoted"])
def test_a_name_that_a_spreadsheet_would_calculate_stands_behind_an_apostrophe(name: str) -> None:
    sheet = write([Entry(key="k", name_en=name, aliases_en=(name,))]).decode("utf-8-sig")

    row = next(csv.DictReader(io.StringIO(sheet)))

    assert (row["name_en"], row["aliases_en"]) == ("'" + name, "'" + name)


@given(st.lists(names.filter(bool), unique=True, max_size=5))
@example(["a|b", "\\", "\\|", "|"])
def test_names_with_the_separator_in_them_are_parted_as_they_were_joined(aliases: list[str]) -> None:
    assert parted(joined(aliases)) == aliases


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "cp950", "big5hkscs"]
)  # utf-16 writes a byte order mark
@pytest.mark.parametrize("comma", [",", ";", "\t"])
def test_a_file_is_read_in_every_encoding_that_spreadsheets_of_taiwan_write(encoding: str, comma: str) -> None:
    text = f"{HEADING}\r\nsle,SLE,許功蓋紅斑性狼瘡\r\n".replace(",", comma)

    (line,) = read(text.encode(encoding))

    assert (line.number, line.entry.name_zh_hant) == (2, "許功蓋紅斑性狼瘡")


def test_the_written_file_begins_with_the_mark_by_which_excel_knows_utf_8() -> None:
    assert write([]) == b"\xef\xbb\xbf" + ",".join(COLUMNS).encode() + b"\r\n"


def test_a_quotation_mark_that_is_not_closed_costs_one_line() -> None:
    lines = read(f'{HEADING}\na,A,甲\nb,"B,乙\nc,C,丙\n'.encode())

    assert [(line.number, line.entry.key, bool(line.problem)) for line in lines] == [
        (2, "a", False),
        (3, "", True),
        (4, "c", False),
    ]


def test_a_line_that_no_encoding_reads_costs_one_line() -> None:
    lines = read(HEADING.encode() + b"\na,A,\xff\xff\xff\nc,C,\n")

    assert [(line.number, bool(line.problem)) for line in lines] == [(2, True), (3, False)]


def test_blank_lines_are_no_lines_and_keep_the_numbers() -> None:
    lines = read(f"\n{HEADING}\n\n,,\na,A,甲\n".encode())

    assert [(line.number, line.entry.key) for line in lines] == [(5, "a")]


@pytest.mark.parametrize(
    "raw",
    [b"", b"\n\n", b"\xff\xff", b"name_en,name_zh_hant\na,b", b"key,name_en,name_zh_hant,colour\n", b'key,"name_en\n',
     b"key,name_en,name_zh_hant,key\n", b"PK\x03\x04"],
)  # fmt: skip
def test_what_has_no_known_heading_is_no_sheet(raw: bytes) -> None:
    with pytest.raises(NotASheet):
        read(raw)


@given(st.binary(max_size=200))
@example(b"\xff\xfe\x00")
def test_any_file_is_read_or_refused_as_a_whole(raw: bytes) -> None:
    for whole in (raw, HEADING.encode() + b"\n" + raw):
        try:
            read(whole)
        except NotASheet:
            continue


def test_more_cells_than_columns_are_a_mistake_and_fewer_are_not() -> None:
    lines = read(f"{HEADING}\na,A,甲,乙\nb,B\nc,C,丙,,\n".encode())

    assert [(line.entry.key, bool(line.problem)) for line in lines] == [("", True), ("b", False), ("c", False)]
