import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from text.decode import GETA, Imported, Undecodable, decode, imported, read_imported


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("紅斑性狼瘡", "utf-8"),
        ("紅斑性狼瘡", "utf-8-sig"),
        ("紅斑性狼瘡", "cp950"),
        ("衣裏", "cp950"),
        ("堃峯喆煊綉瑠", "big5hkscs"),
    ],
)
def test_a_line_is_read_in_the_first_encoding_that_knows_it(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("encoding", ["cp950", "big5hkscs"])
def test_a_backslash_inside_a_big5_character_is_no_escape(encoding: str) -> None:
    line = json.dumps({"title": "許功蓋", "question": '說"好"\\'}, ensure_ascii=False)

    raw = line.encode(encoding)

    assert raw.count(b"\\") > line.count("\\")
    assert json.loads(decode(raw)) == {"title": "許功蓋", "question": '說"好"\\'}


def test_where_two_encodings_differ_cp950_is_believed() -> None:
    assert decode(b"\xa1\x45") == "\u2027"


def test_what_nothing_decodes_keeps_its_bytes() -> None:
    with pytest.raises(Undecodable) as caught:
        decode(b"\xff\xff\xa4")

    assert caught.value.raw == b"\xff\xff\xa4"


def test_a_named_encoding_is_the_only_one_tried() -> None:
    assert decode("裏".encode("cp950"), "cp950") == "裏"
    with pytest.raises(Undecodable):
        decode("裏".encode("cp950"), "utf-8")
    with pytest.raises(LookupError):
        decode(b"x", "no-such-encoding")


@given(st.text())
def test_every_text_in_utf_8_is_itself(text: str) -> None:
    assert decode(text.encode()) == text.removeprefix("\ufeff")


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("GOT &lt; 45 &amp; GPT &gt; 50", "GOT < 45 & GPT > 50"),
        ("one<br>two<BR />three", "one\ntwo\nthree"),
        ("one&lt;br&gt;two", "one\ntwo"),
        ("one&amp;lt;br&amp;gt;two", "one\ntwo"),
        ("a < b and b > c", "a < b and b > c"),
        ("WBC<4000, PLT>100", "WBC<4000, PLT>100"),
        ("<p>one</p><p>two</p>", "one\n\ntwo"),
        ("<b>bold</b> <a href='x'>link</a><font color=red>!</font>", "bold link!"),
        ("<script>alert(1)</script>left<!-- gone -->", "left"),
        ("<script>alert(1)", "alert(1)"),
        ("&#22531;&#x5586;", "堃喆"),
        ("?a=1&copy=2", "?a=1&copy=2"),
        ("AT&T; R&D", "AT&T; R&D"),
        ("nul\x00 &#0;&#27;bell\x07", "nul \ufffdbell"),
        ("<me@example.com>", "<me@example.com>"),
        ("王\ue000明", f"王{GETA}明"),
    ],
)
def test_a_field_of_a_web_page_becomes_plain_text(field: str, text: str) -> None:
    assert imported(field) == text


def test_characters_that_can_not_be_known_are_counted() -> None:
    assert read_imported("&#xE000;王\uf8ff") == Imported(f"{GETA}王{GETA}", 2)


@given(st.text(st.one_of(st.characters(codec=None), st.sampled_from("<>&;#/abr p!-\ud800"))))
def test_any_field_becomes_text_that_can_be_stored(field: str) -> None:
    assert "\x00" not in imported(field).encode().decode()
