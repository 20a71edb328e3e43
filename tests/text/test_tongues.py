import pytest
from hypothesis import given
from hypothesis import strategies as st

from text.tongues import runs, tongue_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("紅斑性狼瘡", "zh"),
        ("SLE 患者可以打流感疫苗嗎", "zh"),
        ("Can I have the flu vaccine with lupus?", "en"),
        ("The NICE guideline NG143: fever in under 5s", "en"),
        ("Systemic lupus erythematosus", ""),
        ("SLE", ""),
        ("2011/05/01", ""),
        ("20 months / 個月", ""),
        ("The butterfly rash of lupus (蝴蝶斑)", "en"),
        ("狼瘡（systemic lupus erythematosus is the name of it）", "zh"),
        ("", ""),
    ],
)
def test_a_text_says_its_language_by_its_characters_and_words(text: str, expected: str) -> None:
    assert tongue_of(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("DLE 皮膚型", [("DLE ", False), ("皮膚型", True)]),
        ("狼瘡，腎炎 nephritis", [("狼瘡，腎炎", True), (" nephritis", False)]),
        ("lupus", [("lupus", False)]),
        ("", []),
    ],
)
def test_chinese_is_cut_out_of_a_line(text: str, expected: list[tuple[str, bool]]) -> None:
    assert runs(text) == expected


@given(st.text())
def test_cutting_loses_nothing(text: str) -> None:
    assert "".join(piece for piece, _is_chinese in runs(text)) == text
