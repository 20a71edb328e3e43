"""Two texts side by side: nothing is lost, and what is shown as changed is as little as people expect."""

import time

from hypothesis import given
from hypothesis import strategies as st

from text.diff import Piece, diff

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
