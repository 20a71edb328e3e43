import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from text.teaser import brief, cut

WORDS = st.text(st.sampled_from("abc ,.-我們高血壓，。👩\u200d⚕\ufe0f\u0301🇹🇼\n&;"), max_size=80)
LIMITS = st.integers(0, 60)


@given(st.one_of(WORDS, st.text()), LIMITS)
def test_a_teaser_is_never_longer_than_its_limit(text: str, limit: int) -> None:
    assert len(cut(text, limit)) <= limit


@given(WORDS)
def test_what_fits_is_unchanged_but_for_whitespace(text: str) -> None:
    collapsed = " ".join(text.split())

    assert cut(text, len(collapsed)) == collapsed


@given(WORDS, LIMITS)
def test_a_teaser_is_the_beginning_of_the_text_and_ends_between_graphemes(text: str, limit: int) -> None:
    whole = " ".join(text.split())
    head = cut(text, limit).removesuffix("…")

    assert whole.startswith(head)
    assert len(head) in {0, *(each.end() for each in regex.finditer(r"\X", whole))}


@given(st.lists(st.text("abcdefg", min_size=1, max_size=9), min_size=1, max_size=12), st.integers(10, 60))
def test_latin_words_stay_whole(words: list[str], limit: int) -> None:
    head = cut(" ".join(words), limit).removesuffix("…")

    assert head.split() == words[: len(head.split())]


@pytest.mark.parametrize(
    ("text", "limit", "teaser"),
    [
        ("Stem cell therapy for lupus", 18, "Stem cell therapy…"),
        ("Stem cell therapy, for lupus", 19, "Stem cell therapy…"),
        ("Hello   wonderful\nworld", 22, "Hello wonderful world"),
        ("我有高血壓兩年了，最近蹲久", 10, "我有高血壓兩年了…"),
        ("最近吃Prednisolone兩年", 8, "最近吃…"),
        ("a" * 30, 10, "a" * 9 + "…"),
        ("家👨\u200d👩\u200d👧庭", 5, "家…"),
        ("e\u0301" * 10, 6, "e\u0301e\u0301…"),
        ("one &amp; two three", 9, "one…"),
        ("a\ud800b", 9, "ab"),
        ("word", 0, ""),
    ],
)
def test_a_text_is_cut_where_a_reader_would_cut_it(text: str, limit: int, teaser: str) -> None:
    assert cut(text, limit) == teaser


def test_another_ellipsis_counts_with_its_length() -> None:
    assert cut("one two three", 11, ellipsis=" […]") == "one two […]"


def test_a_brief_teaser_takes_about_the_same_room_in_both_scripts() -> None:
    english, chinese = "words and more " * 40, "文字與更多的字" * 40

    assert (len(brief(chinese, 200)), 180 < len(brief(english, 200)) <= 200) == (100, True)


def test_a_brief_teaser_of_a_short_text_is_the_text() -> None:
    assert (brief("短文。", 200), brief("", 200)) == ("短文。", "")
