"""Where a text begins to say something."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from text.opening import opening, sentences, without_greeting

TEXTS = st.text(
    alphabet=st.sampled_from("您好你hi ello,，。.!?！？\n\t醫師謝Dr chen狼瘡\u3000…&<'\U0001f600"), max_size=80
)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("您好，這是過敏。", "這是過敏。"),
        ("王醫師您好：我頭痛。", "我頭痛。"),
        ("各位醫生大家好！我頭痛。", "我頭痛。"),
        ("您好！謝謝您的提問。這是過敏。", "這是過敏。"),
        ("您好我今年三十歲。", "我今年三十歲。"),
        ("Jimmy 您好：\n\n狼瘡病人可以打疫苗。", "狼瘡病人可以打疫苗。"),
        ("Hello,\n\nA vaccine is safe.", "A vaccine is safe."),
        ("Hi there, doctor. Good morning! My knee hurts.", "My knee hurts."),
        ("Dear Dr. Chen, my knee hurts.", "my knee hurts."),
        ("Thank you for your question. Yes, it is safe.", "Yes, it is safe."),
        ("Hello and thank you for asking. It is safe.", "It is safe."),
        ("hi this may be a ringworm infection.", "this may be a ringworm infection."),
    ],
)
def test_greetings_and_thanks_are_left_out(text: str, rest: str) -> None:
    assert without_greeting(text) == rest


@pytest.mark.parametrize(
    "text",
    [
        "你好像有糖尿病，請檢查。",
        "酒精肝患者，建議戒酒。",
        "My hi-fi hurts my ears.",
        "Highly likely, yes.",
        "Hydroxychloroquine is safe.",
        "History of lupus, then?",
        "Thanks to my doctor I was cured.",
        "The doctor said no.",
        "醫師說沒事，但我很擔心。",
        "您好",
        "Hello.",
        "",
    ],
)
def test_what_says_something_stays_and_so_does_a_mere_greeting(text: str) -> None:
    assert without_greeting(text) == text


@given(TEXTS)
def test_what_is_left_is_the_end_of_the_text_and_begins_no_greeting_again(text: str) -> None:
    rest = without_greeting(text)

    assert text.strip().endswith(rest)
    assert bool(rest) == bool(text.strip())


@given(TEXTS, st.integers(2, 60))
def test_an_opening_is_never_longer_than_its_room(text: str, limit: int) -> None:
    found = opening(text, limit)

    assert len(found) <= limit
    assert "\n" not in found
    assert found == found.strip()


def test_an_opening_ends_with_a_sentence_where_one_ends_in_time() -> None:
    text = "Hello, Most vaccines are safe with lupus. Live ones are not while you take strong medicine, so ask first."

    assert opening(text, 60) == "Most vaccines are safe with lupus."
    assert opening(text, 40) == "Most vaccines are safe with lupus."
    assert opening("您好，狼瘡病人可以打疫苗。活的疫苗不行，請先問醫師再決定要不要打，不要自己停藥。", 32) == (
        "狼瘡病人可以打疫苗。"
    )


def test_an_opening_without_the_end_of_a_sentence_is_cut_at_a_word() -> None:
    assert opening("Hello. Hydroxychloroquine taken every day protects kidneys and skin for years", 40) == (
        "Hydroxychloroquine taken every day…"
    )


@given(TEXTS)
def test_sentences_lose_nothing_but_blanks_and_lonely_signs(text: str) -> None:
    found = "".join("".join(sentences(text)).split())

    assert [sign for sign in found if sign.isalnum()] == [sign for sign in text if sign.isalnum()]


def test_a_number_with_a_point_does_not_end_a_sentence() -> None:
    assert list(sentences("Creatinine is 1.2 now. It was 0.9.\nWhy?")) == [
        "Creatinine is 1.2 now.",
        "It was 0.9.",
        "Why?",
    ]


def test_a_very_long_text_costs_nothing_to_speak_of() -> None:
    long = "您好" * 100_000 + "hi " * 100_000

    assert len(opening(long, 155)) <= 155
