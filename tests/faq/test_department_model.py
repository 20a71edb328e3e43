"""Which department a text belongs to: learnt from the first thread on, and before; silent where it does not know."""

import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from faq import department_learning
from faq.department_learning import learn, learn_if_due
from faq.department_model import is_foreign, model_file, ranking_of
from faq.department_suggestion import advice_on, suggested_departments
from faq.states import Status
from people.models import Department
from people.standard import ensure_departments
from search import classifying
from search.changes import changing
from search.models import ChangeCounter
from tests.factories import make_concept, make_department, make_question, make_topic, make_user
from text.cutting import segment

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.INDEX_DIR = tmp_path / "index"
    monkeypatch.setattr(classifying, "BUCKETS", 1 << 14)
    classifying.bucket.cache_clear()


def department(name_en: str, name_zh_hant: str, **fields: Any) -> Department:
    return make_department(name_en=name_en, name_zh_hant=name_zh_hant, **fields)


def house() -> None:
    """Three departments whose specialties are on no list."""
    for name, words in (("Alpha", "rumbling stomach"), ("Beta", "aching tooth"), ("Gamma", "watering eye")):
        place = department(name, f"{name}科")
        make_question(Status.PUBLISHED, place, title=f"{words} since monday", body=f"{words}, what is it? " * 3)


def suggested(text: str) -> list[str]:
    return [each.department.name_en for each in suggested_departments(text)]


def test_one_thread_each_is_enough_to_begin_with() -> None:
    house()
    learn(model_file())

    assert suggested("My tooth has been aching since yesterday")[0] == "Beta"


def test_three_are_named_and_never_one() -> None:
    house()
    department("Delta", "丁科")
    learn(model_file())

    assert len(suggested("an aching tooth")) == 3


def test_a_house_without_a_thread_knows_its_specialties_in_both_languages() -> None:
    ensure_departments()
    learn(model_file())

    found = {
        text: suggested(text)[:1] for text in ("My tooth hurts and the gum bleeds", "眼睛紅又看不清楚", "月經沒來")
    }

    assert list(found.values()) == [["Dentistry"], ["Ophthalmology"], ["Obstetrics and Gynecology"]]


def test_simplified_words_are_understood_too() -> None:
    ensure_departments()
    learn(model_file())

    assert suggested("牙齿痛，牙龈肿")[0] == "Dentistry"


def test_internal_medicine_stands_in_for_a_specialty_that_the_house_lacks() -> None:
    ensure_departments()
    learn(model_file())

    assert suggested("nephrotic syndrome and dialysis")[0] == "Internal Medicine"


def test_topics_tell_what_a_department_is_about() -> None:
    house()
    make_topic(make_concept("Zoster ophthalmicus", "眼帶狀疱疹"), Department.objects.get(name_en="Gamma"))
    learn(model_file())

    assert suggested("Is zoster ophthalmicus catching?")[0] == "Gamma"
    assert [concept.name_en for concept in suggested_departments("zoster ophthalmicus")[0].because.values()] == [
        "Zoster ophthalmicus"
    ]


def test_what_english_threads_taught_about_a_concept_serves_a_chinese_question() -> None:
    house()
    lupus = make_concept("Lupus", "狼瘡")
    make_question(Status.PUBLISHED, Department.objects.get(name_en="Alpha"), title="Lupus again", concepts=[lupus])
    learn(model_file())

    assert suggested("我有狼瘡")[0] == "Alpha"


def test_only_what_is_public_is_learnt() -> None:
    house()
    beta = Department.objects.get(name_en="Beta")
    for status in (Status.SUBMITTED, Status.ACCEPTED, Status.ANSWERED, Status.REJECTED):
        make_question(status, beta, title="zanzibar fever", body="zanzibar fever " * 5)
    shown = make_question(Status.PUBLISHED, beta, title="quokka bite", body="a quokka bite " * 5)
    learn(model_file())
    known = suggested("quokka bite quokka bite")
    shown.unpublish(by=make_user(role="moderator"), reason="a reason")
    learn(model_file())

    assert known[0] == "Beta"
    assert suggested("zanzibar zanzibar zanzibar") == []
    assert suggested("quokka quokka quokka") == []


UNCLEAR = (
    "",
    " \n ",
    "hello",
    "Hello doctor, please help me!",
    "asdf qwer zxcv",
    "1234 5678",
    "？？？",
    "醫師您好",
    "Привет доктор у меня болит зуб",
    "이가 아파요",
    "Ich habe seit gestern starke Schmerzen im Bein und Fieber, was soll ich tun? Meine Mutter sagt nichts",
    "Tengo dolor de cabeza y fiebre desde ayer, ¿qué debo hacer? Mi madre dice que vaya al médico pronto",
)


def test_what_says_nothing_or_is_foreign_gets_no_suggestion() -> None:
    ensure_departments()
    learn(model_file())

    assert {text: suggested(text) for text in UNCLEAR} == {text: [] for text in UNCLEAR}


def test_while_nothing_is_learnt_nothing_is_said() -> None:
    house()

    assert ranking_of("an aching tooth") is None
    assert (suggested("an aching tooth"), advice_on("an aching tooth", []).is_ready) == ([], False)


def test_what_was_learnt_from_another_database_is_not_believed() -> None:
    house()
    learn(model_file())
    known = suggested("an aching tooth")
    ChangeCounter.objects.update(identity="00000000-0000-4000-8000-000000000000")

    assert known != []
    assert ranking_of("an aching tooth") is None
    assert learn_if_due() == 3
    assert suggested("an aching tooth") == known


def test_a_department_that_was_deleted_closed_or_renamed_since_breaks_nothing() -> None:
    house()
    department("Delta", "丁科")
    epsilon = department("Epsilon", "戊科")
    learn(model_file())
    epsilon.delete()
    Department.objects.filter(name_en="Beta").update(name_en="Beta Two", is_open=False)

    advice = advice_on("my aching tooth", list(Department.objects.taking_questions()))

    assert advice.departments[0].department.name_en == "Beta Two"
    assert [each.takes_questions for each in advice.departments] == [False, True, True]


def test_beside_a_closed_department_stands_an_open_one_of_its_specialty() -> None:
    closed = department("Heart Clinic", "心臟內科", is_open=False)
    make_question(Status.PUBLISHED, closed, title="palpitations at night", body="palpitations at night " * 3)
    opened = department("Cardiology", "心臟血管專科")
    department("Dentistry", "牙科")
    learn(model_file())

    first = advice_on("palpitations of the heart", list(Department.objects.taking_questions())).departments[0]

    assert (first.department, first.takes_questions, first.instead) == (closed, False, opened)


def test_a_namesake_that_has_answered_nothing_waits_behind_the_one_that_has() -> None:
    department("Cardiology", "心臟血管專科")
    busy = department("Heart Clinic", "心臟內科")
    make_question(Status.PUBLISHED, busy, title="palpitations", body="palpitations")
    department("Dentistry", "牙科")
    learn(model_file())

    assert "Cardiology" not in suggested("palpitations of the heart")


def test_nothing_is_due_until_something_public_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    house()

    assert (learn_if_due(), learn_if_due(), learn_if_due(at_once=True)) == (3, None, None)

    make_question(Status.PUBLISHED, Department.objects.get(name_en="Alpha"))
    assert learn_if_due() is None
    monkeypatch.setattr(department_learning, "A_WHILE", 0.0)
    assert learn_if_due() == 4


def test_a_day_later_any_change_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    house()
    learn_if_due()
    with changing() as keys:
        keys.add("page:about")
    now = time.time() + department_learning.A_DAY
    monkeypatch.setattr("faq.department_learning.time.time", lambda: now)

    assert learn_if_due() == 3


def test_a_lost_or_damaged_file_is_learnt_anew() -> None:
    house()
    learn_if_due()
    model_file().write_bytes(b"nonsense")
    (model_file().parent / f"{model_file().name}.12345678").write_bytes(b"a draft that a stopped worker has left")

    assert suggested("an aching tooth") == []
    assert learn_if_due() == 3
    assert suggested("an aching tooth")[0] == "Beta"
    assert sorted(each.name for each in model_file().parent.iterdir()) == ["departments.weights", "learning.lock"]


def test_as_many_threads_as_the_bound_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    place = department("Alpha", "甲科")
    for number in range(3):
        make_question(Status.PUBLISHED, place, title=f"thread {number}")
    monkeypatch.setattr(department_learning, "NEWEST", 2)

    assert learn(model_file()) == 2


def test_the_file_holds_no_words_of_anybody() -> None:
    house()
    learn(model_file())

    heading = model_file().read_bytes().split(b"\n")[1]

    assert set(json.loads(heading)) == {
        *("rules", "identity", "number", "learnt_at", "threads", "stand_ins", "labels", "format", "buckets", "order")
    }


def test_one_text_and_long_texts_cost_four_queries(django_assert_num_queries: Any) -> None:
    house()
    make_concept("tooth")
    learn(model_file())
    suggested("an aching tooth")

    for text in ("an aching tooth", "an aching tooth " * 2000):
        with django_assert_num_queries(4):
            suggested(text)


@pytest.mark.parametrize(
    ("text", "foreign"),
    [
        ("I have had a pain in my chest since yesterday and it gets worse when I walk", False),
        ("WBC 12.3 Hb 7.5 CRP 30", False),
        ("我有高血壓，最近吃 amlodipine", False),
        ("Meine Tochter hat gestern wieder Kopfschmerzen gehabt, konnte nachts kaum schlafen, heute besser", True),
        ("У меня болит голова", True),
        ("", False),
    ],
)
def test_a_text_in_another_language_is_known_as_such(text: str, foreign: bool) -> None:
    assert is_foreign(segment(text)) is foreign


@given(st.text())
@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
def test_nothing_that_is_typed_is_an_error(text: str) -> None:
    if not model_file().exists():
        house()
        learn(model_file())

    assert len(suggested(text)) in (0, 3)
