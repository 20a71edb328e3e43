"""The ranks of headings."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from text.markdown import render


def ranks(html: str) -> list[int]:
    return [int(rank) for rank in re.findall(r"<h([1-6])", html)]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("# a\n### b\n## c\n#### d", [3, 4, 4, 5]),
        ("### a\n# b\n## c", [3, 3, 4]),
        ("::: warning\na\n:::\n## b", [3, 3]),
        ("## a\n::: warning\n#### b\n###### c\n##### d\n:::\n### e", [3, 4, 5, 6, 6, 4]),
        ("## a\n::: details x\n### b\n:::\n#### c", [3, 4, 5]),
        ("# a\n## b\n### c\n#### d\n::: warning\n## e\n:::", [3, 4, 5, 6, 6, 6]),
        ("## a\n::: warning\n::: do\n:::\n:::\n::: dont\n:::", [3, 4, 5, 4]),
    ],
)
def test_headings_and_titles_of_blocks_stand_one_below_the_other(source: str, expected: list[int]) -> None:
    assert ranks(render(source)) == expected


LINES = st.sampled_from(
    [
        "# a",
        "## a",
        "### a",
        "#### a",
        "###### a",
        "::: warning",
        "::: care urgent",
        "::: details",
        ":::",
        "> # b",
        "a",
    ]
)


@given(st.lists(LINES), st.integers(1, 6))
def test_no_rank_is_skipped_whatever_was_typed(lines: list[str], first: int) -> None:
    found = ranks(render("\n".join(lines), heading=first))

    assert all(rank <= before + 1 for before, rank in zip([first - 1, *found], found, strict=False))
    assert all(rank >= first for rank in found)
