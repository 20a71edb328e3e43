import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.text.test_plain import Reader
from text.markdown import LIMIT, render, to_plain

ELEMENTS = {"p", "br", "hr", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol", "li", "pre", "code"} | {
    *("em", "strong", "s", "a", "table", "thead", "tbody", "tr", "th", "td"),
    *("div", "span", "details", "summary", "footer", "cite"),
}
OUTSIDE = 'rel="nofollow noopener"'


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("**注意:**請停藥", "<strong>注意:</strong>請停藥"),
        ("請**「停藥」**。", "請<strong>「停藥」</strong>。"),
        ("他說**「好。」**然後", "他說<strong>「好。」</strong>然後"),
        ("*重點：*請看", "<em>重點：</em>請看"),
        ("~~停藥。~~請續服", "<s>停藥。</s>請續服"),
        ("每日 2 * 3 錠", "每日 2 * 3 錠"),
        ("**Note:**stop", "**Note:**stop"),
        ("檔名_甲_乙", "檔名_甲_乙"),
    ],
)
def test_emphasis_works_beside_chinese(source: str, html: str) -> None:
    assert render(source) == f"<p>{html}</p>"


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("https://a.example查詢", f'<a href="https://a.example" {OUTSIDE}>https://a.example</a>查詢'),
        ("（https://a.example/x）", f'（<a href="https://a.example/x" {OUTSIDE}>https://a.example/x</a>）'),
        ("請見www.example.com。", f'請見<a href="http://www.example.com" {OUTSIDE}>www.example.com</a>。'),
        ("寫信到a@b.org詢問", '寫信到<a href="mailto:a@b.org">a@b.org</a>詢問'),
        ("[x](/en/about/)", '<a href="/en/about/">x</a>'),
        ("[x](//a.example)", f'<a href="//a.example" {OUTSIDE}>x</a>'),
        ("[x](https://a.example 'T')", f'<a href="https://a.example" title="T" {OUTSIDE}>x</a>'),
        ("[119](tel:119)", '<a href="tel:119">119</a>'),
        ("![x](https://a.example/x.png)", f'!<a href="https://a.example/x.png" {OUTSIDE}>x</a>'),
        ("[x](javascript:alert(1))", "[x](javascript:alert(1))"),
        ("[x](data:text/html;base64,QQ==)", "[x](data:text/html;base64,QQ==)"),
        ("[x](http://[a)", f"<a {OUTSIDE}>x</a>"),
        ("[x](ftp://a.example)", "<a>x</a>"),
        ("<b onclick=x>hi</b>", "&lt;b onclick=x&gt;hi&lt;/b&gt;"),
    ],
)
def test_links_lead_only_where_they_may(source: str, html: str) -> None:
    assert render(source) == f"<p>{html}</p>"


def test_headings_begin_at_the_third_level_and_none_is_skipped() -> None:
    assert render("# A\n\n### B\n\n###### C") == "<h3>A</h3>\n<h4>B</h4>\n<h5>C</h5>"
    assert render("## A", heading=2) == "<h2>A</h2>"
    assert render("# A\n## B\n### C\n#### D\n##### E\n###### F", heading=5).count("<h6>") == 5


def test_a_table_keeps_its_alignment_without_a_style() -> None:
    html = render("|a|b|\n|:-|-:|\n|1|2|")

    assert '<th class="align-left">a</th>\n<th class="align-right">b</th>' in html
    assert "style" not in html


def test_line_breaks_are_kept() -> None:
    assert render("one\ntwo\n\nthree") == "<p>one<br>\ntwo</p>\n<p>three</p>"


def test_the_words_of_a_text_come_without_its_marks() -> None:
    blocks = [
        "# 標題",
        "**注意:**請[停藥](/x) `b`\n下一行",
        "|a|b|\n|-|-|\n|1|2|",
        "- x\n- y\n  1. z",
        "> q &amp; a",
        "```\nc\n```",
    ]

    words = to_plain("\n\n".join(blocks))

    assert words.split("\n\n") == ["標題", "注意:請停藥 b\n下一行", "a b\n1 2", "x\ny\nz", "q & a", "c"]


@given(st.text(st.sampled_from("*_~[]()!`\\<>&#-+.:/|\"' \n\ta1注意：。\u3000")))
def test_only_allowed_elements_come_out_of_anything(source: str) -> None:
    assert Reader(render(source)).tags <= ELEMENTS


@given(st.text(st.characters(codec=None)))
def test_any_text_renders(source: str) -> None:
    assert isinstance(render(source) + to_plain(source), str)


@pytest.mark.parametrize(
    "piece",
    [
        "![",
        "[",
        "[]",
        "[a](",
        "[a](b",
        "*a **a ",
        "_a_",
        "`a``",
        "<a href=",
        "<!--",
        "> > > a\n",
        "- a\n",
        "&amp;",
        "~~a",
        "http://",
        "https://a.tw ",
        "a@b.com ",
        "www.",
        "**注意:**請",
        "a\n=\n",
        "# a\n",
        "[a]: /u\n",
        "(",
        "\\",
        "中www.a.com",
        "::: details\n",
        "::: care urgent a\nb\n:::\n",
        "::: foo\n",
        ":::\n",
        ":",
        "- ::: do\n",
        "> ::: dont\n",
        "::: picture 1\n:::\n",
        "> a\n> — b\n\n",
        "> — 《",
        "|a|\n|-|\n\n",
        "# a {#b}\n",
        "# {#\n",
        "# b\n[a](#b)\n",
    ],
)
def test_what_is_made_to_be_slow_is_not(piece: str) -> None:
    source = (piece * LIMIT)[:LIMIT]
    started = time.process_time()

    render(source)

    # Less than a second on an idle core.
    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    "source", ["![" * 20_000, "a" * (LIMIT + 1), "|a" * 300 + "|\n" + "|-" * 300 + "|\n" + "|a|\n" * 15_000]
)
def test_what_is_too_much_is_shown_as_plain_text(source: str) -> None:
    assert Reader(render(source)).tags <= {"p", "br"}
    assert to_plain(source) == source.strip()
