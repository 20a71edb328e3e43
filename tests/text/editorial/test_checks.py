"""What the checks of a text find, each beside what they pass."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from text.editorial.checks import CODES, LONG_CHARACTERS, LONG_WORDS, MOST, check
from text.editorial.passages import contacts, inside_links, pictures
from text.editorial.reading import reading_level
from text.editorial.remarks import Remark
from text.markdown import LIMIT

WORDS = "Ultraviolet light can bring on a flare of lupus in people who have had none for a long time"
ZH = "紫外線可能讓紅斑性狼瘡的病情在穩定多年之後再度發作，外出時請記得遮陽並擦防曬乳"


def found(source: str) -> list[tuple[str, str, int]]:
    return [(said.code, said.excerpt, said.where) for said in check(source)]


def test_a_sound_text_has_no_remarks() -> None:
    text = (
        "## Sun {#sun}\n\nSee [sun and skin](/en/articles/1/) and [Hats](#hats).\n\n### Hats\n\n"
        "::: care urgent See a doctor if:\n- you have a fever\n:::\n\n"
        "> Wear a hat.\n>\n> — Lin, dermatologist, [Skin](https://www.example.org/skin)\n\n"
        "::: picture 12\n:::\n\nMore at the [Demo Society of Skin](https://example.org) and https://example.com/x."
    )

    assert check(text) == []


@pytest.mark.parametrize(
    ("source", "remarks"),
    [
        ("## A\n\n#### B\n\n### C\n\n## D", [("heading_skipped", "B", 3)]),
        ("### A\n\n## B\n\n####", [("heading_skipped", "", 5), ("heading_empty", "", 5)]),
    ],
)
def test_headings_that_skip_a_level_or_say_nothing(source: str, remarks: list[tuple[str, str, int]]) -> None:
    assert found(source) == remarks


@pytest.mark.parametrize(
    "words", ["here", "Click here!", "**Here**", "這裡", "點我", "【請點這裡】", "更多…", "ｈｅｒｅ"]
)
def test_a_link_whose_words_say_nothing(words: str) -> None:
    assert [said.code for said in check(f"a\nb [{words}](/x)")] == ["link_vague"]
    assert check(f"a\nb [{words}](/x)")[0].where == 2


@pytest.mark.parametrize(
    ("words", "is_keyword"),
    [
        ("stem cell therapy", True),
        ("幹細胞療法", True),
        ("World Health Organization", False),
        ("衛生福利部", False),
        ("臺大醫院", False),
        ("what the trial of 2019 found in adults", False),
        ("www.example.org", False),
        ("https://example.org", False),
    ],
)
def test_a_link_to_another_site_whose_words_are_a_keyword(words: str, *, is_keyword: bool) -> None:
    assert [said.code for said in check(f"[{words}](https://a.example)")] == ["link_keyword"] * is_keyword
    assert check(f"[{words}](/en/)") == []


def test_many_links_to_one_outside_site() -> None:
    source = "\n\n".join(f"[The Demo Report of {year}](https://www.a.example/{year})" for year in range(2001, 2005))

    assert found(source) == [("links_many", "a.example", 7)]
    assert check(source.rpartition("\n\n")[0]) == []


def test_a_link_to_a_part_that_the_text_does_not_have() -> None:
    assert found("[a b](#sun) [c d](#rain) [e f](#part-防曬)\n\n## Sun\n\n## 防曬") == [("anchor_unknown", "#rain", 1)]


@pytest.mark.parametrize("words", [f"{WORDS}.", f"{ZH}。"])
def test_a_paragraph_that_is_there_again_with_a_word_changed(words: str) -> None:
    again = words.replace("a long", "a very long").replace("穩定", "平穩")

    assert [(said.code, said.where) for said in check(f"{words}\n\nBetween.\n\n- {again}")] == [
        ("paragraph_repeated", 5)
    ]


def test_a_sentence_that_is_there_again_in_another_paragraph() -> None:
    one, other = "Rain helps.", "Many people ask about holidays by the sea, and rightly so, every year in May."
    source = f"{one} {WORDS}.\n\n{other} {WORDS}. Take care out there."

    assert [(said.code, said.where) for said in check(source)] == [("sentence_repeated", 3)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lupus is a chronic disease.", "Lupus is an illness of the immune system."),
        ("紅斑性狼瘡是一種慢性病。", "所謂紅斑性狼瘡（SLE）是指免疫系統的疾病。"),
    ],
)
def test_a_thing_that_is_defined_again(one: str, other: str) -> None:
    assert [(said.code, said.where) for said in check(f"{one}\n\n{other}")] == [("definition_repeated", 3)]


@pytest.mark.parametrize(
    "source", ["What is a flare?\n\nWhat is the flare?", "It is a day.\n\nIt is a night.", "是的。\n\n是的。"]
)
def test_what_is_no_repetition(source: str) -> None:
    assert check(source) == []


@pytest.mark.parametrize(
    ("source", "codes"),
    [
        ("> a", ["quotation_unsigned"]),
        ("> a\n> — Lin", ["quotation_unsourced"]),
        ("> a\n> — Lin, *Skin*", []),
        ("> 話\n> ——林，《皮膚》", []),
        ("> 話\n> ——林，[防曬指引](https://a.example)", []),
        (f"“{WORDS},” says Dr. Lin.", ["quotation_unsourced"]),
        (f"林醫師說：「{ZH}。」", ["quotation_unsourced"]),
        (f"“{WORDS},” says Dr. Lin in [Skin and Sun](https://a.example).", []),
        ("The so-called “butterfly” rash.", []),
    ],
)
def test_quotations_without_name_or_source(source: str, codes: list[str]) -> None:
    assert [said.code for said in check(source)] == codes


@pytest.mark.parametrize(
    ("source", "remarks"),
    [
        ("a\n\n::: warning Wait\n:::", [("block_empty", "Wait", 3)]),
        ("::: do\n***\n:::", []),
        ("::: details\n::: picture 1\n:::\n:::", []),
        ("::: picture\n:::", [("block_nameless", "picture", 1)]),
        ("::: warning\na", [("block_unclosed", "warning", 1)]),
        ("::: foo\na\n:::", [("block_unknown", "::: foo", 1), ("block_unknown", ":::", 3)]),
        ("::: care Call 119\na", [("block_unknown", "::: care Call 119", 1)]),
    ],
)
def test_blocks_that_are_empty_open_or_unknown(source: str, remarks: list[tuple[str, str, int]]) -> None:
    assert found(source) == remarks


@pytest.mark.parametrize(("word", "most"), [("w{} ", LONG_WORDS), ("曬", LONG_CHARACTERS)])
def test_a_very_long_paragraph(word: str, most: int) -> None:
    long = "".join(word.format(number) for number in range(most + 1))

    assert [said.code for said in check(long)] == ["paragraph_long"]
    assert check(long[: -len(word)].rpartition(" ")[0] or long[:-1]) == []


def test_a_text_that_costs_too_much_has_one_remark() -> None:
    assert check("a" * (LIMIT + 1)) == [Remark("text_too_long", "a" * 79 + "…", 1)]
    assert (inside_links("a" * (LIMIT + 1)), pictures("![" * 20_000)) == ([], [])


def test_no_more_remarks_are_given_than_somebody_reads() -> None:
    assert [said.where for said in check("[here](/x)\n\n" * (MOST + 5))] == [2 * place + 1 for place in range(MOST)]


def test_what_a_text_uses_is_listed_once_in_its_order() -> None:
    source = (
        "::: picture 9\n:::\n::: details\n::: picture 3\n:::\n:::\n::: picture 9\n:::\n::: contact night-line\n:::\n"
        "[a](/en/x/) [b](//a.example) [c](https://b.example/) [d](#e)\n[f *g*](/en/y/?q=1)"
    )

    assert (pictures(source), contacts(source)) == (["9", "3"], ["night-line"])
    assert [(link.href, link.words, link.where) for link in inside_links(source)] == [
        ("/en/x/", "a", 11),
        ("/en/y/?q=1", "f g", 12),
    ]


PIECES = st.lists(
    st.sampled_from(
        [
            "# ",
            "### ",
            "> ",
            "— ",
            "- ",
            "1. ",
            "::: care urgent ",
            "::: foo",
            ":::",
            "\n",
            "\n\n",
            "[here](/x)",
            "](",
            "[",
        ]
        + [
            "https://a.example ",
            "|a|\n|-|\n",
            "“",
            "」",
            "《",
            f"{WORDS}. ",
            f"{ZH}。",
            "{#a}",
            "*",
            "```\n",
            "***\n",
            "是一種",
            " is a ",
        ]
    )
).map("".join)


@given(st.text(st.characters(codec=None)) | PIECES)
def test_anything_can_be_checked(source: str) -> None:
    remarks = check(source)

    assert {said.code for said in remarks} <= set(CODES)
    assert all(said.where > 0 and len(said.excerpt) <= 80 for said in remarks)
    assert reading_level(source) is None or reading_level(source) == reading_level(source)


@pytest.mark.parametrize(
    "piece",
    [
        "[here](/x) ",
        "[a](#b) ",
        "# a\n",
        "> a\n> — b\n\n",
        f"{WORDS}. ",
        f"{WORDS}.\n\n",
        f"{ZH}。",
        "a. ",
        "。",
        "” ",
        "“",
        "「",
    ]
    + [
        "A is a ",
        "甲是一種",
        "::: do\n",
        ":::\n\n",
        ":",
        " ",
        "\n",
        "《",
        ".",
        '."',
        "Dr. A",
        "https://a.tw ",
        "a'",
        "a-",
        "(",
        "（",
        "x",
    ],
)
def test_what_is_made_to_be_slow_is_not(piece: str) -> None:
    source = (piece * LIMIT)[:LIMIT]
    started = time.process_time()

    check(source)
    reading_level(source)

    # A second and a half on an idle core, most of it in the parser.
    assert time.process_time() - started < 4
