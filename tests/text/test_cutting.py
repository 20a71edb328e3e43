import time
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from text.cutting import pairs, segment, words
from text.fold import fold
from text.han import SIMPLIFIED, simplified

_OLD_FORMS = sorted(SIMPLIFIED)
_HAN = st.one_of(st.sampled_from(_OLD_FORMS), st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF))
_SNIPPETS = ["x", "ray", "s", "rays", "covid", "19", "b", "12", "h1n1", "500", "mg", "w's", ".", ",", "/", "-", "'"]
_SNIPPETS += [" ", "e", "3", "β", "μ", "g", "疫苗", "的", "，", "ing", "ies", "́", "aids", "mcg", "hba1c", "1,000"]
_MIXED = st.text(
    st.one_of(
        _HAN,
        st.sampled_from("aeiosxtrdby'’´-.,/，0123456789 μβΩ°℃é\u0301\u3099\u0653ا\u200b\u1100\u1161ŉßæ½\u20e3がﾊﾞ"),
        st.characters(codec=None),
    )
)


@given(_MIXED)
@example("ا\u0301\u0653")  # The mark that goes keeps the one that stays from joining the letter.
def test_segmenting_what_was_segmented_changes_nothing(source: str) -> None:
    once = segment(source)

    assert segment(once) == once


@given(st.lists(st.sampled_from(_SNIPPETS)))
def test_segmenting_twice_changes_nothing_where_words_and_numbers_meet(parts: list[str]) -> None:
    once = segment("".join(parts))

    assert segment(once) == once


@given(_MIXED)
def test_what_is_stored_has_one_blank_between_runs_and_no_capitals(source: str) -> None:
    stored = segment(source)

    assert stored == " ".join(stored.split())
    assert stored == stored.casefold()


@given(_MIXED, st.text(_HAN, min_size=2, max_size=12), _MIXED, st.data())
def test_every_part_of_two_or_more_han_characters_is_found_as_a_phrase_of_pairs(
    before: str, middle: str, after: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(middle) - 2))
    part = middle[start : data.draw(st.integers(start + 2, len(middle)))]
    # In the other script, and with the other form of a character that is written in two.
    typed = data.draw(st.sampled_from([part, simplified(part), fold(part), simplified(fold(part))]))

    phrase = pairs(segment(typed))

    assert len(phrase) == len(part) - 1
    assert _consecutive(phrase, pairs(segment(before + middle + after)))


@given(_MIXED, st.text(_HAN, min_size=1, max_size=6), _MIXED)
def test_every_han_character_is_a_word(before: str, middle: str, after: str) -> None:
    assert _consecutive(words(segment(middle)), words(segment(before + middle + after)))


def _consecutive(phrase: list[str], among: list[str]) -> bool:
    return any(among[at : at + len(phrase)] == phrase for at in range(len(among)))


@given(st.text(st.characters(categories=["L", "N"], max_codepoint=0x24F), max_size=20))
def test_accents_change_nothing(word: str) -> None:
    decomposed = unicodedata.normalize("NFD", word)
    bare = "".join(sign for sign in decomposed if not unicodedata.combining(sign))

    assert segment(word) == segment(decomposed)
    if word.isascii() or bare.isascii():
        assert segment(word) == segment(bare)


@pytest.mark.parametrize(
    ("source", "stored"),
    [
        ("B肝帶原者，接種HPV疫苗", "b肝带原者 接种hpv疫苗"),
        ("維生素B12、H1N1", "维生素b12 h1n1"),
        ("每天500mg（早晚）", "每天500 mg 早晚"),
        ("體溫38.5°C，血壓120/80mmHg", "体温38.5 c 血压120/80 mmhg"),
        ("3.52e0 U/L; 12,500.5; 1，200", "3.52e0 u l 12500.5 1 200"),
        ("SLE,紅斑性狼瘡", "sle 红斑性狼疮"),
        ("pain.I have headache,nausea", "pain i have headach nausea"),
        ("24-year-old, 2011/05/01", "24 year old 2011 05 01"),
        ("頭\u200b暈\ufeff", "头晕"),
        ("1️⃣ 發燒 👩‍⚕️", "1 发烧"),
        ("CYP3A4 G6PD p53 L4-L5", "cyp3a4 g6pd p53 l4 l5"),
        ("TGF-β1", "tgf beta 1"),
        ("λ Ω", "lambda omega"),
        ("5x6mm", "5 x 6 mm"),
        ("2010.9.4", "2010 9 4"),
        ("(03)3800-123", "03 3800 123"),
        ("\x00頭\x00暈\ud800", "头 晕"),
        ("日本のこども", "日本のこども"),
        ("。、！", ""),
    ],
)
def test_a_text_is_stored_as_runs(source: str, stored: str) -> None:
    assert segment(source) == stored


@pytest.mark.parametrize(
    "spellings",
    [
        ["William's", "William’s", "williams", "Williams'", "William´s"],
        ["COVID-19", "Covid19", "covid 19", "COVID‑19", "ＣＯＶＩＤ－１９"],
        ["x-ray", "X ray", "xray", "X-rays"],
        ["Sjögren's", "Sjogren", "Sjo\u0308gren’s"],
        ["Ménière", "Meniere"],
        ["500mg", "500 mg", "500 MG", "５００ｍｇ"],
        ["5μg", "5 µg", "5ug", "5 mcg"],
        ["38.5°C", "38.5 ℃", "38.5C"],
        ["β-blockers", "beta blocker"],
        ["IL-6", "IL6", "IL 6"],
        ["B-12", "b12"],
        ["S.L.E.", "SLE"],
        ["don't", "dont", "don’t"],
        ["臺灣的頭髮", "台湾的头发"],
        ["反覆", "反复"],
        ["disease", "diseases", "diseased"],
    ],
)
def test_spellings_of_one_thing_are_stored_as_one(spellings: list[str]) -> None:
    assert {segment(spelling) for spelling in spellings} == {segment(spellings[0])}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("AIDS", "aid"),
        ("500 mg", "500 ml"),
        ("B12", "B6"),
        ("38.5", "385"),
        ("H1N1", "H5N1"),
        ("early", "ears"),
        ("menses", "men"),
    ],
)
def test_different_things_stay_different(one: str, other: str) -> None:
    assert segment(one) != segment(other)


def test_words_are_words_numbers_and_single_han_characters() -> None:
    stored = segment("維生素B12 500mg，HPV疫苗")

    assert words(stored) == ["维", "生", "素", "b12", "500", "mg", "hpv", "疫", "苗"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("HPV疫苗", ["hpv疫", "疫苗"]),
        ("HPV 疫苗", ["hpv疫", "疫苗"]),
        ("B肝", ["b肝"]),
        ("頭暈 想吐", ["头晕", "想吐"]),
        ("500 mg", ["500mg"]),
        ("covid-19", ["covid19"]),
        ("first aid box", []),
        ("暈", []),
        ("", []),
    ],
)
def test_pairs_are_neighbours_that_say_more_together(source: str, expected: list[str]) -> None:
    assert pairs(segment(source)) == expected


@pytest.mark.parametrize(
    "source",
    [
        "a" * 1_000_000,
        "頭" * 1_000_000,
        "a" + "\u0301\u0316" * 50_000,
        "1,111" * 200_000,
        "1." * 500_000,
        "x ray " * 100_000,
        "a" + "-" * 1_000_000,
        "''" * 500_000,
        "αβ " * 100_000,
        "".join(map(chr, range(0, 0x110000, 7))),
    ],
    ids=["letters", "han", "marks", "thousands", "points", "rays", "hyphens", "apostrophes", "greek", "everything"],
)
def test_no_text_takes_long(source: str) -> None:
    began = time.process_time()

    stored = segment(source)
    units = words(stored), pairs(stored)

    assert time.process_time() - began < 20
    assert max(map(len, units[0]), default=0) <= 64
