"""The figures of `make relevance`, which have to be right before anybody believes them."""

import importlib.util
import json
import random
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.relevance.baseline import Baseline, cut
from tests.relevance.figures import Labelled, interval, mean, ndcg
from tests.relevance.sets import SETS, Measured, without
from tests.relevance.table import line, rule_lines, table
from tests.shared_data import shared_data

NAMES = st.sampled_from("abcdefghijklmnop")


def test_the_best_order_counts_one_and_a_missed_one_nothing() -> None:
    gains = {"a": 3.0, "b": 1.0}

    assert ndcg(["a", "b", "x"], gains) == 1
    assert ndcg(["x", "y"], gains) == 0
    assert ndcg(["b", "a"], gains) < 1
    assert ndcg(["x", "y", "a"], gains) < ndcg(["x", "a"], gains) < 1
    assert ndcg(["a", "a", "b"], gains) == 1
    assert ndcg([], {}) == 0


def test_what_stands_behind_the_tenth_place_counts_nothing() -> None:
    assert ndcg([*"abcdefghij", "x"], {"x": 1.0}) == 0


@given(st.lists(NAMES, max_size=15), st.dictionaries(NAMES, st.sampled_from([0.0, 1.0, 2.0, 3.0]), min_size=1))
def test_a_figure_lies_between_none_and_one(ranked: list[str], gains: dict[str, float]) -> None:
    assert 0 <= ndcg(ranked, gains) <= 1 + 1e-9


def test_our_figure_is_that_of_the_program_beside_the_sets() -> None:
    theirs = _program(shared_data("evaluate.py"))
    chance = random.Random(3)  # noqa: S311
    for _time in range(200):
        ranked = chance.choices("abcdefghijklmnop", k=chance.randint(0, 14))
        gains = {name: float(chance.choice([1, 1, 2, 3])) for name in chance.sample("abcdefghijklmnop", 5)}
        assert ndcg(ranked, gains) == pytest.approx(theirs.score(ranked, gains)["ndcg10"])


def _program(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("evaluate", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_an_interval_holds_the_mean_and_is_the_same_each_time() -> None:
    values = [0.0, 1.0] * 50

    low, high = interval(values)

    assert low < mean(values) < high
    assert (low, high) == interval(values)
    assert (round(low, 1), round(high, 1)) == (0.4, 0.6)
    assert interval([0.5] * 9) == (0.5, 0.5)
    assert (interval([]), mean([])) == ((0.0, 0.0), 0.0)


def test_a_set_is_read_without_the_queries_that_nobody_has_judged(tmp_path: Path) -> None:
    queries = [{"id": "q1", "text": "one"}, {"id": 2, "text": "two"}, {"id": "q3", "text": "three"}]
    (tmp_path / "queries.jsonl").write_text("\n".join(map(json.dumps, queries)))
    (tmp_path / "qrels.tsv").write_text("q1\ta\t1\nq1\tb\t3\n2\tc\t1\n")

    labelled = Labelled.read(tmp_path)

    assert labelled.queries == (("q1", "one"), ("2", "two"))
    assert labelled.gains == {"q1": {"a": 1, "b": 3}, "2": {"c": 1}}


def test_the_baseline_cuts_words_and_pairs() -> None:
    assert list(cut("HPV疫苗 and 肝, B肝炎")) == ["hpv", "疫苗", "and", "肝", "b", "肝炎"]


def test_the_baseline_prefers_what_is_rare_and_what_is_short(tmp_path: Path) -> None:
    texts = {"long": "gout and many other words", "short": "gout now", "rare": "zebra words here", "none": "x y z"}
    rows = [{"id": name, "title": "", "text": text} for name, text in texts.items()]
    (tmp_path / "corpus.jsonl").write_text("\n".join(map(json.dumps, rows)))

    baseline = Baseline(tmp_path)

    assert baseline.ranked("gout") == ["short", "long"]
    assert baseline.ranked("gout zebra")[0] == "rare"
    assert baseline.ranked("nothing") == []


def test_the_table_says_what_is_missed_and_what_each_rule_brings() -> None:
    figures = {"baseline": [0.5] * 9, "": [0.75] * 9, "good": [0.25] * 9, "bad": [1.0] * 9, "idle": [0.75] * 9}

    assert line(Measured("a_set", "search", 0.8), figures).split() == [
        *("a_set", "search", "nDCG@10", "9", "0.7500", "0.750-0.750", "0.500", "0.80", "MISSED")
    ]
    assert line(Measured("a_set", "search", 0.75), figures).split()[-1] == "0.75"
    assert [each.split()[2:] for each in rule_lines(Measured("a_set", "search"), figures)] == [
        ["good", "0.2500", "+0.5000", "+0.500..+0.500", "helps"],
        ["bad", "1.0000", "-0.2500", "-0.250..-0.250", "hurts"],
        ["idle", "0.7500", "+0.0000", "+0.000..+0.000"],
    ]


def test_only_what_was_measured_stands_in_the_table() -> None:
    figures = {"baseline": [0.5], "": [0.75]}

    lines = table({SETS[0].name: {SETS[0].mode: figures}})

    assert [each.split()[0] for each in lines if each] == ["set", SETS[0].name, "set"]


def test_every_rule_is_turned_off_in_one_mode_at_least() -> None:
    from dataclasses import fields

    from search.ranking import Rules

    off = {name for mode in ("search", "similar") for changed in without(mode).values() for name in changed}

    # No labelled set has answers apart from questions.
    assert off == {field.name for field in fields(Rules)} - {"replies"}
