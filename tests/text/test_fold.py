import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from text.fold import fold


@given(st.one_of(st.text(), st.text(st.characters(codec=None))))
def test_folding_twice_changes_nothing(source: str) -> None:
    assert fold(fold(source)) == fold(source)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("臺北榮總", "台北榮總"),
        ("ＳＬＥ\u3000紅斑性", "sle 紅斑性"),
        ("裏面", "裡面"),
        ("高峯", "高峰"),
        ("看着", "看著"),
        ("Straße", "STRASSE"),
        ("e\u0301", "É"),
        ("頭\u200b暈", "頭暈"),
        ("癥狀", "症狀"),
        ("抽菸", "抽煙"),
    ],
)
def test_spellings_of_one_word_fold_to_one_form(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_different_words_stay_different() -> None:
    assert fold("末期") != fold("未期")


def test_a_letter_with_a_hundred_thousand_marks_folds_in_no_time() -> None:
    began = time.process_time()

    folded = fold("a" + "\u0301\u0316" * 50_000)

    assert fold(folded) == folded
    assert time.process_time() - began < 1


@given(st.text(st.sampled_from("aé\u0301\u0316\u1100\u1161\u11a8가\u037a\u00a8 ﾊﾞİŉΐ的\u200b\ufdfa\u034f"), max_size=8))
def test_what_a_text_folds_to_does_not_depend_on_the_short_cut_by_characters(source: str) -> None:
    # A letter of Hangul that could join its neighbours makes the whole text fold together.
    assert fold(f"{source} \u1100") == f"{fold(source)} \u1100".lstrip()
