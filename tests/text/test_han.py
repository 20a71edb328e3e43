import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from text.fold import fold
from text.han import SIMPLIFIED, simplified
from text.han_pairs import PAIRS

_HAN = st.text(st.one_of(st.sampled_from(sorted(SIMPLIFIED)), st.characters(codec=None)))


@given(_HAN)
def test_simplifying_twice_changes_nothing_and_keeps_the_length(text: str) -> None:
    once = simplified(text)

    assert (simplified(once), len(once)) == (once, len(text))


def test_every_entry_of_the_table_is_one_character_for_another_that_stays() -> None:
    entries = PAIRS.split()

    assert {len(entry) for entry in entries} == {2}
    assert len(SIMPLIFIED) == len(entries)
    assert SIMPLIFIED.keys().isdisjoint(SIMPLIFIED.values())
    assert {unicodedata.category(character) for character in "".join(entries)} == {"Lo"}


def test_folding_and_simplifying_settle_at_once() -> None:
    every = [chr(code) for code in range(0x3005, 0x32000) if unicodedata.category(chr(code)) == "Lo"]
    once = [simplified(fold(character)) for character in every]

    assert [simplified(fold(character)) for character in once] == once


def test_both_sides_of_the_table_meet_once_folded() -> None:
    apart = [(old, new) for old, new in SIMPLIFIED.items() if simplified(fold(old)) != simplified(fold(new))]

    assert apart == []


@pytest.mark.parametrize(
    ("traditional", "written_in_simplified"),
    [
        ("頭髮", "头发"),
        ("幹細胞", "干细胞"),
        ("反覆發作", "反复发作"),
        ("瞭解", "了解"),
        ("臟器很髒", "脏器很脏"),
        ("睪丸", "睾丸"),
        ("蕁麻疹", "荨麻疹"),
        ("看著", "看着"),
        ("臺灣", "台湾"),
        ("藉由", "借由"),
        ("其餘", "其馀"),
        ("痠痛", "酸痛"),
    ],
)
def test_both_scripts_meet_once_folded(traditional: str, written_in_simplified: str) -> None:
    assert simplified(fold(traditional)) == simplified(fold(written_in_simplified))


def test_words_that_differ_stay_apart() -> None:
    assert simplified("肝癌") != simplified("肺癌")
