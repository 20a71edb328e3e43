import pytest

from text.manuscript import Note, read
from text.manuscript.write import escape
from text.markdown import render


def body(*lines: str) -> str:
    """The Markdown of a text in which these lines stand between two paragraphs."""
    return read("\n".join(["Before it stands a sentence.", "", "So does another.", "", *lines, "", "It ends."])).body


def listed(*lines: str) -> list[str]:
    """The lines of the lists that are made of these lines."""
    return body(*lines).removeprefix("So does another.\n\n").removesuffix("\n\nIt ends.").split("\n")


@pytest.mark.parametrize("mark", ["•", "‧", "●", "-", "–", "*", "·", "○"])
def test_every_bullet_becomes_one(mark: str) -> None:
    assert listed(f"{mark} apples", f"{mark} pears") == ["- apples", "- pears"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("1.", "2."),
        ("1)", "2)"),
        ("(1)", "(2)"),
        ("1、", "2、"),
        ("①", "②"),
        ("一、", "二、"),
        ("（一）", "（二）"),
        ("九、", "十、"),
    ],
)
def test_every_kind_of_number_becomes_one(first: str, second: str) -> None:
    start = 9 if first == "九、" else 1

    assert listed(f"{first} apples are sweet;", f"{second} pears are soft;") == [
        f"{start}. apples are sweet;",
        f"{start + 1}. pears are soft;",
    ]


def test_blank_lines_between_items_part_no_list() -> None:
    assert listed("• apples", "", "• pears") == ["- apples", "- pears"]


def test_a_list_that_begins_again_is_another_list() -> None:
    made = listed("1. apples", "2. pears", "1. plums", "2. figs")

    assert made == ["1. apples", "2. pears", "", "1) plums", "2) figs"]
    assert render("\n".join(made)).count("<ol>") == 2


def test_a_list_goes_on_with_its_number_after_a_paragraph() -> None:
    assert "\n\n3. figs" in body("1. apples", "2. pears", "", "A sentence between them.", "", "3. figs")


@pytest.mark.parametrize(
    "lines",
    [
        ["• fruit", "    • apples", "    • pears", "• bread"],
        ["1. fruit", "• apples", "• pears", "2. bread"],
        ["• Fruit:", "• apples", "• pears", "• Bread"],
    ],
    ids=["by indent", "by the mark", "by a colon and small letters"],
)
def test_what_belongs_to_an_item_is_set_below_it(lines: list[str]) -> None:
    made = listed(*lines)

    assert [len(line) - len(line.lstrip()) > 0 for line in made] == [False, True, True, False]
    html = render("\n".join(made))
    assert html.count("<li>") == 4
    assert "<li>apples</li>" in html


def test_items_nested_by_their_words_alone_are_a_guess() -> None:
    notes = read("It is so.\n\nIt is.\n\n• Fruit:\n• apples\n• pears").notes

    assert Note("nested", count=2) in notes.guessed


def test_a_colon_without_small_letters_nests_nothing() -> None:
    assert listed("• Fruit:", "• Apples", "• Pears") == ["- Fruit:", "- Apples", "- Pears"]


def test_a_line_that_is_indented_below_an_item_continues_it() -> None:
    assert listed("1. apples", "   from the north", "2. pears") == ["1. apples", "   from the north", "2. pears"]


def test_lead_ins_are_bold_where_every_item_has_one() -> None:
    assert listed("1. Rest: sleep long.", "2. Food: eat well.") == [
        "1. **Rest:** sleep long.",
        "2. **Food:** eat well.",
    ]
    assert listed("1. Rest: sleep long.", "2. Eat well.") == ["1. Rest: sleep long.", "2. Eat well."]
    assert listed("1、休息：睡飽。", "2、飲食：均衡。") == ["1. **休息：**睡飽。", "2. **飲食：**均衡。"]


@pytest.mark.parametrize(
    "words", ["It begins at 10:30 and ends.", "See https://www.example.org for more.", "A sentence. And more: words."]
)
def test_not_every_colon_ends_a_lead_in(words: str) -> None:
    assert not any(line.startswith("- **") for line in listed(f"• {words}", f"• {words}"))


@pytest.mark.parametrize(
    "line", ["3.5 mg are given each day.", "-5 degrees are cold.", "2024 was a year.", "—Ann said so."]
)
def test_a_number_or_a_dash_that_begins_a_sentence_is_no_mark(line: str) -> None:
    assert f"<p>{line}</p>" in render(body(line))


@pytest.mark.parametrize(
    "text",
    [
        *("*a* _b_ `c` ~~d~~", "[a](b) ![c](d) [e]: f", "# a", "> a", "+ a", "---", "===", "1. a", "| a |"),
        *("<b>a</b> &amp; &#65;", "a\\*b", "::: warning"),
    ],
)
def test_words_of_plain_text_are_shown_as_they_were_typed(text: str) -> None:
    shown = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

    assert render(escape(text)) == f"<p>{shown}</p>"


def test_a_list_below_an_item_may_begin_at_any_number() -> None:
    html = render("\n".join(listed("• fruit", "    2. apples", "    3. pears", "• bread")))

    assert '<ol start="2">' in html
    assert html.count("<ul>") == 1
