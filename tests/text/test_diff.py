"""Two texts side by side: nothing is lost, and what is shown as changed is as little as people expect."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from text.diff import Piece, Row, diff, side_by_side

SNIPPETS = st.lists(st.sampled_from(["joint ", "pain", "\n", "關節", "痛", " ", "0912-345-678", "。", "é", "👩‍⚕️"]))
TEXTS = st.one_of(st.text(), SNIPPETS.map("".join))


@given(before=TEXTS, after=TEXTS)
def test_the_pieces_make_both_texts_again(before: str, after: str) -> None:
    pieces = diff(before, after)

    assert "".join(piece.text for piece in pieces if piece.kind != "added") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "removed") == after


@given(text=st.text(min_size=1))
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert diff(text, text) == [Piece("same", text)]


def test_latin_text_is_compared_by_words() -> None:
    assert diff("Call me at home", "Call us at home") == [
        Piece("same", "Call "),
        Piece("removed", "me"),
        Piece("added", "us"),
        Piece("same", " at home"),
    ]


def test_chinese_text_is_compared_by_characters() -> None:
    assert diff("我頭痛三天", "我頭暈三天") == [
        Piece("same", "我頭"),
        Piece("removed", "痛"),
        Piece("added", "暈"),
        Piece("same", "三天"),
    ]


def test_changes_that_only_a_blank_parts_are_told_as_one() -> None:
    assert diff("I saw Dr. Example twice", "I saw a colleague twice") == [
        Piece("same", "I saw "),
        Piece("removed", "Dr. Example"),
        Piece("added", "a colleague"),
        Piece("same", " twice"),
    ]


def test_a_line_that_did_not_change_is_the_same_whatever_stands_around_it() -> None:
    assert diff("one\ntwo\nthree\n", "zero\ntwo\n")[2:] == [Piece("same", "\ntwo\n"), Piece("removed", "three\n")]


def test_two_long_texts_of_the_same_words_in_disorder_cost_little() -> None:
    before, after = "痛暈" * 5_000, "暈痛" * 4_000 + "痛" * 2_000
    started = time.perf_counter()

    diff(before, after)

    assert time.perf_counter() - started < 5


def words(pieces: tuple[Piece, ...]) -> str:
    return "".join(piece.text for piece in pieces)


@given(before=TEXTS, after=TEXTS)
def test_side_by_side_no_line_is_lost_on_either_side(before: str, after: str) -> None:
    rows = side_by_side(before, after)

    assert [words(row.before) for row in rows if row.before] == [line for line in before.split("\n") if line.strip()]
    assert [words(row.after) for row in rows if row.after] == [line for line in after.split("\n") if line.strip()]
    assert {piece.kind for row in rows for piece in row.before} <= {"same", "removed"}
    assert {piece.kind for row in rows for piece in row.after} <= {"same", "added"}


@given(text=TEXTS)
def test_side_by_side_a_text_is_the_same_as_itself(text: str) -> None:
    assert all(row.is_same for row in side_by_side(text, text))


def test_side_by_side_a_line_stands_beside_what_it_became() -> None:
    before = "# Sun\n\nWear a hat every day.\n\nAsk a nurse about it.\n\nThe end."
    after = "# Sun\n\nSomething wholly new.\n\nWear a wide hat every day.\n\nThe end."

    assert side_by_side(before, after) == [
        Row((Piece("same", "# Sun"),), (Piece("same", "# Sun"),)),
        Row((), (Piece("added", "Something wholly new."),)),
        Row(
            (Piece("same", "Wear a hat every day."),),
            (Piece("same", "Wear a "), Piece("added", "wide "), Piece("same", "hat every day.")),
        ),
        Row((Piece("removed", "Ask a nurse about it."),), ()),
        Row((Piece("same", "The end."),), (Piece("same", "The end."),)),
    ]


def test_side_by_side_lines_with_hardly_a_word_in_common_stand_apart() -> None:
    rows = side_by_side("Wear a hat in the sun", "Rain falls in April every year")

    assert [(words(row.before), words(row.after)) for row in rows] == [
        ("Wear a hat in the sun", ""),
        ("", "Rain falls in April every year"),
    ]


def test_side_by_side_chinese_lines_find_each_other() -> None:
    rows = side_by_side("外出請戴帽。\n發燒請就醫。", "發燒超過兩天請就醫。\n多喝水。")

    assert [(words(row.before), words(row.after)) for row in rows] == [
        ("外出請戴帽。", ""),
        ("發燒請就醫。", "發燒超過兩天請就醫。"),
        ("", "多喝水。"),
    ]


@pytest.mark.parametrize(
    ("line", "other"), [("a{} b c d\n", "b a{} d e\n"), ("痛暈" * 200 + "{}\n", "暈痛" * 200 + "{}\n")]
)
def test_side_by_side_long_texts_that_differ_everywhere_cost_little(line: str, other: str) -> None:
    before, after = ("".join(text.format(number) for number in range(60_000 // len(text))) for text in (line, other))
    started = time.process_time()

    side_by_side(before, after)

    assert time.process_time() - started < 20
