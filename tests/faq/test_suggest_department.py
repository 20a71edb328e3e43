"""`manage.py suggest_department`: a file of texts in, names of departments out."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings

from faq.states import Status
from people.models import Department
from search import classifying
from tests.factories import make_department, make_question

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.INDEX_DIR = tmp_path / "index"
    monkeypatch.setattr(classifying, "BUCKETS", 1 << 14)
    classifying.bucket.cache_clear()


def house() -> None:
    for name, words in (("Alpha", "rumbling stomach"), ("Beta", "aching tooth 牙痛"), ("Gamma", "watering eye")):
        place = make_department(name.lower(), name_en=name, name_zh_hant=f"{name}科")
        make_question(Status.PUBLISHED, place, title=words, body=f"{words} " * 3)


def run(folder: Path, *lines: Any, **options: Any) -> list[dict[str, Any]]:
    queries, output = folder / "queries.jsonl", folder / "output.jsonl"
    texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    queries.write_text("".join(f"{text}\n" for text in texts), encoding="utf-8")
    call_command("suggest_department", queries=queries, output=output, verbosity=0, **options)
    return [json.loads(line) for line in output.read_text(encoding="utf-8").splitlines()]


def test_names_are_in_the_language_of_the_text_and_slugs_stand_beside_them(tmp_path: Path) -> None:
    house()

    found = run(
        tmp_path,
        {"id": "a", "text": "an aching tooth"},
        {"id": 2, "text": "我牙痛，牙痛很久了"},
        {"id": "c", "text": "an aching tooth", "language": "zh-hant"},
    )

    assert [(each["id"], each["departments"][0], each["slugs"][0]) for each in found] == [
        ("a", "Beta", "beta"),
        (2, "Beta科", "beta"),
        ("c", "Beta科", "beta"),
    ]
    assert [len(each["departments"]) for each in found] == [3, 3, 3]


def test_a_text_that_does_not_say_has_an_empty_list(tmp_path: Path) -> None:
    house()

    assert run(tmp_path, {"id": "a", "text": "hello"}, {"id": "b", "text": ""}) == [
        {"id": "a", "departments": [], "slugs": []},
        {"id": "b", "departments": [], "slugs": []},
    ]


def test_what_was_published_since_is_learnt_first(tmp_path: Path) -> None:
    house()
    before = run(tmp_path, {"id": "a", "text": "quokka bite"})
    make_question(Status.PUBLISHED, Department.objects.get(slug="gamma"), title="quokka bite", body="quokka bite " * 9)

    after = run(tmp_path, {"id": "a", "text": "quokka bite"})

    assert (before[0]["slugs"], after[0]["slugs"][0]) == ([], "gamma")


def test_as_many_as_wanted(tmp_path: Path) -> None:
    house()

    assert run(tmp_path, {"id": "a", "text": "an aching tooth"}, k=1)[0]["slugs"] == ["beta"]


@pytest.mark.parametrize("line", ["nonsense", '{"id": "a"}', '{"text": "b"}', '{"id": "a", "text": 3}', "[]"])
def test_a_line_that_is_no_query_is_told_with_its_number(tmp_path: Path, line: str) -> None:
    house()

    with pytest.raises(CommandError, match="line 2"):
        run(tmp_path, {"id": "a", "text": "an aching tooth"}, line)


def test_a_missing_file_and_a_wrong_number_are_told(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"none\.jsonl"):
        call_command("suggest_department", queries=tmp_path / "none.jsonl", output=tmp_path / "out", verbosity=0)
    with pytest.raises(CommandError, match="--k"):
        call_command("suggest_department", queries=tmp_path / "q", output=tmp_path / "out", k=0, verbosity=0)
