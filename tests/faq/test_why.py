"""The words that say why, as the reader's own page writes them."""

import pytest

from faq.why import Written
from search.nearby import terms_in
from text.cutting import segment


def shared_by(one: str, other: str) -> tuple[str, ...]:
    shared = set(terms_in(segment(one))) & set(terms_in(segment(other)))
    return Written(one).words(shared, lambda term: len(term) / 10)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("My Knees hurt after cycling", "a knee, and walks", ("Knees",)),
        ("頭髮一直掉，想植髮", "头发掉很多", ("頭髮",)),
        ("紅斑性狼瘡怎麼辦", "請問紅斑性狼瘡", ("紅斑性狼瘡",)),
        ("Is it 500 mg or not", "take 500 mg, is it", ()),
        ("謝謝醫師", "謝謝醫師您好", ()),
        ("", "anything", ()),
    ],
)
def test_shared_words_stand_as_they_are_written(one: str, other: str, expected: tuple[str, ...]) -> None:
    assert shared_by(one, other) == expected


def test_two_words_are_enough_and_none_is_a_part_of_another() -> None:
    text = "psoriasis scaling elbow nails"

    assert len(shared_by(text, text)) == 2
