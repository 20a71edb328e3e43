import pytest
from hypothesis import given
from hypothesis import strategies as st

from text.guards.masks import masked
from text.guards.patient_data import Hit, find

LABELS = {"mobile": "[phone number hidden]", "email": "[address hidden]"}


def test_each_finding_is_replaced_by_its_label() -> None:
    text = "打0912345678或寫 a@b.org。"

    assert masked(text, find(text), LABELS) == "打[phone number hidden]或寫 [address hidden]。"


def test_findings_that_overlap_become_one_in_any_order() -> None:
    hits = [Hit("email", 4, 8), Hit("mobile", 2, 6)]

    assert masked("0123456789", hits, LABELS) == "01[phone number hidden]89"


def test_findings_that_touch_stay_two() -> None:
    assert masked("0123", [Hit("mobile", 0, 2), Hit("email", 2, 4)], LABELS) == "[phone number hidden][address hidden]"


def test_a_text_without_findings_is_unchanged() -> None:
    assert masked("GOT 45", [], LABELS) == "GOT 45"


def test_a_kind_without_a_label_is_an_error_and_not_shown() -> None:
    with pytest.raises(KeyError):
        masked("A123456789", [Hit("national_id", 0, 10)], LABELS)


@given(st.text("xyz", min_size=10, max_size=10), st.lists(st.tuples(st.integers(0, 9), st.integers(1, 9)), max_size=5))
def test_no_character_of_a_finding_is_left_and_none_beside_it_lost(text: str, spans: list[tuple[int, int]]) -> None:
    hits = [Hit("mobile", start, min(start + length, 10)) for start, length in spans]
    hidden = {place for hit in hits for place in range(hit.start, hit.end)}

    shown = masked(text, hits, {"mobile": "#"})

    assert shown.replace("#", "") == "".join(each for place, each in enumerate(text) if place not in hidden)
