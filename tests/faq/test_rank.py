"""`rank`: a file of queries in, a file of rankings out, by the ids that texts were imported with."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from faq.models import Question
from faq.states import Status
from search.index.follower import Follower
from tests.factories import make_concept, make_question

pytestmark = pytest.mark.django_db

TEXTS = [
    {"id": "lupus", "title": "Can lupus be cured?", "text": "I have had lupus since I was ten."},
    {"id": "gout", "title": "What to eat with gout?", "text": "Is beer bad?"},
    {"id": "flu", "title": "", "text": "流感疫苗什麼時候打？"},
]


@pytest.fixture
def folder(tmp_path: Path, index: Follower) -> Path:
    """A folder whose corpus has been loaded."""
    make_concept("Lupus")
    (tmp_path / "corpus.jsonl").write_text("\n".join(map(json.dumps, TEXTS)), encoding="utf-8")
    call_command("import_archive", corpus=tmp_path, verbosity=0)
    return tmp_path


def _rank(folder: Path, *queries: Any, mode: str = "search", **options: Any) -> list[dict[str, Any]]:
    path = folder / "queries.jsonl"
    path.write_text("\n".join(map(json.dumps, queries)), encoding="utf-8")
    output = folder / "ranked.jsonl"
    call_command("rank", mode=mode, queries=path, output=output, verbosity=0, **options)
    return [json.loads(line) for line in output.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("mode", ["search", "similar"])
def test_each_query_gets_the_ids_of_what_fits_in_the_order_of_the_file(folder: Path, mode: str) -> None:
    found = _rank(folder, {"id": 2, "text": "流感疫苗"}, {"id": "one", "text": "beer and gout"}, mode=mode)

    assert found == [{"id": 2, "results": ["flu"]}, {"id": "one", "results": ["gout"]}]


@pytest.mark.parametrize("mode", ["search", "similar"])
def test_a_query_never_finds_itself(folder: Path, mode: str) -> None:
    found = _rank(folder, {"id": "lupus", "text": "lupus"}, {"id": "q", "text": "lupus"}, mode=mode)

    assert [line["results"] for line in found] == [[], ["lupus"]]


def test_simplified_characters_find_traditional_ones(folder: Path) -> None:
    assert _rank(folder, {"id": 1, "text": "什么时候打"})[0]["results"] == ["flu"]


def test_a_query_of_which_nothing_is_left_finds_nothing(folder: Path) -> None:
    found = _rank(folder, {"id": 1, "text": ""}, {"id": 2, "text": '？！ - " '}, {"id": 3, "text": "zzzz"})

    assert [line["results"] for line in found] == [[], [], []]


def test_no_more_than_k_are_given(folder: Path) -> None:
    assert len(_rank(folder, {"id": 1, "text": "what lupus be"}, k=1)[0]["results"]) == 1


def test_quotes_in_a_text_cost_no_results(folder: Path) -> None:
    found = _rank(folder, {"id": 1, "text": 'Is "lupus for ever" true?'}, {"id": 2, "text": 'Is "lupus be" gout?'})

    assert [line["results"][0] for line in found] == ["lupus", "lupus"]


def test_a_question_that_was_asked_here_has_its_own_number(folder: Path, index: Follower) -> None:
    question = make_question(Status.PUBLISHED, title="Zebras and stripes")
    index.step()

    assert _rank(folder, {"id": 1, "text": "zebras"})[0]["results"] == [str(question.pk)]
    assert Question.objects.published().count() == 4


@pytest.mark.parametrize("line", ["{", "[]", '{"id": 1}', '{"text": "x"}', '{"id": 1, "text": 2}'])
def test_a_line_that_is_no_query_is_named(folder: Path, line: str) -> None:
    path = folder / "bad.jsonl"
    path.write_text('{"id": 1, "text": "x"}\n' + line)

    with pytest.raises(CommandError, match="line 2"):
        call_command("rank", mode="search", queries=path, output=folder / "out", verbosity=0)


def test_without_an_index_the_command_says_so(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="reindex"):
        _rank(tmp_path, {"id": 1, "text": "x"})
