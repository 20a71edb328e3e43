"""Complement naive Bayes: which of a few labels a text belongs to, by what texts of the other labels are like.

A word speaks for a label as far as it is rare in all the other labels together. So a label of ten texts is judged by
what thousands of others are not, which is steadier than by its own ten (Rennie, Shih, Teevan and Karger, "Tackling the
Poor Assumptions of Naive Bayes Text Classifiers", ICML 2003, with their normalised weights and the counts as they
are: the logarithms and lengths that they recommend besides measured no better here).

What is learnt is one file that processes map into memory: a heading in JSON, then for each bucket of terms one weight
a label. A weight is in nats: e to its power is how many times rarer the term is outside this label than outside an
average one.
"""

import json
import math
import mmap
import os
import sys
import uuid
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Final
from zlib import crc32

BUCKETS: Final = 1 << 18
"""Into so many buckets terms are hashed: the file has 4 bytes for each and label, however many words there are."""
FORMAT: Final = 1
"""Raised whenever a file of before can't be read any more."""
_MAGIC: Final = b"wenyi weights\n"
_PAGE: Final = 4096
_FLOAT: Final = 4


@lru_cache(1 << 16)
def bucket(term: str) -> int:
    """The bucket of a term, the same in every process and on every machine."""
    return crc32(term.encode("utf-8", "replace")) & (BUCKETS - 1)


class Counts:
    """How often each bucket of terms occurs under each label, while it is learnt."""

    def __init__(self, labels: Sequence[int]) -> None:
        self.labels = list(labels)
        self._rows = {label: array("f", bytes(BUCKETS * _FLOAT)) for label in self.labels}

    def add(self, label: int, terms: Iterable[str], weight: float = 1.0) -> None:
        """Count the terms of one text of that label."""
        row = self._rows[label]
        for term in terms:
            row[bucket(term)] += weight

    def write(self, path: Path, about: Mapping[str, Any]) -> None:
        """Write the weights, with `about` in the heading, in the place of what is there: whole or not at all."""
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{uuid.uuid4().hex[:8]}")
        try:
            with draft.open("wb") as file:
                file.write(_heading({**about, "labels": self.labels}))
                for row in self._weights():
                    file.write(row)
                file.flush()
                os.fsync(file.fileno())
            os.replace(draft, path)
        finally:
            draft.unlink(missing_ok=True)

    def _weights(self) -> Iterable[bytes]:
        """Of each bucket the weights of all labels, less their mean; nothing where no term fell into it."""
        rows = [self._rows[label] for label in self.labels]
        totals = [math.fsum(column) for column in zip(*rows, strict=True)] if rows else [0.0] * BUCKETS
        elsewhere, scales = _sizes(rows, totals)
        silent = bytes(_FLOAT * len(rows))
        for place, total in enumerate(totals):
            if not total:
                yield silent
                continue
            logs = [_log_outside(total, row[place]) for row in rows]
            found = [(size - log) * scale for size, log, scale in zip(elsewhere, logs, scales, strict=True)]
            mean = math.fsum(found) / len(found)
            yield array("f", [each - mean for each in found]).tobytes()


def _sizes(rows: Sequence["array[float]"], totals: Sequence[float]) -> tuple[list[float], list[float]]:
    """Of each label the logarithm of how many terms stand outside it, and what its weights are multiplied by.

    Add-one smoothing over the buckets that occur. A label with much outside it would shout louder than the others at
    every term: all labels get the same mean weight.
    """
    places = [place for place, total in enumerate(totals) if total]
    if not places:
        return [], []
    everything, base = math.fsum(totals), math.fsum(math.log(totals[place] + 1) for place in places)
    elsewhere = [math.log(max(0.0, everything - math.fsum(row)) + len(places)) for row in rows]
    own = [
        math.fsum(_log_outside(totals[at], row[at]) - math.log(totals[at] + 1) for at in places if row[at])
        for row in rows
    ]
    means = [size - (base + less) / len(places) for size, less in zip(elsewhere, own, strict=True)]
    common = math.fsum(means) / len(means)
    return elsewhere, [common / mean if mean else 1.0 for mean in means]


def _log_outside(total: float, own: float) -> float:
    # The counts are kept as floats: a difference may come out a hair below nothing.
    return math.log(max(0.0, total - own) + 1)


class Weights:
    """What was learnt, mapped from its file: any number of processes share one copy, and read only what they need."""

    def __init__(self, about: dict[str, Any], rows: "memoryview[float]") -> None:
        self.about = about
        self.labels: list[int] = about["labels"]
        self._rows = rows

    @classmethod
    def read(cls, path: Path) -> "Weights | None":
        """The weights of a file; None where there is none, or none that can be read here."""
        try:
            with path.open("rb") as file:
                mapped = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
            about, start = _read_heading(mapped)
            rows = mapped[start:].cast("f")
        except (OSError, ValueError, TypeError, KeyError):
            return None
        return cls(about, rows) if len(rows) == BUCKETS * len(about["labels"]) else None

    def scores(self, terms: Iterable[str]) -> dict[int, float]:
        """How far the terms speak for each label, in nats above the average label; 0 where they say nothing."""
        width = len(self.labels)
        totals = [0.0] * width
        for place, times in Counter(map(bucket, terms)).items():
            row = self._rows[place * width : (place + 1) * width]
            totals = [total + times * weight for total, weight in zip(totals, row, strict=True)]
        return dict(zip(self.labels, totals, strict=True))


def _heading(about: Mapping[str, Any]) -> bytes:
    """The magic line, one line of JSON, and blanks up to a page of memory."""
    told = {**about, "format": FORMAT, "buckets": BUCKETS, "order": sys.byteorder}
    heading = _MAGIC + json.dumps(told).encode() + b"\n"
    return heading.ljust(-(-len(heading) // _PAGE) * _PAGE)


def _read_heading(mapped: memoryview) -> tuple[dict[str, Any], int]:
    """What the heading tells, and where the weights begin. Raises ValueError for a file that is none of ours."""
    end = bytes(mapped[: 1 << 20]).find(b"\n", len(_MAGIC))
    if bytes(mapped[: len(_MAGIC)]) != _MAGIC or end < 0:
        raise ValueError("no such file")
    about = json.loads(bytes(mapped[len(_MAGIC) : end]))
    if (about["format"], about["buckets"], about["order"]) != (FORMAT, BUCKETS, sys.byteorder):
        raise ValueError("another format")
    if not all(isinstance(label, int) for label in about["labels"]):
        raise ValueError("no labels")
    return about, -(-(end + 1) // _PAGE) * _PAGE
