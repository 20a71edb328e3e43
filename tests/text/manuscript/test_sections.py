import pytest

from text.manuscript import LeftOver, Note, read
from text.manuscript.structure import Entry, Reference

TOP = "Walking Well\n\nThis is a sentence that ends.\n\nHere is another one.\n\n"


@pytest.mark.parametrize(
    "section",
    [
        "FAQ\n\n1. Does it hurt?\n2. Is it far?",
        "Frequently Asked Questions\n\n• Does it hurt?\n• Is it far?",
        "FAQs about walking\n\nDoes it hurt?\n\nIs it far?",
        "FAQ\n\nQ: Does it hurt?\n\nQ: Is it far?",
        "# FAQ\n\n## Does it hurt?\n\n## Is it far?",
        "## FAQ\n\n**Does it hurt?**\n\n**Is it far?**",
        "## FAQ\n\n1. Does it hurt?\n2. Is it far?",
    ],
)
def test_questions_without_answers_are_entries_all_the_same(section: str) -> None:
    draft = read(TOP + section)

    assert draft.entries == (Entry("Does it hurt?"), Entry("Is it far?"))
    assert [one.kind for one in draft.left_over] == ["section"]
    assert Note("faq_answers", count=2) in draft.notes.missing
    assert draft.body == "Here is another one."


@pytest.mark.parametrize(
    "section",
    [
        "FAQ\n\nQ: Does it hurt?\nA: It does not.\nQ: Is it far?\nA: Not very.",
        "FAQ\n\n1. Does it hurt?\nIt does not.\n2. Is it far?\nNot very.",
        "FAQ\n\nDoes it hurt?\n\nIt does not.\n\nIs it far?\n\nNot very.",
        "FAQ\n\n1. Does it hurt? It does not.\n2. Is it far? Not very.",
        "## FAQ\n\n### Does it hurt?\n\nIt does not.\n\n### Is it far?\n\nNot very.",
        "Q1. Does it hurt?\nA1. It does not.\nQ2. Is it far?\nA2. Not very.",
    ],
)
def test_answers_belong_to_their_questions(section: str) -> None:
    draft = read(TOP + section)

    assert draft.entries == (Entry("Does it hurt?", "It does not."), Entry("Is it far?", "Not very."))


def test_chinese_questions_and_answers_are_entries() -> None:
    draft = read("走路的好處\n\n這是一個句子。\n\n還有一句。\n\n常見問題\n\n問：會痛嗎？\n答：不會。\n問：遠嗎？")

    assert draft.entries == (Entry("會痛嗎？", "不會。"), Entry("遠嗎？"))


def test_an_answer_keeps_its_list_and_a_section_ends_at_the_next_heading() -> None:
    draft = read(TOP + "FAQ\n\nWhat do I need?\n\nNot much:\n\n• shoes\n• time\n\nThe End of It\n\nWalk on.")

    assert draft.entries == (Entry("What do I need?", "Not much:\n\n- shoes\n- time"),)
    assert draft.body == "Here is another one.\n\n## The End of It\n\nWalk on."


def test_words_before_the_first_question_stay_in_the_body_under_their_heading() -> None:
    draft = read(TOP + "FAQ\n\nReaders asked us this.\n\nIs it far?\n\nNot very.")

    assert draft.body == "Here is another one.\n\n## FAQ\n\nReaders asked us this."
    assert draft.left_over == ()


def test_a_section_without_questions_and_a_question_that_is_too_long_stay_in_the_body() -> None:
    plain = read(TOP + "FAQ\n\nWe have none.")
    long = read(TOP + "FAQ\n\n1. Is it " + "very " * 80 + "far?\n2. Is it?")

    assert (plain.entries, long.entries) == ((), ())
    assert "far?" in long.body


def test_headings_that_ask_are_no_faq() -> None:
    assert read(TOP + "Is it far?\n\nNot very.\n\nDoes it hurt?\n\nNo.").entries == ()


@pytest.mark.parametrize("heading", ["References", "Sources:", "參考資料"])
def test_references_have_rows_of_their_own(heading: str) -> None:
    draft = read(f"{TOP}{heading}\n\n1. A guide to walking, 2020.\n2. More: https://www.example.org/walk.")

    assert draft.references == (
        Reference("A guide to walking, 2020."),
        Reference("More: https://www.example.org/walk.", "https://www.example.org/walk"),
    )
    assert [one.text for one in draft.left_over] == [heading]
    assert "references" not in [note.code for note in draft.notes.missing]


def test_references_that_are_too_long_stay_in_the_body() -> None:
    draft = read(TOP + "References\n\n1. " + "word " * 80 + "\n2. Another.")

    assert draft.references == ()
    assert draft.body.startswith("Here is another one.\n\n## References\n\n1. word word")


def test_a_quotation_with_a_name_behind_it_is_set_apart() -> None:
    draft = read(
        TOP + 'They say so. "Walking is the best that you can do for yourself,". -Ann Example, M.D., Somewhere'
    )

    assert draft.body == (
        "Here is another one.\n\nThey say so.\n\n"
        "> Walking is the best that you can do for yourself.\n>\n> — Ann Example, M.D., Somewhere"
    )
    assert Note("quotation", "Ann Example, M.D., Somewhere") in draft.notes.guessed
    assert draft.notes.missing[-1] == Note("quotation_source", "Ann Example, M.D., Somewhere")


def test_a_name_on_the_line_below_a_quotation_belongs_to_it_and_a_source_is_enough() -> None:
    draft = read(TOP + "「每天走路是對身體最好的事情，不需要花任何一毛錢。」\n——範例醫師（範例雜誌，2024）")

    assert draft.body.endswith("> 每天走路是對身體最好的事情，不需要花任何一毛錢。\n>\n> — 範例醫師（範例雜誌，2024）")
    assert "quotation_source" not in [note.code for note in draft.notes.missing]


@pytest.mark.parametrize(
    ("paragraph", "who"),
    [
        ("“Walking is very good for you,” says Dr. Ann Example, a walker. “Go on.”", "Dr. Ann Example, a walker"),
        ("Ann Example said, “Walking is very good for you and me.”", "Ann Example"),
        ("範例醫師指出：「每天走路對身體有很大的好處，而且不需要花錢。」", "範例醫師"),
    ],
)
def test_what_somebody_says_inside_a_paragraph_stays_there_and_lacks_a_source(paragraph: str, who: str) -> None:
    draft = read(f"{TOP}{paragraph}\n\nThe end of it.")

    assert paragraph in draft.body
    assert draft.notes.missing[-1] == Note("quotation_source", who)


def test_a_definition_that_is_announced_is_set_apart() -> None:
    draft = read(TOP + "The house defines it in these terms:\n\nA movement of two legs over some ground.")

    assert draft.body.endswith("terms:\n\n> A movement of two legs over some ground.")
    assert [note.code for note in draft.notes.guessed][-1:] != ["set_apart"]
    assert Note("set_apart", "A movement of two legs over some ground.") in draft.notes.guessed


def test_markdown_stays_as_it_was_typed() -> None:
    body = (
        "## Why\n\nSee *this* [page](https://www.example.org/x).\n\n### How\n\n* one\n  * two\n\n1. a\n2. b\n\n"
        "| a | b |\n|---|---|\n| 1 | 2 |\n\n```\ncode\n```\n\n> Said.\n\n::: warning Mind\nThe step.\n:::\n\n"
        "[x]: https://www.example.org/y"
    )

    draft = read(f"# Walking Well\n\nThis is *a* lede.\n\n{body}")

    assert (draft.title, draft.lede, draft.body) == ("Walking Well", "This is a lede.", body)
    assert [note.code for note in draft.notes.guessed] == ["lede"]


def test_the_highest_heading_of_markdown_moves_to_the_top_level_and_steps_stay() -> None:
    assert read("# T\n\nIt is so.\n\n# One\n\n### Two\n\nIt ends.").body == "## One\n\n#### Two\n\nIt ends."


def test_fields_before_markdown_are_read_and_none_is_lost() -> None:
    draft = read(
        '---\ntitle: "Walking: well"\nauthor: Ann Example\nmood: calm\n---\n\nIt is so.\n\n## Why\n\nIt ends.'
    )

    assert (draft.title, draft.author, draft.body) == ("Walking: well", "Ann Example", "## Why\n\nIt ends.")
    assert draft.left_over[2] == LeftOver("label", "mood: calm", 4)


def test_a_list_below_a_listed_question_is_its_answer() -> None:
    draft = read(TOP + "FAQ\n\n1. What do I need?\n    • shoes\n    • time\n2. Is it far?")

    assert draft.entries == (Entry("What do I need?", "- shoes\n- time"), Entry("Is it far?"))
