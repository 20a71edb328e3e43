"""`import_archive --corpus`: every text of a retrieval set is public and indexed when the command returns."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from faq.models import Question
from faq.states import Status
from people.models import Department
from search.finding import find
from search.index.follower import Follower
from search.models import Concept, Document
from tests.factories import make_concept

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "some_set"
    folder.mkdir()
    make_concept("Gout")
    return folder


def _take(folder: Path, *texts: dict[str, Any], **options: Any) -> str:
    (folder / "corpus.jsonl").write_text("\n".join(json.dumps(text) for text in texts), encoding="utf-8")
    out = StringIO()
    call_command("import_archive", corpus=folder, verbosity=0, stdout=out, quarantine=folder / "bad", **options)
    return out.getvalue().strip()


def _row(number: str) -> tuple[str, str, str]:
    question = Question.objects.get(source="some_set", external_id=number)
    return question.language, question.title, question.body


def test_every_text_is_public_and_can_be_found_at_once(folder: Path, index: Follower) -> None:
    out = _take(folder, {"id": "a", "title": "Can lupus be cured?", "text": "I have had it for years."})

    question = Question.objects.get()
    assert (question.source, question.external_id, question.status) == ("some_set", "a", Status.PUBLISHED)
    found = find("lupus", limit=10)
    assert found is not None
    assert [hit.pk for hit in found] == [Document.objects.get(key=f"question:{question.pk}").pk]
    assert out == "1 texts of some_set can be ranked, 0 known before, 0 bad"


def test_a_title_or_a_text_may_be_missing(folder: Path, index: Follower) -> None:
    _take(
        folder,
        {"id": "t", "title": "Is gout inherited?", "text": ""},
        {"id": "b", "title": "", "text": "Gout hurts. " + "And it comes back every other winter. " * 4},
        {"id": "n", "text": "Only a text."},
    )

    beginning = "Gout hurts. And it comes back every other winter. And it comes back every other…"
    assert _row("t") == ("en", "Is gout inherited?", "Is gout inherited?")
    assert _row("b")[1] == beginning
    assert _row("n") == ("en", "Only a text.", "Only a text.")


def test_the_language_is_seen_by_the_script_where_none_is_named(folder: Path, index: Follower) -> None:
    _take(
        folder,
        {"id": "hant", "title": "", "text": "紅斑性狼瘡會遺傳嗎？"},
        {"id": "hans", "title": "红斑性狼疮会遗传吗？", "text": ""},
        {"id": "en", "title": "", "text": "Is lupus (狼瘡) inherited from a parent?"},
        {"id": "named", "title": "", "text": "SLE?", "language": "zh-hant"},
        {"id": "unknown", "title": "", "text": "SLE?", "language": "xx"},
    )

    languages = dict(Question.objects.values_list("external_id", "language"))
    assert languages == {"hant": "zh-hant", "hans": "zh-hans", "en": "en", "named": "zh-hant", "unknown": "en"}


def test_a_title_that_is_too_long_is_shown_shortened_and_found_in_full(folder: Path, index: Follower) -> None:
    _take(folder, {"id": "a", "title": "gout " * 50 + "zebra", "text": "An answer."})

    assert len(Question.objects.get().title) <= 200
    assert len(find("zebra", limit=10) or []) == 1


def test_no_guard_holds_a_text_back(folder: Path, index: Follower) -> None:
    _take(folder, {"id": "a", "title": "", "text": "Please call me at 0912-345-678, I am A123456789."})

    assert Question.objects.published().count() == 1


def test_bad_lines_cost_no_other(folder: Path, index: Follower) -> None:
    out = _take(
        folder, {"title": "no id", "text": ""}, {"id": "e", "title": "", "text": ""}, {"id": 7, "text": "fine"}
    )

    assert list(Question.objects.values_list("external_id", flat=True)) == ["7"]
    assert out.splitlines()[-1] == "1 texts of some_set can be ranked, 0 known before, 2 bad"


def test_a_second_run_changes_nothing(folder: Path, index: Follower) -> None:
    texts = [{"id": "a", "title": "Gout", "text": "It hurts."}, {"id": "b", "title": "", "text": "痛風"}]
    _take(folder, *texts)

    out = _take(folder, *texts)

    assert Question.objects.count() == 2
    assert out == "0 texts of some_set can be ranked, 2 known before, 0 bad"


def test_a_house_without_vocabulary_gets_the_one_that_wenyi_brings(folder: Path, index: Follower) -> None:
    Concept.objects.all().delete()

    _take(folder, {"id": "a", "title": "Lupus", "text": ""})

    lupus = Concept.objects.get(name_en="Systemic lupus erythematosus")
    assert str(lupus.pk) in Document.objects.get().title_concepts.split()


def test_the_texts_go_where_the_command_says(folder: Path, index: Follower) -> None:
    Department.objects.create(slug="rheumatology", name_en="Rheumatology", name_zh_hant="風濕科")

    _take(folder, {"id": "a", "title": "Lupus", "text": ""}, department="rheumatology", source="elsewhere")

    assert Question.objects.values_list("department__slug", "source").get() == ("rheumatology", "elsewhere")


@pytest.mark.parametrize("words", [[], ["some.jsonl", "--corpus", "."], ["--corpus", "nowhere"]])
def test_either_files_or_a_folder_with_a_corpus_are_wanted(words: list[str]) -> None:
    with pytest.raises(CommandError):
        call_command("import_archive", *words, verbosity=0)
