import pytest

from text.manuscript import Heading, Manuscript, Note, read

SENTENCE = "This is a sentence that says something and ends."


def outline(draft: Manuscript) -> list[tuple[int, str]]:
    return [(block.level, block.text) for block in draft.blocks if isinstance(block, Heading)]


def text(*lines: str) -> str:
    """A titled text whose lede is followed by these lines."""
    return "\n\n".join(["The Title", SENTENCE, *lines])


def test_a_short_line_above_a_paragraph_is_a_heading() -> None:
    draft = read(text("How It Begins", SENTENCE, "What helps?", SENTENCE))

    assert outline(draft) == [(2, "How It Begins"), (2, "What helps?")]
    assert Note("headings", count=2) in draft.notes.guessed


@pytest.mark.parametrize(
    "line",
    [
        "It ends.",
        "these are small letters",
        "It is announced:",
        "One, two,",
        "It ends. Then it goes on",
        "Wow!",
        "12",
        "word " * 20 + "word",
        "這是一句話。",
        "這一行的字數太多了" * 4,
    ],
)
def test_what_ends_like_a_sentence_or_begins_like_none_is_no_heading(line: str) -> None:
    assert outline(read(text(line, SENTENCE))) == []


def test_a_line_at_the_end_heads_nothing() -> None:
    assert outline(read(text(SENTENCE, "The last line"))) == []


def test_a_line_that_the_next_one_goes_on_with_is_no_heading() -> None:
    assert outline(read(text("Somebody pressed a key in this line", "and went on with it in the next."))) == []


def test_many_short_lines_together_are_no_headings() -> None:
    assert outline(read(text("Roses", "Violets", "Sugar", "You", SENTENCE))) == []


def test_a_heading_right_below_another_is_lower_and_so_are_those_made_like_it() -> None:
    draft = read(text("Good and Bad", "Good Things", "• one", "Bad Things", "• two", "How to Go On", SENTENCE))

    assert outline(draft) == [(2, "Good and Bad"), (3, "Good Things"), (3, "Bad Things"), (2, "How to Go On")]


def test_a_heading_that_a_colon_announces_is_lower() -> None:
    draft = read(
        text("The Ways", "There are two of them:", "Walking", "• one", "Riding", "• two", "What now?", SENTENCE)
    )

    assert outline(draft) == [(2, "The Ways"), (3, "Walking"), (3, "Riding"), (2, "What now?")]


def test_chinese_numbers_tell_the_level() -> None:
    draft = read(
        "認識測試\n這是一個完整的句子。\n一、病因\n這是一個完整的句子。\n（一）遺傳\n這是一個完整的句子。\n"
        "（二）環境\n這是一個完整的句子。\n二、治療\n這是一個完整的句子。"
    )

    assert outline(draft) == [(2, "一、病因"), (3, "（一）遺傳"), (3, "（二）環境"), (2, "二、治療")]


def test_numbered_lines_with_a_text_below_each_are_headings_and_else_a_list() -> None:
    headed = read(text("1. Begin early", SENTENCE, "2. Go on", SENTENCE))
    listed = read(text("1. Begin early", "2. Go on", SENTENCE))

    assert outline(headed) == [(2, "1. Begin early"), (2, "2. Go on")]
    assert outline(listed) == []


def test_a_sign_before_a_heading_goes() -> None:
    assert outline(read("認識測試\n這是一個完整的句子。\n■ 症狀\n這是一個完整的句子。")) == [(2, "症狀")]


def test_broken_lines_are_joined() -> None:
    draft = read(
        "A title of it\n\nThis line was broken by a program at a column and goes on\nin the next line, which was "
        "broken too, at the same column, and it\ngoes on in a third one that was broken for the same reason and then\n"
        "ends.\n\nAnother paragraph ends here at once."
    )

    assert draft.body == "Another paragraph ends here at once."
    assert draft.lede.count("\n") == 0
    assert draft.notes.guessed[0] == Note("unwrapped", count=3)


def test_chinese_lines_are_joined_without_a_blank() -> None:
    line = "這是一行被程式在固定欄位斷開的文字內容並且還沒有結束就換行了然後"

    draft = read(f"標題在這裡\n\n{line}\n{line}\n{line}\n{line}結束。\n\n下一段。")

    assert draft.lede == f"{line * 4}結束。"


def test_what_is_made_like_an_earlier_top_heading_returns_to_the_top() -> None:
    draft = read(text("Shoes", SENTENCE, "Good and Bad", "Good Things", SENTENCE, "Time", SENTENCE))

    assert outline(draft) == [(2, "Shoes"), (2, "Good and Bad"), (3, "Good Things"), (2, "Time")]
