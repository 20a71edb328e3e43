"""The QR code of a ticket's address."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faq.qr import QUIET, qr_code


@pytest.mark.parametrize("text", ["https://wenyi.example/en/ticket/0123456789abcdefghjkmnpqrstvwxyz/", "問醫"])
def test_a_code_has_its_three_corners_and_its_margin(text: str) -> None:
    code = qr_code(text)

    dark = {(int(x), int(y)) for x, y in re.findall(r"M(\d+) (\d+)h1v1h-1z", code.path)}
    last = code.size - 1 - QUIET
    corner = {(x, y) for x in range(7) for y in range(7) if {x, y} & {0, 6} or (2 <= x <= 4 and 2 <= y <= 4)}
    places = [(QUIET, QUIET), (last - 6, QUIET), (QUIET, last - 6)]
    assert [{(x + left, y + top) for x, y in corner} <= dark for left, top in places] == [True] * 3
    assert {QUIET <= x <= last and QUIET <= y <= last for x, y in dark} == {True}


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=300))
@settings(deadline=None)
def test_every_address_has_a_code(text: str) -> None:
    assert qr_code(text).size >= 21 + 2 * QUIET
