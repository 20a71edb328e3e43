"""How good an order is: nDCG@10 of each query, its mean, and how far the mean may be chance. Pure functions."""

import json
import math
import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

CUT: Final = 10
DRAWS: Final = 1000


@dataclass(frozen=True)
class Labelled:
    """A retrieval set: its folder, its queries (id, text), and the gain of each document that fits a query."""

    folder: Path
    queries: tuple[tuple[str, str], ...]
    gains: Mapping[str, Mapping[str, float]]

    @classmethod
    def read(cls, folder: Path) -> "Labelled":
        """Read queries.jsonl and qrels.tsv of a folder."""
        lines = (folder / "queries.jsonl").read_text(encoding="utf-8").splitlines()
        gains: dict[str, dict[str, float]] = defaultdict(dict)
        for line in (folder / "qrels.tsv").read_text(encoding="utf-8").splitlines():
            query, document, gain = line.split("\t")
            gains[query][document] = float(gain)
        queries = [(str(query["id"]), str(query["text"])) for query in map(json.loads, lines)]
        return cls(folder, tuple(each for each in queries if each[0] in gains), dict(gains))


def ndcg(ranked: Sequence[str], gains: Mapping[str, float]) -> float:
    """Normalised discounted cumulative gain of the first ten: 1 for the best order there is. Gains are 2**g - 1."""
    first = list(dict.fromkeys(ranked))[:CUT]
    best = sorted(gains.values(), reverse=True)[:CUT]
    ideal = _discounted(best)
    return _discounted([gains.get(document, 0.0) for document in first]) / ideal if ideal else 0.0


def mean(values: Sequence[float]) -> float:
    """The mean; 0 of nothing."""
    return sum(values) / len(values) if values else 0.0


def interval(values: Sequence[float], draws: int = DRAWS) -> tuple[float, float]:
    """The 95 % interval of the mean by bootstrap: as many values drawn with replacement, again and again."""
    if not values:
        return 0.0, 0.0
    chance = random.Random(1)  # noqa: S311
    means = sorted(mean(chance.choices(values, k=len(values))) for _draw in range(draws))
    return means[int(0.025 * draws)], means[int(0.975 * draws) - 1]


def _discounted(gains: Sequence[float]) -> float:
    return sum((2**gain - 1) / math.log2(place + 2) for place, gain in enumerate(gains))
