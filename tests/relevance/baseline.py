"""What any search engine would do: BM25 of words in lower case and pairs of Han characters, and nothing else."""

import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Final

K1: Final = 1.2
B: Final = 0.75
_RUN: Final = re.compile(r"[\u3400-\u9fff]+|[^\W\u3400-\u9fff]+")


class Baseline:
    """The corpus of a folder, to be asked."""

    def __init__(self, folder: Path) -> None:
        self.ids: list[str] = []
        self.lengths: list[int] = []
        self.found: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for line in (folder / "corpus.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            self._take(str(row["id"]), Counter(cut(f"{row.get('title') or ''} {row.get('text') or ''}")))
        self.mean_length = sum(self.lengths) / max(len(self.lengths), 1) or 1.0

    def ranked(self, text: str, limit: int = 10) -> list[str]:
        """The ids of the first documents for a text."""
        scores: dict[int, float] = defaultdict(float)
        for term, times in Counter(cut(text)).items():
            found = self.found.get(term, [])
            rarity = times * math.log(1 + (len(self.ids) - len(found) + 0.5) / (len(found) + 0.5))
            for place, count in found:
                long = 1 - B + B * self.lengths[place] / self.mean_length
                scores[place] += rarity * count * (K1 + 1) / (count + K1 * long)
        order = sorted(scores, key=lambda place: (-scores[place], place))
        return [self.ids[place] for place in order[:limit]]

    def _take(self, number: str, counts: Counter[str]) -> None:
        for term, count in counts.items():
            self.found[term].append((len(self.ids), count))
        self.ids.append(number)
        self.lengths.append(counts.total())


def cut(text: str) -> Iterator[str]:
    """Words in lower case, and pairs of Han characters (a single one where it stands alone)."""
    for run in _RUN.findall(text.lower()):
        if run[0] < "\u3400" or run[0] > "\u9fff" or len(run) == 1:
            yield run
        else:
            yield from (one + other for one, other in pairwise(run))
