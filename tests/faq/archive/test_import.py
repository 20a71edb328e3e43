"""`import_archive`: whatever is loaded is loaded once, whatever is bad is kept, and what is clean is published."""

import gzip
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from faq.models import Answer, Finding, MoreInfo, Question, QuestionEvent, Topic
from faq.states import Status
from people.models import Department, Physician
from people.standard import ensure_departments
from search.models import Change, Concept, Document
from tests.factories import make_user
from tests.shared_data import shared_data

pytestmark = pytest.mark.django_db

THREAD: dict[str, Any] = {
    "id": "193985",
    "language": "zh-hant",
    "department": "內科",
    "title": "紅斑性狼瘡可以打疫苗嗎？",
    "question": "您好，我有紅斑性狼瘡。<br>可以打疫苗嗎？",
    "asker": {"nickname": "小明", "age_band": "40-49", "sex": "F"},
    "asked_on": "100/05/01",
    "replies": [{"physician": "林示範", "hospital": "示範醫院", "title": "主治醫師", "text": "請與您的醫師討論。"}],
    "url": "https://archive.example/q.php?id=193985",
    "views": 13,
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def _load(folder: Path, *threads: dict[str, Any] | bytes, **options: Any) -> str:
    path = folder / "threads.jsonl"
    lines = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in threads]
    path.write_bytes(b"\n".join(lines))
    out = StringIO()
    call_command("import_archive", path, quarantine=folder / "bad", verbosity=0, stdout=out, **options)
    return out.getvalue()


def _quarantine(folder: Path) -> list[dict[str, Any]]:
    path = folder / "bad" / "threads.jsonl.quarantine.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


def test_a_clean_thread_is_loaded_published_and_found(folder: Path) -> None:
    out = _load(folder, THREAD, source="e-hospital")

    question = Question.objects.get(source="e-hospital", external_id="193985")
    assert question.status == Status.PUBLISHED
    assert question.body == "您好，我有紅斑性狼瘡。\n可以打疫苗嗎？"
    assert (question.sex, str(question.asked_on), question.views) == ("female", "2011-05-01", 13)
    assert question.old_path == "/q.php?id=193985"
    assert question.answer_teaser == "請與您的醫師討論。"
    assert question.answered_by == Physician.objects.get(name="林示範", hospital_zh_hant="示範醫院")
    assert Document.objects.live().filter(key=f"question:{question.pk}").count() == 1
    assert [event.act for event in question.events.all()] == ["import", "publish"]
    assert out.splitlines()[-1] == "1 published, 0 left to the moderators"


def test_a_second_run_changes_nothing(folder: Path) -> None:
    _load(folder, THREAD)
    before = (Question.objects.count(), Answer.objects.count(), QuestionEvent.objects.count(), Change.objects.count())

    out = _load(folder, THREAD)

    after = (Question.objects.count(), Answer.objects.count(), QuestionEvent.objects.count(), Change.objects.count())
    assert after == before
    assert out.splitlines()[0] == "0 loaded, 1 known before, 0 quarantined"


def test_bad_lines_go_to_the_quarantine_and_the_run_goes_on(folder: Path) -> None:
    unknown = {**THREAD, "id": "2", "department": "占星科"}

    out = _load(folder, b"{broken", unknown, b'{"id": "\xff\xff"}', {**THREAD, "id": "4", "language": "xx"}, THREAD)

    bad = _quarantine(folder)
    assert [(row["line"], row["reason"].split(":")[0]) for row in bad] == [
        (1, "not JSON"),
        (2, "unknown department '占星科'"),
        (3, "no encoding reads these bytes"),
        (4, "unknown language 'xx'"),
    ]
    assert "bytes" in bad[2]
    assert Question.objects.count() == 1
    assert "1 loaded, 0 known before, 4 quarantined" in out


def test_a_damaged_file_keeps_what_came_before_the_damage(folder: Path) -> None:
    threads = b"\n".join(json.dumps({**THREAD, "id": str(number)}).encode() for number in range(2000))
    path = folder / "threads.jsonl.gz"
    path.write_bytes(gzip.compress(threads)[:-2000])

    call_command("import_archive", path, quarantine=folder / "bad", verbosity=0, stdout=StringIO(), no_publish=True)

    assert 0 < Question.objects.count() < 2000
    assert (folder / "bad" / "threads.jsonl.gz.quarantine.jsonl").exists()


def test_a_default_a_map_and_new_departments_place_what_names_no_known_one(folder: Path) -> None:
    ensure_departments()
    (folder / "map.json").write_text(json.dumps({"心臟內科": "cardiology"}), encoding="utf-8")
    nameless = {key: value for key, value in THREAD.items() if key != "department"}

    _load(
        folder,
        {**nameless, "id": "1"},
        {**THREAD, "id": "2", "department": "心臟內科"},
        {**THREAD, "id": "3", "department": "風濕免疫科"},
        department="family-medicine",
        create_departments=True,
        map=folder / "map.json",
    )

    places = dict(Question.objects.values_list("external_id", "department__name_zh_hant"))
    assert places == {"1": "家醫科", "2": "心臟血管專科", "3": "風濕免疫科"}
    assert Department.objects.get(name_zh_hant="風濕免疫科").is_open is False


def test_personal_data_holds_a_thread_back_until_a_moderator_decides(folder: Path) -> None:
    moderator = make_user(role="moderator")
    suspicious = {**THREAD, "question": "我的電話 0912-345-678", "replies": [{"text": "請來電 0912-345-678"}]}
    out = _load(folder, suspicious)
    question = Question.objects.get()
    assert (question.status, question.findings.count()) == (Status.IMPORTED, 2)
    assert out.splitlines()[-1] == "0 published, 1 left to the moderators"

    for finding in Finding.objects.filter(question=question):
        Question.objects.get(pk=question.pk).decide(finding, show=False, by=moderator)
    Question.objects.get(pk=question.pk).publish(by=moderator)

    stored = Question.objects.get()
    assert "0912" not in stored.body + stored.answers.get().body + stored.answers.get().body_html
    assert stored.is_public


def test_the_pass_goes_on_where_it_stopped(folder: Path) -> None:
    _load(folder, THREAD, no_publish=True)
    assert Question.objects.get().status == Status.IMPORTED

    out = _load(folder, THREAD)

    assert Question.objects.get().status == Status.PUBLISHED
    assert out.splitlines()[-1] == "1 published, 0 left to the moderators"


def test_words_of_the_archive_become_proposals_and_topics_are_made(folder: Path) -> None:
    known = Concept.objects.create(name="sle", name_en="SLE", name_zh_hant="紅斑性狼瘡")

    _load(folder, {**THREAD, "tags": ["疫苗"], "topics": ["紅斑性狼瘡"]})

    question = Question.objects.get()
    assert {(row.label, row.is_proposal) for row in question.concepts.all()} == {("SLE", False), ("疫苗", True)}
    assert Topic.objects.get().concept == known


def test_an_unreviewed_supplement_is_kept_but_not_public(folder: Path) -> None:
    _load(
        folder,
        {**THREAD, "id": "1", "more_info": {"text": "An unsigned text."}},
        {**THREAD, "id": "2", "more_info": {"text": "Seen.", "reviewed_by": "Dr. Demo", "reviewed_on": "2024-01-01"}},
    )

    supplements = MoreInfo.objects.order_by("question__external_id")
    assert [(row.provenance, row.is_public) for row in supplements] == [("machine", False), ("machine", True)]


def test_a_dry_run_stores_nothing(folder: Path) -> None:
    out = _load(folder, THREAD, {**THREAD, "id": "2", "department": "占星科"}, dry_run=True, create_departments=True)

    assert not Question.objects.exists()
    assert not Department.objects.filter(name_en="占星科").exists()
    assert not (folder / "bad").exists()
    assert "2 loaded, 0 known before, 0 quarantined" in out


@pytest.mark.parametrize(
    "options", [{"department": "nowhere"}, {"encoding": "klingon"}, {"map": Path("/nowhere.json")}]
)
def test_a_wrong_option_is_refused_with_a_sentence(folder: Path, options: dict[str, Any]) -> None:
    with pytest.raises(CommandError):
        _load(folder, THREAD, **options)

    assert not Question.objects.exists()


def test_the_real_threads_load_and_each_is_shown_or_its_department_is_unknown(folder: Path) -> None:
    files = [shared_data("threads_en.jsonl.gz"), shared_data("threads_zh.jsonl.gz")]
    bad = folder / "bad"
    call_command("import_archive", *files, quarantine=bad, verbosity=0, stdout=StringIO())
    by_prefix = {prefix: Question.objects.published().under_prefix(prefix).count() for prefix in ("en", "zh-hant")}
    lines = [json.loads(line) for path in bad.iterdir() for line in path.read_text(encoding="utf-8").splitlines()]
    assert by_prefix == {"en": 103, "zh-hant": 605}
    assert {row["reason"].split(" '")[0].split(":")[0] for row in lines} == {"unknown department"}
    assert len(lines) == 4841 - 708
    everywhere = {"department": "family-medicine", "create_departments": True, "quarantine": folder / "none"}

    call_command("import_archive", *files, verbosity=0, stdout=StringIO(), **everywhere)

    assert Question.objects.published().count() == 4841
    assert not (folder / "none").exists()
    assert Document.objects.live().filter(kind="question").count() == 4841
    last = Change.objects.latest("number").number
    call_command("import_archive", *files, verbosity=0, stdout=StringIO(), **everywhere)
    assert (Question.objects.count(), Change.objects.latest("number").number) == (4841, last)
