"""The labelled sets that lie beside the checkout, what is measured on each, and the rules that are turned off."""

from dataclasses import dataclass
from typing import Any, Final


@dataclass(frozen=True)
class Measured:
    """A set and how it is asked: `search` as a reader's query, `similar` as a question. `goal` 0 for none."""

    name: str
    mode: str
    goal: float = 0


SETS: Final = (
    Measured("paraphrase_zh", "search", 0.55),
    Measured("search_zh_toyhom", "search", 0.52),
    Measured("search_en_meqsum", "search", 0.86),
    Measured("search_en_icliniq", "search"),
    Measured("similar_en_rqe", "similar", 0.93),
    Measured("answer_zh_toyhom", "similar"),
    Measured("paraphrase_zh", "similar"),
)

ABLATIONS: Final[dict[str, tuple[str, dict[str, Any]]]] = {
    "stop words": ("both", {"stop_words": False}),
    "characters": ("both", {"characters": 0}),
    "concepts": ("both", {"concepts": 0, "title_concepts": 0}),
    "concepts of titles": ("similar", {"title_concepts": 0}),
    "coverage": ("search", {"coverage": 0}),
    "titles": ("search", {"titles": 0}),
    "shared title": ("similar", {"shared": 0}),
}
"""Each rule by the mode that it has a part in, and how it is turned off. No set has answers apart from questions."""


def without(mode: str) -> dict[str, dict[str, Any]]:
    """The rules of a mode, each with what turns it off."""
    return {name: off for name, (part, off) in ABLATIONS.items() if part in ("both", mode)}
