"""Whatever is thrown at the reader: it never raises, and no word of it is lost."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.text.manuscript.words import placed, said
from text.manuscript import read

LINES = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        [
            *("", "", "", "A short line", "What is it?", "It is a sentence that ends.", "Here is a list:", "• one"),
            *(
                "  • Two",
                "- lead: and more",
                "1. One thing",
                "2. Another thing: with words",
                "3. third",
                "    1) deeper",
            ),
            *(
                "FAQ",
                "Q: Is it so?",
                "A: It is.",
                "常見問題",
                "問：會痛嗎？",
                "答：不會。",
                "一、病因",
                "（一）分類",
                "二、治療",
            ),
            *(
                "這是一句話，寫得很長。",
                "# Heading",
                "### Deep",
                "> quoted",
                "```",
                "~~~",
                "a | b",
            ),
            *("--- | ---", "---", "===", "[a]: https://example.org", "[text](https://example.org)", "**Bold:** words"),
            *("*", "_a_", "By Jane Example", "Author: A. Example", "作者：王小明", "2024-05-01", "Source: A journal"),
            *("References", "參考資料", "Home | Contact", "12 views", "© 2024 Example", "Комментарии", "Contact us"),
            *("Call 02-1234-5678 or write to a@example.org", '"These are words of somebody." - Ann Example, M.D.'),
            *("The group defines it in these terms:", "title: X", "&amp; <b>"),
        ]
    ),
)
TEXTS = st.lists(LINES, max_size=25).map("\n".join).filter(lambda text: ":::" not in text)  # a block adds its label


@settings(max_examples=600)
@given(TEXTS)
def test_every_word_of_any_text_is_in_the_draft_or_left_over(text: str) -> None:
    draft = read(text)

    assert said(text) - placed(draft) == {}


@given(st.text())
def test_any_characters_are_read(text: str) -> None:
    draft = read(text)

    assert said(text) - placed(draft) == {}


@pytest.mark.parametrize(
    "text",
    [
        "word " * 40_000,
        "a line of words\n" * 12_500,
        "- item: words\n* other\n" * 10_000,
        "".join(f"{' ' * (n % 50)}• item\n" for n in range(8_000)),
        "Short\n" * 32_000,
        "One sentence that ends.\n\n" * 8_000,
        "“" * 60_000 + "”" * 60_000,
        "# x\n\n[a](" * 18_000,
        "> " * 100_000,
        "Q: Is it so?\nA: It is.\n" * 8_000,
        "一、病因\n（一）分類\n這是一句話，寫得很長。\n" * 4_000,
        "Lupus is a disease that is so. It can, you know, be. " * 4_000,
        "a wrapped line of a text that somebody broke near its eightieth column as programs do\n" * 2_400,
    ],
    ids=lambda text: repr(text[:12]),
)
def test_what_is_made_to_be_slow_is_read_in_time(text: str) -> None:
    """A fifth of a megabyte each: what takes the square of its length would take minutes."""
    began = time.process_time()

    read(text)

    assert time.process_time() - began < 10


def test_a_megabyte_of_an_article_is_read_within_seconds() -> None:
    paragraph = "Walking is good for nearly everyone who walks, and it costs nothing but shoes and time. " * 6
    section = "How to Begin\n\n" + f"{paragraph}\n\n" * 3 + "• one\n• two\n\n"
    began = time.process_time()

    draft = read("The Title\n\n" + section * 620)

    assert time.process_time() - began < 10
    assert len(draft.body) > 1_000_000
