"""Real threads name no one: what the guard finds in them is a false alarm or a leak of the data."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from text.guards.patient_data import find

DATA = Path(__file__).parents[4] / "shared" / "data"
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason="shared data is not beside this checkout")


def threads(name: str) -> Iterator[list[str]]:
    with gzip.open(DATA / name, "rt", encoding="utf-8") as archive:
        for thread in map(json.loads, archive):
            yield [thread["title"], thread["question"], *(reply["text"] for reply in thread["replies"])]


@needs_data
@pytest.mark.parametrize(("name", "count"), [("threads_zh.jsonl.gz", 3_574), ("threads_en.jsonl.gz", 1_267)])
def test_the_guard_is_silent_on_threads_without_personal_data(name: str, count: int) -> None:
    alarms = [[part[hit.start : hit.end] for part in parts for hit in find(part)] for parts in threads(name)]

    assert alarms == [[]] * count
