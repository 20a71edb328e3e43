import datetime

import pytest

from text.manuscript import LeftOver, Manuscript, Note, read

SENTENCE = "This is a sentence that says something and ends."
MORE = "Here is another one, and it ends too."


def codes(notes: list[Note]) -> list[str]:
    return [note.code for note in notes]


def left(draft: Manuscript) -> list[tuple[str, str]]:
    return [(one.kind, one.text) for one in draft.left_over]


def test_the_first_line_is_the_title_and_that_is_said() -> None:
    draft = read(f"Walking Well\n\n{SENTENCE}\n\n{MORE}")

    assert (draft.title, draft.lede, draft.body) == ("Walking Well", SENTENCE, MORE)
    assert codes(draft.notes.guessed) == ["title_first_line", "lede"]
    assert codes(draft.notes.missing) == ["author", "date", "source", "references"]


def test_a_text_without_a_title_gets_one_proposed_and_lacks_one() -> None:
    draft = read(f"{SENTENCE}\n\n{MORE}")

    assert draft.title == SENTENCE
    assert (codes(draft.notes.guessed)[0], codes(draft.notes.missing)[0]) == ("title_proposed", "title")


def test_the_phrase_that_a_text_repeats_is_proposed() -> None:
    draft = read("Care of dry skin is easy.\n\nMany ask about care of dry skin today.\n\nGood care of dry skin helps.")

    assert draft.title == "Care of dry skin"


def test_chinese_without_a_title_gets_its_first_clause() -> None:
    assert read("多走路對身體有好處，也不用花錢。\n\n每天走半小時就夠了。").title == "多走路對身體有好處"


def test_a_text_of_nothing_has_nothing() -> None:
    draft = read(" \n\n\t")

    assert (draft.title, draft.lede, draft.body, draft.blocks, draft.left_over) == ("", "", "", (), ())


@pytest.mark.parametrize(
    ("line", "author", "day"),
    [
        ("By the demo editors", "the demo editors", None),
        ("By Ann Example", "Ann Example", None),
        ("Author: Ann Example, RN", "Ann Example, RN", None),
        ("By Ann Example | May 1, 2024", "Ann Example", datetime.date(2024, 5, 1)),
        ("Published: 2024-05-01", "", datetime.date(2024, 5, 1)),
        ("1 May 2024", "", datetime.date(2024, 5, 1)),
        ("作者：範例醫師", "範例醫師", None),
        ("文／範例編輯　　日期：113年5月1日", "範例編輯", datetime.date(2024, 5, 1)),
        ("發布日期：2024/5/1", "", datetime.date(2024, 5, 1)),
    ],
)
def test_lines_about_the_text_are_taken_and_kept(line: str, author: str, day: datetime.date | None) -> None:
    draft = read(f"Walking Well\n{line}\n\n{SENTENCE}\n\n{MORE}")

    assert (draft.author, draft.dated_on, draft.lede) == (author, day, SENTENCE)
    assert left(draft) == [("label", line)]


@pytest.mark.parametrize(
    "line", ["By the sea people walk more.", "By Monday it is over:", "01/05/2024", "Date of birth"]
)
def test_a_line_that_only_resembles_one_stays_in_the_text(line: str) -> None:
    draft = read(f"Walking Well\n\n{SENTENCE}\n\n{line}\n\n{MORE}")

    assert (draft.author, draft.dated_on, draft.left_over) == ("", None, ())
    assert line in draft.body


def test_a_source_becomes_a_reference() -> None:
    draft = read(f"Walking Well\n\n{SENTENCE}\n\n{MORE}\n\nSource: A Journal of Walking")

    assert [reference.title for reference in draft.references] == ["A Journal of Walking"]
    assert codes(draft.notes.missing) == ["author", "date"]


def test_the_name_of_a_site_above_the_title_is_left_over() -> None:
    named = read(f"Walk Site - all about walking\n\nWalking Well\n\n{SENTENCE}\n\n{MORE}")
    owned = read(f"Walkers\n\nWalking Well\n\n{SENTENCE}\n\n{MORE}\n\n© 2024 Walkers")
    chinese = read("走路健康網\n走路的好處\n每天走路對身體有好處。\n不用花錢。")

    assert (named.title, left(named)[0]) == ("Walking Well", ("masthead", "Walk Site - all about walking"))
    assert (owned.title, left(owned)[0]) == ("Walking Well", ("masthead", "Walkers"))
    assert (chinese.title, left(chinese)) == ("走路的好處", [("masthead", "走路健康網")])


def test_a_title_with_a_dash_above_a_heading_stays_the_title() -> None:
    assert read(f"Walking - how to begin\n\nThe First Day\n\n{SENTENCE}\n\n{MORE}").title == "Walking - how to begin"


def test_a_long_first_paragraph_is_no_lede_unless_a_heading_follows() -> None:
    long = " ".join([SENTENCE] * 12)

    assert read(f"Walking Well\n\n{long}\n\n{MORE}").lede == ""
    assert read(f"Walking Well\n\n{long}\n\nThe First Day\n\n{MORE}").lede == long


def test_a_lede_that_is_printed_twice_is_kept_once_and_left_over_once() -> None:
    draft = read(f"Walking Well\n\n{SENTENCE}\n\n{SENTENCE}\n\n{MORE}")

    assert (draft.lede, draft.body) == (SENTENCE, MORE)
    assert draft.left_over == (LeftOver("repeated", SENTENCE, 5),)


def test_a_paragraph_that_goes_on_from_the_lede_stays_whole_and_is_pointed_out() -> None:
    draft = read(f"Walking Well\n\n{SENTENCE}\n\n{SENTENCE} {MORE}")

    assert draft.body == f"{SENTENCE} {MORE}"
    assert codes(draft.notes.noticed) == ["lede_repeated"]


def test_repeated_paragraphs_and_definitions_are_pointed_out() -> None:
    one = "A walk is a slow movement of two legs over some ground that lasts for a while and is good for you."
    draft = read(f"Walking Well\n\n{SENTENCE}\n\n{one}\n\n{MORE}\n\n{one[:-1]} and others.")

    assert [(note.code, note.count) for note in draft.notes.noticed] == [
        ("paragraph_repeated", 0),
        ("definition_repeated", 2),
    ]


@pytest.mark.parametrize(
    ("text", "language", "is_sure"),
    [
        ("The skin is the largest organ of the body.", "en", True),
        ("皮膚是人體最大的器官，會保護我們。", "zh-hant", True),
        ("皮肤是人体最大的器官，会保护我们。", "zh-hans", True),
        ("使用 methotrexate 時請依照 SLE 的指示。", "zh-hant", True),
        ("Die Haut ist das größte Organ des Körpers.", "en", False),
        ("人口中大小", "zh-hant", False),
    ],
)
def test_the_language_is_told_by_the_characters(text: str, language: str, is_sure: bool) -> None:
    draft = read(f"{text}\n{text}")

    assert draft.language == language
    assert ("language" not in codes(draft.notes.guessed)) == is_sure
