"""What is suggested while somebody types."""

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from faq.states import Status
from search.changes import bury_document, changing, put_documents
from search.index.follower import Follower
from search.models import ConceptName, Document
from search.suggesting import suggestions
from tests.factories import make_concept, make_department, make_question, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _renewed(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test waits for half a minute."""
    monkeypatch.setattr("search.suggesting.RENEWED_AFTER", 0.0)


def put(*documents: Document) -> None:
    with changing():
        put_documents(list(documents))


def person(number: int, title: str, body: str = "", language: str = "en") -> Document:
    key = f"physician:{number}-{language}"
    return Document(key=key, kind="physician", language=language, title=title, body=body, path=f"/{key}/")


def titles(typed: str, prefix: str = "en") -> list[str]:
    return [document.title for document in suggestions(typed, prefix)]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("lu", ["Systemic lupus erythematosus"]),
        ("Systemic lup", ["Systemic lupus erythematosus"]),
        ("sle", ["Systemic lupus erythematosus"]),
        ("wolf", ["Systemic lupus erythematosus"]),
        ("狼", ["Systemic lupus erythematosus"]),
        ("性狼疮", ["Systemic lupus erythematosus"]),
        ("l", []),
        ("upus", []),
        ("", []),
        ("  ", []),
        ("lupus A123456789", []),
        ("lupus" * 20, []),
    ],
)
def test_a_topic_is_suggested_by_the_beginning_of_any_word_of_its_names(typed: str, expected: list[str]) -> None:
    concept = make_concept("Systemic lupus erythematosus", "紅斑性狼瘡", display_en="")
    ConceptName.objects.create(concept=concept, text="SLE", language="en")
    ConceptName.objects.create(concept=concept, text="the wolf", language="en")
    make_topic(concept)

    assert titles(typed) == expected


def test_what_begins_with_the_words_goes_before_what_has_them_inside() -> None:
    put(person(1, "Ann Lindt"), person(2, "Lindt Bo"), person(3, "Dr Olindt"))

    assert titles("lin") == ["Lindt Bo", "Ann Lindt"]


def test_what_is_called_exactly_so_goes_first() -> None:
    put(person(1, "Lin Bo"), person(2, "Anna Maria Lin"))

    assert titles("lin") == ["Anna Maria Lin", "Lin Bo"]


def test_a_concept_is_suggested_unless_one_topic_tells_of_it(index: Follower) -> None:
    concept = make_concept("Lupus")
    make_topic(concept, make_department("skin"))
    assert [document.kind for document in suggestions("lup", "en")] == ["topic"]

    make_topic(concept, make_department("heart"))

    assert [document.kind for document in suggestions("lup", "en")] == ["topic", "topic", "concept"]


def test_a_person_is_found_by_the_name_in_the_other_script_too() -> None:
    put(person(1, "Lin Bo", body="林波\n\nlungs"), person(1, "林波", body="Lin Bo\n\n肺", language="zh-hant"))

    assert (titles("林"), titles("lin", "zh-hant"), titles("lungs"), titles("肺", "zh-hant")) == (
        ["Lin Bo"],
        ["林波"],
        [],
        [],
    )


def test_what_is_taken_down_is_not_suggested_again() -> None:
    put(person(1, "Lin Bo"))
    assert titles("lin") == ["Lin Bo"]

    with changing():
        bury_document("physician:1-en")

    assert titles("lin") == []


def test_titles_of_texts_with_the_words_fill_the_list(index: Follower) -> None:
    make_question(Status.PUBLISHED, title="Headache in the morning")
    make_question(Status.PUBLISHED, title="Medicine for headaches")
    make_question(Status.PUBLISHED, title="早上頭痛", language="zh-hant")
    make_question(Status.ANSWERED, title="A headache that nobody reads")
    index.step()

    assert sorted(titles("headac")) == ["Headache in the morning", "Medicine for headaches"]
    assert titles("morning head") == ["Headache in the morning"]
    assert titles("頭痛", "zh-hant") == ["早上頭痛"]
    assert titles("頭痛") == []
    assert titles("he") == []


def test_there_are_eight_suggestions_at_most(index: Follower) -> None:
    department = make_department()
    for number in range(12):
        make_topic(make_concept(f"Fever {number}"), department)
        make_question(Status.PUBLISHED, department, title=f"My fever {number}")
    index.step()

    found = suggestions("fever", "en")

    assert [document.kind for document in found] == ["topic"] * 5 + ["question"] * 3


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50, deadline=None)
@given(st.text(max_size=70), st.sampled_from(["en", "zh-hant", "xx"]))
def test_whatever_is_typed_is_answered(index: Follower, typed: str, prefix: str) -> None:
    index.step()

    assert suggestions(typed, prefix) == []
