"""When a concept gets or loses a name, the documents that name it learn it."""

import datetime as dt
from pathlib import Path

import pytest
from django_tasks_db.models import DBTaskResult
from pytest_django.fixtures import Settings

from faq.states import Status
from search import learning
from search.changes import changing, put_documents
from search.index.follower import Follower
from search.learning import learn_names
from search.merging import merge
from search.models import Change, ChangeCounter, Concept, ConceptName, Document
from tests.factories import make_concept, make_question, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test waits until what happens beside it has settled."""
    monkeypatch.setattr(learning, "SETTLED", dt.timedelta(0))


@pytest.fixture(params=["with an index", "without"])
def follower(request: pytest.FixtureRequest, index: Follower, settings: Settings, tmp_path: Path) -> Follower:
    """The index; or one that nobody reads."""
    if request.param == "without":
        settings.INDEX_DIR = tmp_path / "nowhere"
    return index


def put(*titles: str, bodies: str = "") -> None:
    with changing():
        put_documents(
            [
                Document(key=f"question:{number}", kind="question", language="en", title=title, body=bodies)
                for number, title in enumerate(titles, 1)
            ]
        )


def learn_all() -> int:
    """Do what the worker does: the job, and the tasks until none is left; returns how many tasks."""
    learn_names()
    count = 0
    while task := DBTaskResult.objects.ready().order_by("enqueued_at").first():
        args = task.args_kwargs
        learning.learn.call(*args["args"], **args["kwargs"])
        task.delete()
        count += 1
    return count


def naming(concept: Concept) -> list[str]:
    rows = Document.objects.filter(kind="question").order_by("pk")
    return [row.key for row in rows if str(concept.pk) in row.concepts.split()]


def test_a_new_name_a_new_concept_and_a_lost_name_reach_the_documents(follower: Follower) -> None:
    put("My SLE", "The wolves", "Lupus", "Nothing", bodies="a body")
    concept = make_concept("Lupus")
    follower.step()
    learn_all()
    assert naming(concept) == ["question:3"]

    name = ConceptName.objects.create(concept=concept, text="SLE", language="en")
    ConceptName.objects.create(concept=concept, text="the wolf", language="en")
    follower.step()
    learn_all()
    assert naming(concept) == ["question:1", "question:3"]

    name.delete()
    follower.step()
    learn_all()

    assert naming(concept) == ["question:3"]


def test_a_merged_and_a_deleted_concept_are_forgotten(follower: Follower) -> None:
    put("My 狼瘡", "Gout")
    lupus, wolf, gout = make_concept("Lupus"), make_concept("", "狼瘡"), make_concept("Gout")
    follower.step()
    learn_all()
    assert (naming(wolf), naming(gout)) == (["question:1"], ["question:2"])

    merge(wolf, into=lupus, by=make_user())
    pk = gout.pk
    gout.delete()
    follower.step()
    learn_all()

    assert (naming(lupus), naming(wolf)) == (["question:1"], [])
    assert [row.key for row in Document.objects.all() if str(pk) in row.concepts.split()] == []


def test_only_what_changed_gets_a_new_number(follower: Follower) -> None:
    put("Lupus", "Lupus and gout", "Gout")
    make_concept("Gout")
    follower.step()
    learn_all()
    before = dict(Document.objects.values_list("key", "number"))

    concept = make_concept("Lupus")
    follower.step()
    learn_all()

    after = dict(Document.objects.filter(kind="question").values_list("key", "number"))
    last = ChangeCounter.objects.get().last
    assert after == {"question:1": last, "question:2": last, "question:3": before["question:3"]}
    assert set(Change.objects.filter(number=last).values_list("key", flat=True)) == {"question:1", "question:2"}
    assert naming(concept) == ["question:1", "question:2"]


def test_it_goes_on_chunk_by_chunk(follower: Follower, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learning, "CHUNK", 2)
    put(*["Lupus"] * 5)
    concept = make_concept("Lupus")
    follower.step()

    tasks = learn_all()

    assert (len(naming(concept)), tasks) == (5, 3)


def test_many_concepts_are_learnt_in_one_pass(follower: Follower, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learning, "MANY", 1)
    put("Lupus", "Gout")
    concepts = [make_concept("Lupus"), make_concept("Gout"), make_concept("Acne")]
    follower.step()

    tasks = learn_all()

    assert ([naming(concept) for concept in concepts], tasks) == ([["question:1"], ["question:2"], []], 1)


def test_nothing_is_done_where_nothing_changed(index: Follower) -> None:
    make_concept("Lupus")
    learn_all()

    assert (learn_names(), DBTaskResult.objects.count()) == (0, 0)


def test_what_changes_right_now_waits_until_it_has_settled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learning, "SETTLED", dt.timedelta(seconds=60))
    make_concept("Lupus")

    assert learn_names() == 0


def test_a_renamed_concept_is_found_by_its_new_name() -> None:
    concept = make_concept("Lupus", "狼瘡")
    make_question(Status.PUBLISHED, concepts=[concept])
    assert Document.objects.get(key=f"concept:{concept.pk}-en").title == "Lupus"

    concept.name_en = "Wolf"
    concept.save()
    learn_all()

    assert Document.objects.get(key=f"concept:{concept.pk}-en").title == "Wolf"
