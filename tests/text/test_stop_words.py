import pytest

from text.cutting import pairs, segment, words
from text.stop_words import is_stop, telling


@pytest.mark.parametrize("word", ["the", "does", "don't", "Please", "的", "了", "嗎", "吗", "呢", "請", "these"])
def test_function_words_are_stop_words(word: str) -> None:
    assert [is_stop(term) for term in words(segment(word))] == [True]


@pytest.mark.parametrize("pair", ["請問", "请问", "醫生", "醫師", "你好", "您好", "謝謝", "我的", "什麼", "可以"])
def test_courtesies_and_pairs_of_function_characters_are_stop_words(pair: str) -> None:
    assert [is_stop(term) for term in pairs(segment(pair))] == [True]


@pytest.mark.parametrize(
    "word", ["lupus", "pain", "aids", "500", "mg", "肝", "不", "b12", "hpv", "ill", "down", "經", ""]
)
def test_words_that_say_something_are_none(word: str) -> None:
    assert not any(is_stop(term) for term in words(segment(word)))


@pytest.mark.parametrize("pair", ["嗎啡", "目的", "不孕", "代謝", "生理", "醫院", "過敏", "過多", "月經"])
def test_pairs_that_say_something_are_none(pair: str) -> None:
    assert [is_stop(term) for term in pairs(segment(pair))] == [False]


def test_a_query_keeps_what_says_something() -> None:
    stored = segment("請問醫生，嗎啡 for the pain?")

    assert telling(pairs(stored)) == ["吗啡", "啡for"]
    assert telling(words(stored)) == ["医", "生", "啡", "pain"]


def test_a_query_of_nothing_else_keeps_all() -> None:
    assert telling(["的", "了"]) == ["的", "了"]
    assert telling([]) == []
