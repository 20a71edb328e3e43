from hypothesis import given
from hypothesis import strategies as st

from text.guards.shadow import shadow


@given(st.one_of(st.text(), st.text("aＡ1１①〇\u200b\u0301\ufe0f\u20e3\n\x00-－ー\ud800", max_size=40)))
def test_every_place_of_a_shadow_is_a_place_of_the_original(text: str) -> None:
    seen = shadow(text)

    spans = [seen.span(place, place + 1) for place in range(len(seen.text))]
    assert [end - start for start, end in spans] == [1] * len(spans)
    assert spans == sorted(set(spans))
    assert [shadow(text[start:end]).text for start, end in spans] == list(seen.text)


def test_disguises_are_undone_and_list_numbers_are_not_digits() -> None:
    assert shadow("Ａ１\u200b２ー３\u3000٤①²\x07").text == "A12-3 4①²"
