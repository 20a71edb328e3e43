"""Reading levels: the figures are counted by hand."""

import pytest

from text.editorial.reading import ReadingLevel, is_rare, reading_level
from text.editorial.sentences import sentences


def test_english_is_graded_by_the_automated_readability_index() -> None:
    # 3 + 6 words of 10 + 34 letters in 2 sentences: 4.71 * 44 / 9 + 0.5 * 9 / 2 - 21.43 = 3.85
    level = reading_level("# Not counted at all\n\nSee a doctor. **Always** ask before stopping any medicine ...")

    assert level == ReadingLevel("en", 2, 4.5, grade=3.8)


def test_long_words_in_long_sentences_are_hard() -> None:
    easy = reading_level("Wear a hat. Stay in the shade. Ask us.")
    hard = reading_level("Immunosuppressive pharmacotherapy necessitates " * 8 + "monitoring.")

    assert easy is not None
    assert hard is not None
    assert (easy.is_hard, hard.is_hard) == (False, True)


def test_chinese_is_measured_by_sentences_and_rare_characters() -> None:
    level = reading_level("外出請戴帽。SLE 患者要小心！「請問嗎？」他說。\n\n- 皮膚搔癢")

    assert level is not None
    assert (level.language, level.sentences, level.grade) == ("zh", 5, None)


def test_the_measure_follows_the_language_that_is_named() -> None:
    level = reading_level("Wear a hat. 戴帽。", language="zh-hant")

    assert level == ReadingLevel("zh", 1, 2.0, rare=0.0)


@pytest.mark.parametrize(
    ("character", "rare"),
    [
        ("的", False),
        ("痛", False),
        ("籲", False),
        ("彳", True),
        ("癤", True),
        ("纛", True),
        ("龘", True),
        ("头", True),
    ],
)
def test_a_character_is_rare_outside_the_first_level_of_big5(character: str, *, rare: bool) -> None:
    assert is_rare(character) is rare


@pytest.mark.parametrize("source", ["", "***", "# Only a heading", "```\ncode\n```", "…"])
def test_what_has_no_sentence_has_no_level(source: str) -> None:
    assert reading_level(source) is None


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        (
            "Ask Dr. Lin. She knows, e.g. this. Yes?! 2 mg.",
            ["Ask Dr. Lin.", "She knows, e.g. this.", "Yes?!", "2 mg."],
        ),
        ("“Stop.” He did. and so on", ["“Stop.”", "He did. and so on"]),
        ("好。「真的嗎？」他說……對！！再見", ["好。", "「真的嗎？」", "他說……對！！", "再見"]),
        ("one\ntwo. Three", ["one two.", "Three"]),
    ],
)
def test_sentences_end_where_people_end_them(words: str, parts: list[str]) -> None:
    assert sentences(words) == parts
