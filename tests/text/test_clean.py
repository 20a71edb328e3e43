import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from text.clean import clean_line, clean_text, lines

ODD = (
    "\r\n\t\x0b\x00\x85\xa0\xad\u034f\u061c\u115f\u180e\u200b\u200c\u200d\u200e\u202e\u2028\u2066\u2800\u3000\u3164"
    "\ufe0f\ufeff\ufffe\ufff9\ue000\U000e0061\U0001f3f4\u0301eक👩比 "
)
PASTED = st.one_of(st.text(), st.text(ODD, max_size=30), st.text(st.characters(codec=None)))


@given(PASTED)
def test_cleaning_what_is_clean_changes_nothing(source: str) -> None:
    line, text = clean_line(source), clean_text(source)

    assert (clean_line(line), clean_text(text)) == (line, text)


@given(PASTED)
def test_a_clean_line_is_one_line_that_every_database_takes(source: str) -> None:
    line = clean_line(source)

    assert line == " ".join(line.split())
    assert line == unicodedata.normalize("NFC", line).encode().decode()
    assert [each for each in line if unicodedata.category(each) in ("Cc", "Cs", "Co")] == []


@given(PASTED)
def test_a_clean_text_has_no_three_blank_lines_and_no_ragged_ends(source: str) -> None:
    text = clean_text(source)

    assert "\n\n\n\n" not in text
    assert [row for row in text.split("\n") if row != row.rstrip()] == []
    assert text == text.strip()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("\u3000小明\u3000 \t先生 ", "小明 先生"),
        ("Dr.\u202e Lee\u200b", "Dr. Lee"),
        ("e\u0301", "é"),
        ("\u3164", ""),
        ("a\ud800b", "ab"),
        ("Ａ１", "Ａ１"),
        ("hidden\U000e0068\U000e0069", "hidden"),
        ("lone\u200djoiner\u200c", "lonejoiner"),
    ],
)
def test_a_line_loses_what_nobody_sees(typed: str, kept: str) -> None:
    assert clean_line(typed) == kept


@pytest.mark.parametrize(
    "written",
    [
        "👩\u200d⚕\ufe0f",
        "👨\u200d👩\u200d👧",
        "👩🏽\u200d⚕\ufe0f",
        "می\u200cخواهم",
        "क्\u200dष",
        "🏴\U000e0067\U000e0062\U000e007f",
        "辻\U000e0100",
    ],
)
def test_joiners_stay_where_a_script_or_an_emoji_needs_them(written: str) -> None:
    assert clean_line(written) == written


def test_a_text_keeps_its_lines_and_the_spaces_inside_them() -> None:
    typed = "GOT\t45\r\nGPT   50  \r\r\n\n\n\n\n- list\u2028  - nested\u3000"

    assert clean_text(typed) == "GOT    45\nGPT   50\n\n\n- list\n  - nested"


def test_private_use_is_taken_out_unless_something_stands_for_it() -> None:
    assert (clean_line("王\ue000明"), clean_line("王\ue000明", private_use="〓")) == ("王明", "王〓明")


def test_lines_are_those_that_say_something() -> None:
    assert lines(" one \r\n\n\u200b\n two  words ") == ["one", "two words"]
