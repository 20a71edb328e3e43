"""Files of archives: every encoding and packing people have, and what cannot be read is kept."""

import gzip
import io
import json
import lzma
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faq.archive.lines import Bad, Record, is_csv, open_archive, records


def _read(raw: bytes, *, as_csv: bool = False, encoding: str = "auto") -> list[Record | Bad]:
    return list(records(io.BytesIO(raw), as_csv=as_csv, encoding=encoding))


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("許功蓋", "cp950"),  # each ends in the byte of a backslash
        ("裏面痛", "cp950"),
        ("堃峯喆煊綉瑠", "big5hkscs"),
        ("頭暈想吐", "utf-8"),
    ],
)
def test_a_line_is_decoded_before_it_is_parsed(text: str, encoding: str) -> None:
    raw = ('{"id": "1", "title": "' + text + '"}').encode(encoding)

    (record,) = _read(raw)

    assert isinstance(record, Record)
    assert record.fields["title"] == text


def test_a_line_that_no_encoding_reads_is_kept_with_its_bytes() -> None:
    raw = b'{"id": "1", "title": "\xff\xff\xff"}\n{"id": "2"}'

    bad, good = _read(raw)

    assert isinstance(bad, Bad)
    assert (bad.line, bad.reason, bad.raw) == (1, "no encoding reads these bytes", raw.split(b"\n")[0] + b"\n")
    assert json.loads(bad.as_json())["bytes"]
    assert isinstance(good, Record)


@pytest.mark.parametrize("raw", [b"[1]", b"{", b'"text"', b"\x00", b"{" * 5000 + b"}" * 5000, b'{"a":' * 20000])
def test_a_line_that_is_no_object_is_bad_and_the_next_one_is_read(raw: bytes) -> None:
    first, second = _read(raw + b'\n{"id": "2"}\n')

    assert isinstance(first, Bad)
    assert isinstance(second, Record)
    assert second.line == 2


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reading(raw: bytes) -> None:
    for found in [*_read(raw), *_read(raw, as_csv=True)]:
        assert isinstance(found, Record | Bad)


@pytest.mark.parametrize("suffix", ["", ".gz", ".xz"])
def test_plain_and_packed_files_read_alike(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"threads.jsonl{suffix}"
    packers: dict[str, Callable[[bytes], bytes]] = {"": bytes, ".gz": gzip.compress, ".xz": lzma.compress}
    path.write_bytes(packers[suffix](b'{"id": "1"}\n'))

    stream, on_disk = open_archive(path)
    with stream, on_disk:
        (record,) = records(stream, as_csv=is_csv(path))

    assert isinstance(record, Record)
    assert record.fields == {"id": "1"}


def test_rows_of_a_table_with_one_id_are_one_thread_with_several_replies() -> None:
    table = (
        "id,language,department,title,question,nickname,sex,reply,physician,tags\n"
        '7,zh-hant,內科,頭暈,"第一行\n第二行, 還有",小明,F,多休息,林醫師,暈眩|貧血\n'
        "7,zh-hant,內科,頭暈,,小明,F,再檢查,陳醫師,\n"
        "8,zh-hant,內科,咳嗽,咳了兩週,,,,,\n"
    ).encode("cp950")

    first, second = _read(table, as_csv=True)

    assert isinstance(first, Record)
    assert isinstance(second, Record)
    assert first.line == 2
    assert first.fields["question"] == "第一行\n第二行, 還有"
    assert first.fields["replies"] == [
        {"text": "多休息", "physician": "林醫師"},
        {"text": "再檢查", "physician": "陳醫師"},
    ]
    assert first.fields["tags"] == ["暈眩", "貧血"]
    assert first.fields["asker"] == {"nickname": "小明", "sex": "F"}
    assert second.fields["replies"] == []
