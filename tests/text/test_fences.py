"""The lines that open and close blocks."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from text.fences import Block, closes, looks_opening, opened
from text.markdown import render, to_plain


@pytest.mark.parametrize(
    ("line", "block"),
    [
        ("::: care urgent See a doctor today if:", Block("care", "urgent", "See a doctor today if:")),
        ("：：：care urgent：今天就看醫師：", Block("care", "urgent", "今天就看醫師：")),
        (":::care emergency撥打 119", Block("care", "emergency", "撥打 119")),
        ("::: Care Non-Urgent", Block("care", "non-urgent", "")),
        ("::: care non urgent Ask a pharmacist", Block("care", "non-urgent", "Ask a pharmacist")),
        ("::::: warning Title :::::", Block("warning", "", "Title")),
        ("::: 　warning　注意", Block("warning", "", "注意")),
        ("::: do", Block("do", "", "")),
        ("::: dont", Block("dont", "", "")),
        ("::: don’t: Around the eyes", Block("dont", "", "Around the eyes")),
        ("::: do not Around the eyes", Block("dont", "", "Around the eyes")),
        ("::: details How it was measured", Block("details", "", "How it was measured")),
        ("::: picture １２ A caption", Block("picture", "12", "A caption")),
        ("::: picture", Block("picture", "", "")),
        ("::: contact: night-line", Block("contact", "night-line", "")),
    ],
)
def test_an_opening_line_says_kind_name_and_title(line: str, block: Block) -> None:
    assert opened(line) == block


@pytest.mark.parametrize(
    "line",
    [":::", ":: warning", "warning", "::: care", "::: care See a doctor", "::: care emergancy Call 119"]
    + ["::: doors", "::: warnings", "::: do_it", "::: 警告", "see ::: warning"],
)
def test_every_other_line_opens_nothing(line: str) -> None:
    assert opened(line) is None


def test_colons_alone_close_a_block_and_words_after_them_open_one() -> None:
    assert [closes(line) for line in (":::", " ：：：： ", "::", "::: x", "")] == [True, True, False, False, False]
    assert [looks_opening(line) for line in (":::", "::: x", "：：：x", ":: x")] == [False, True, True, False]


def test_an_unknown_block_is_shown_as_it_was_typed() -> None:
    assert render("::: foo *bar*\ntext\n:::") == "<p>::: foo <em>bar</em><br>\ntext<br>\n:::</p>"


def test_the_end_of_an_unknown_block_does_not_end_the_one_around_it() -> None:
    html = render("::: warning\n::: foo\n\na\n\n:::\n\nb\n:::\n\nc")

    assert html.endswith("<p>a</p>\n<p>:::</p>\n<p>b</p>\n</div>\n</div>\n<p>c</p>")


def test_a_block_inside_another_ends_by_itself() -> None:
    html = render("::: warning\n::: details More\na\n:::\nb\n:::\nc")

    assert html.endswith("<p>a</p>\n</div>\n</details>\n<p>b</p>\n</div>\n</div>\n<p>c</p>")


def test_a_block_that_nobody_closed_ends_with_the_text() -> None:
    assert render("::: details More\na\n\nb").endswith("<p>a</p>\n<p>b</p>\n</div>\n</details>")


def test_a_block_may_stand_in_a_list_and_ends_with_its_item() -> None:
    html = render("- one\n\n  ::: warning\n  inside\n- two")

    assert html.count("<li>") == 2
    assert html.endswith("</div>\n</div>\n</li>\n<li>\n<p>two</p>\n</li>\n</ul>")


def test_what_is_nested_too_deeply_stays_words() -> None:
    source = "::: details a\n" * 9 + "end\n" + ":::\n" * 9

    assert render(source).count("<details") == 4
    assert to_plain(source).count("::: details a") == 5


@given(st.text(st.sampled_from(":：\n 'aw1-")) | st.text())
def test_any_line_is_read(line: str) -> None:
    block = opened(line)

    assert block is None or looks_opening(line)


LINES = st.sampled_from(
    ["::: care urgent w1", "::: warning", "::: dont w2", "::: details w3", "::: foo w4", ":::", "：：：", "", "w5"]
    + ["- w6", "  w7", "> w8", "> ::: do w9", "  ::: do w0", "# wa", "```", "| wb |", "|-|"]
)


@given(st.lists(LINES, max_size=30))
def test_no_word_is_lost_in_blocks(lines: list[str]) -> None:
    source = "\n".join(lines)

    html = render(source)

    assert [word for line in lines for word in line.split() if word.startswith("w") and len(word) == 2] == [
        word for word in _words(html) if word.startswith("w") and len(word) == 2
    ]


def _words(html: str) -> list[str]:
    return re.sub("<[^>]*>", " ", html).split()
