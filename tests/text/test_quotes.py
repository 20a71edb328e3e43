"""Quotations with name, post and source."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from text.markdown import render, to_plain

LINK = '<a href="/x">Skin</a>'


@pytest.mark.parametrize(
    ("source", "footer"),
    [
        ("> a\n>\n> — Lin, dermatologist, [Skin](/x)", f"— Lin, dermatologist, <cite>{LINK}</cite>"),
        ("> a\n>\n> -- Lin, *Skin and sun*", "— Lin, <cite>Skin and sun</cite>"),
        ("> a\n> ——林美華，皮膚科醫師，《皮膚學》", "——林美華，皮膚科醫師，<cite>《皮膚學》</cite>"),
        ("> a\n> — **Lin**", "— <strong>Lin</strong>"),
        ("> a\n>\n> — Lin\n> dermatologist", "— Lin<br>\ndermatologist"),
        ("> a\n>\n> — Lin, *[Skin](/x)*", f"— Lin, <cite><cite>{LINK}</cite></cite>"),
    ],
)
def test_the_last_line_of_a_quotation_says_whose_it_is(source: str, footer: str) -> None:
    assert render(source) == f"<blockquote>\n<p>a</p>\n<footer>{footer}</footer>\n</blockquote>"


@pytest.mark.parametrize(
    "source", ["> a\n> - b", "> — a", "— a", "> a — b", "> a\n> *b\n> — c*", "> a\n>\n> b - c", "> a\n\n— b"]
)
def test_other_lines_are_part_of_the_quotation(source: str) -> None:
    assert "<footer>" not in render(source)


def test_a_quotation_within_another_has_its_own_footer() -> None:
    html = render("> a\n>\n> > b\n> > — B\n>\n> — A")

    assert html == (
        "<blockquote>\n<p>a</p>\n<blockquote>\n<p>b</p>\n<footer>— B</footer>\n</blockquote>\n"
        "<footer>— A</footer>\n</blockquote>"
    )


def test_the_plain_words_keep_the_footer() -> None:
    assert to_plain("> a\n> -- Lin, *Skin*\n\nb").split("\n\n") == ["a", "— Lin, Skin", "b"]


@given(
    st.lists(
        st.sampled_from(["> w1", "> — w2", "> -- *w3", "> ——《w4》", ">", "", "> > — w5", "> [w6](/x)*", "> - w7"])
    )
)
def test_no_word_is_lost_in_quotations(lines: list[str]) -> None:
    html = render("\n".join(lines))

    assert [html.count(f"w{number}") for number in range(1, 8)] == [
        sum(line.count(f"w{number}") for line in lines) for number in range(1, 8)
    ]
