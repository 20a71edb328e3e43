"""Care cards, callouts, lists of what to do and not to do, and details as HTML."""

import re

import pytest

from text import blocks
from text.markdown import render, to_plain


def block(classes: str, title: str, body: str, rank: int = 3) -> str:
    heading = f'<h{rank} class="block__title">{title}</h{rank}>'
    return f'<div class="{classes}">\n{heading}\n<div class="block__body">\n{body}\n</div>\n</div>'


def label(words: str) -> str:
    return f'<span class="block__label">{words}</span>'


@pytest.mark.parametrize(
    ("kind", "language", "words"),
    [
        ("non-urgent", "en", "Non-urgent advice: "),
        ("urgent", "en", "Urgent advice: "),
        ("emergency", "en", "Immediate action required: "),
        ("non-urgent", "zh-hant", "非緊急建議："),
        ("urgent", "zh", "緊急建議："),
        ("emergency", "zh-Hant-TW", "需要立即處理："),
    ],
)
def test_a_care_card_says_in_words_how_urgent_it_is(kind: str, language: str, words: str) -> None:
    html = render(f"::: care {kind} *Call*\n119\n:::", language=language)

    assert html == block(f"care care--{kind}", label(words) + "<em>Call</em>", "<p>119</p>")


def test_a_block_without_a_title_has_a_heading_all_the_same() -> None:
    assert render("::: care urgent\na\n:::") == block("care care--urgent", label("Urgent advice"), "<p>a</p>")
    assert render("::: warning\na\n:::") == block("callout", label("Important"), "<p>a</p>")
    assert render("::: do\na\n:::", language="zh-hant") == block("dos", label("應該這樣做"), "<p>a</p>")


def test_a_label_is_not_said_twice() -> None:
    assert render("::: warning Important: wait\na\n:::") == block("callout", "Important: wait", "<p>a</p>")
    assert render("::: do Doctors agree\na\n:::") == block("dos", label("Do: ") + "Doctors agree", "<p>a</p>")


def test_details_are_a_native_element_with_a_summary() -> None:
    body = '<div class="block__body">\n<p>a</p>\n</div>\n</details>'

    assert render("::: details How *long*?\na\n:::") == (
        f'<details class="details">\n<summary>How <em>long</em>?</summary>\n{body}'
    )
    assert render("::: details\na\n:::", language="zh").startswith(
        '<details class="details">\n<summary><span class="block__label">詳細內容</span></summary>'
    )


def test_what_not_to_do_says_so_in_each_item() -> None:
    html = render("::: dont\n- scratch\n  - or rub\n- *Never* drive\n- Stop your tablets\n- avoid sun\n:::")

    assert re.findall(r"<li>([^\n]*?)(?:</li>)?\n", html) == [
        '<strong class="dos__not">Don\'t: </strong>scratch',
        "or rub",
        "<em>Never</em> drive",
        '<strong class="dos__not">Don\'t: </strong>Stop your tablets',
        "avoid sun",
    ]


def test_what_not_to_do_says_so_in_chinese() -> None:
    html = render("::: dont\n- 自行停藥\n- 請勿搔抓\n- 不要開車\n:::")

    assert re.findall(r"<li>(.*)</li>", html) == [
        '<strong class="dos__not">不要：</strong>自行停藥',
        "請勿搔抓",
        "不要開車",
    ]


def test_a_list_of_what_to_do_has_no_such_words() -> None:
    assert re.findall(r"<li>(.*)</li>", render("::: do\n- rest\n:::")) == ["rest"]


def test_the_fixed_words_follow_the_text_where_no_language_is_named() -> None:
    assert "緊急建議" in render("::: care urgent 發燒 SLE\n:::")
    assert "Urgent advice" in render("::: care urgent See 醫師 today\n:::")


def test_the_plain_words_keep_what_a_block_says() -> None:
    source = "::: dont\n- Stop your tablets\n:::\n::: care urgent Call 119\nnow\n:::"

    assert to_plain(source).split("\n\n") == ["Don't", "Don't: Stop your tablets", "Urgent advice: Call 119", "now"]


def test_nobody_can_type_the_elements_of_a_block() -> None:
    html = render('<div class="care care--urgent" role="region">x</div>')

    assert html == '<p>&lt;div class="care care--urgent" role="region"&gt;x&lt;/div&gt;</p>'


def test_every_class_of_a_block_passes_the_cleaner() -> None:
    source = "".join(f"::: {kind} t\n- a\n:::\n" for kind in ("care urgent", "warning", "do", "dont", "details"))

    classes = set(re.findall(r'class="([^"]*)"', render(source)))

    assert classes == {"care care--urgent", "callout", "dos", "dos dos--dont", "details"} | {
        *("block__title", "block__label", "block__body", "dos__not")
    }


def test_both_languages_have_the_same_words() -> None:
    assert blocks.WORDS["en"].keys() == blocks.WORDS["zh"].keys()
