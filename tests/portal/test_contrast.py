"""The colours of both themes, reckoned from the stylesheet: words on every paper that they stand on.

The ratio and what it has to be: WCAG 2.2, 1.4.3 and 1.4.6 (text), 1.4.11 (frames of what one types into).
"""

import re
from typing import Final

import pytest
from django.conf import settings

PAPERS: Final = ("paper", "surface", "surface-soft")
SEVEN: Final = [("ink", paper) for paper in PAPERS] + [
    ("info-ink", "info-paper"),
    ("danger-ink", "danger-paper"),
    ("good-ink", "good-paper"),
    ("warning-ink", "warning-paper"),
    ("foot-ink", "foot-paper"),
    ("ink", "mark-paper"),
]
"""Text of which there is much: seven to one."""
FOUR_AND_A_HALF: Final = [
    (ink, paper) for ink in ("ink-soft", "link", "brand", "seal", "danger-ink") for paper in PAPERS
] + [("brand-ink", "brand"), ("brand-ink", "brand-deep"), ("seal-ink", "seal-paper"), ("link", "mark-paper")]
"""All other text."""
THREE: Final = [(line, paper) for line in ("line-strong", "focus", "warning-line") for paper in ("paper", "surface")]
"""Frames of boxes, and the ring round what has the focus."""


def _tokens(dark: bool) -> dict[str, str]:
    text = (settings.BASE_DIR / "static" / "css" / "site.css").read_text()
    light, _, rest = text.partition("@media (prefers-color-scheme: dark)")
    block = rest[: rest.index("\n}\n")]
    found = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", light))
    return {**found, **dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", block))} if dark else found


def _light(colour: str) -> float:
    """Relative luminance of "#rrggbb", 0 for black to 1 for white."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The ratio of two colours, 1 for the same to 21 for black and white."""
    low, high = sorted([_light(one), _light(other)])
    return (high + 0.05) / (low + 0.05)


def test_black_and_white_are_as_far_apart_as_can_be() -> None:
    assert round(contrast("#000000", "#ffffff"), 2) == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(("pairs", "least"), [(SEVEN, 7), (FOUR_AND_A_HALF, 4.5), (THREE, 3)])
def test_words_stand_out_from_their_paper(pairs: list[tuple[str, str]], least: float, dark: bool) -> None:
    tokens = _tokens(dark)

    ratios = {f"{ink} on {paper}": round(contrast(tokens[ink], tokens[paper]), 2) for ink, paper in pairs}

    assert {pair: ratio for pair, ratio in ratios.items() if ratio < least} == {}
