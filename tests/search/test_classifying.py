"""Complement naive Bayes in one file: what speaks for which label, and files that can't be read."""

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import classifying
from search.classifying import BUCKETS, Counts, Weights, bucket


@pytest.fixture(autouse=True)
def _few_buckets(monkeypatch: pytest.MonkeyPatch) -> None:
    """A small table is written in milliseconds and counts as a large one does."""
    monkeypatch.setattr(classifying, "BUCKETS", 1 << 10)
    bucket.cache_clear()


def learnt(path: Path, texts: dict[int, list[str]]) -> Weights:
    counts = Counts(list(texts))
    for label, terms in texts.items():
        for text in terms:
            counts.add(label, text.split())
    counts.write(path, {"number": 7})
    weights = Weights.read(path)
    assert weights is not None
    return weights


def test_a_word_speaks_for_the_label_in_whose_absence_it_is_rare(tmp_path: Path) -> None:
    weights = learnt(tmp_path / "weights", {1: ["heart pain", "heart"], 2: ["tooth pain"], 3: ["eye pain"]})

    scores = weights.scores(["heart"])

    assert max(scores, key=lambda label: scores[label]) == 1
    assert scores[1] > 0 > scores[2]


def test_a_label_of_few_texts_is_found_among_those_of_many(tmp_path: Path) -> None:
    weights = learnt(tmp_path / "weights", {1: ["liver pain"] * 500, 2: ["lupus pain"] * 3})

    assert weights.scores(["lupus", "pain"])[2] > weights.scores(["lupus", "pain"])[1]


def test_scores_are_counted_from_the_average_label(tmp_path: Path) -> None:
    weights = learnt(tmp_path / "weights", {1: ["heart"], 2: ["tooth"], 3: ["eye"]})

    assert math.fsum(weights.scores(["heart", "tooth", "heart"]).values()) == pytest.approx(0, abs=1e-5)


def test_an_unknown_word_says_nothing_and_a_repeated_one_counts_again(tmp_path: Path) -> None:
    weights = learnt(tmp_path / "weights", {1: ["heart"], 2: ["tooth"]})

    assert weights.scores(["zebra"]) == {1: 0.0, 2: 0.0}
    assert weights.scores(["heart", "heart"])[1] == pytest.approx(2 * weights.scores(["heart"])[1])


@pytest.mark.parametrize("labels", [[], [1], [1, 2]])
def test_few_labels_and_no_text_are_no_error(tmp_path: Path, labels: list[int]) -> None:
    weights = learnt(tmp_path / "weights", {label: [] for label in labels})

    assert weights.scores(["heart"]) == dict.fromkeys(labels, 0.0)
    assert weights.about["number"] == 7


def test_a_weight_counts_as_so_many_texts(tmp_path: Path) -> None:
    one, other = Counts([1, 2]), Counts([1, 2])
    one.add(1, ["heart"], 3.0)
    for _time in range(3):
        other.add(1, ["heart"])
    one.write(tmp_path / "one", {})
    other.write(tmp_path / "other", {})

    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()


@pytest.mark.parametrize("damage", ["", "nonsense", "cut", "format", "labels"])
def test_a_file_that_is_not_ours_is_none(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "weights"
    learnt(path, {1: ["heart"], 2: ["tooth"]})
    whole = path.read_bytes()
    damaged = {
        "": b"",
        "nonsense": b"\x00\xff" * 5000,
        "cut": whole[:-4],
        "format": whole.replace(b'"format": 1', b'"format": 0'),
        "labels": whole.replace(b'"labels": [1, 2]', b'"labels": "ab"'),
    }
    assert damaged[damage] != whole
    path.write_bytes(damaged[damage])

    assert Weights.read(path) is None


def test_no_file_is_none_and_a_folder_is_made(tmp_path: Path) -> None:
    assert Weights.read(tmp_path / "none") is None
    assert learnt(tmp_path / "new" / "weights", {1: ["heart"]}).labels == [1]


def test_who_reads_goes_on_reading_while_another_file_takes_its_place(tmp_path: Path) -> None:
    before = learnt(tmp_path / "weights", {1: ["heart"], 2: ["tooth"]})
    first = before.scores(["heart"])

    learnt(tmp_path / "weights", {3: ["eye"]})

    assert before.scores(["heart"]) == first
    assert [each.name for each in tmp_path.iterdir()] == ["weights"]


@given(st.text())
def test_any_term_has_one_bucket(term: str) -> None:
    assert 0 <= bucket(term) < BUCKETS
    assert bucket(term) == bucket.__wrapped__(term)
