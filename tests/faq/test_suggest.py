"""What is offered beside a question, and why."""

from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from faq.department_learning import learn
from faq.department_model import model_file
from faq.states import Status
from faq.suggest import concepts_in, suggestions_for
from search import classifying
from search.merging import merge
from search.models import Concept, ConceptName
from tests.factories import make_concept, make_department, make_question, make_topic

pytestmark = pytest.mark.django_db


def found_in(title: str, body: str = "", language: str = "en") -> list[Concept]:
    question = make_question(Status.SUBMITTED, title=title, body=body, language=language)
    return [each.concept for each in concepts_in([question])[question.pk]]


def test_the_longest_name_that_stands_in_the_text_counts() -> None:
    make_concept("lupus")
    nephritis = make_concept("lupus nephritis")

    assert found_in("What about lupus nephritis?") == [nephritis]


def test_a_shorter_name_counts_where_it_stands_alone() -> None:
    lupus, nephritis = make_concept("lupus"), make_concept("lupus nephritis")

    assert found_in("Lupus nephritis in lupus") == [nephritis, lupus]


def test_a_latin_name_is_a_word_of_its_own() -> None:
    make_concept("arm", kind=Concept.Kind.BODY)
    rash = make_concept("rash", kind=Concept.Kind.SYMPTOM)

    assert found_in("Warm hands, red rashes") == [rash]


def test_a_chinese_name_is_found_inside_a_sentence() -> None:
    lupus = make_concept("", "紅斑性狼瘡")
    make_concept("", "狼瘡")

    assert found_in("我有紅斑性狼瘡三年", language="zh-hant") == [lupus]


def test_a_synonym_in_any_spelling_leads_to_the_concept() -> None:
    lupus = make_concept("Systemic lupus erythematosus")
    ConceptName.objects.create(concept=lupus, text="SLE", language="en")

    assert found_in("Is ＳＬＥ inherited?") == [lupus]


def test_two_concepts_of_one_name_are_both_offered() -> None:
    inner, skin = make_concept("SLE"), make_concept("SLE")

    assert found_in("Living with SLE") == [inner, skin]


def test_a_merged_concept_leads_to_the_one_it_became() -> None:
    kept = make_concept("Influenza")
    merge(make_concept("Flu"), into=kept, by=None)

    assert found_in("The flu again") == [kept]


def test_proposals_are_not_offered() -> None:
    make_concept("miracle cure", is_proposal=True)
    fever = make_concept("fever", kind=Concept.Kind.SYMPTOM)

    assert found_in("Fever and the miracle cure") == [fever]


def test_the_title_says_more_than_the_body_and_a_disease_more_than_a_drug() -> None:
    drug, disease = make_concept("aspirin", kind=Concept.Kind.DRUG), make_concept("gout")
    symptom = make_concept("fever", kind=Concept.Kind.SYMPTOM)

    assert found_in("Fever", "Gout and aspirin") == [symptom, disease, drug]


def test_percent_signs_and_patterns_in_a_text_are_only_characters() -> None:
    gout = make_concept("gout")

    assert found_in("100% (gout) [a-z]* \\ %s _") == [gout]


def test_departments_are_suggested_by_topics_and_by_where_like_questions_were_answered() -> None:
    lupus = make_concept("lupus")
    rheumatology, dermatology = make_department(), make_department()
    make_topic(lupus, rheumatology)
    make_question(Status.PUBLISHED, dermatology, concepts=[lupus])
    asked = make_question(Status.SUBMITTED, title="lupus")

    suggested = suggestions_for(asked, []).departments

    assert [(each.department, list(each.because.values())) for each in suggested] == [
        (rheumatology, [lupus]),
        (dermatology, [lupus]),
    ]


def test_like_questions_say_what_they_share() -> None:
    lupus = make_concept("lupus")
    other = make_question(Status.PUBLISHED, concepts=[lupus])
    asked = make_question(Status.SUBMITTED, title="lupus")

    assert [(each.question, each.because) for each in suggestions_for(asked, []).questions] == [(other, [lupus])]


def test_a_tag_that_is_set_is_not_suggested_again() -> None:
    lupus, fever = make_concept("lupus"), make_concept("fever")
    asked = make_question(Status.SUBMITTED, title="lupus and fever", concepts=[lupus])

    assert [each.concept for each in suggestions_for(asked, [lupus]).tags] == [fever]


def test_many_questions_cost_two_queries(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    make_concept("lupus")
    questions = [make_question(Status.SUBMITTED, title="lupus") for _number in range(3)]

    with django_assert_num_queries(2):
        found = concepts_in(questions)

    assert [len(found[question.pk]) for question in questions] == [1, 1, 1]


def test_what_was_learnt_goes_before_votes_and_keeps_their_reasons(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.INDEX_DIR = tmp_path
    monkeypatch.setattr(classifying, "BUCKETS", 1 << 14)
    classifying.bucket.cache_clear()
    lupus = make_concept("lupus")
    rheumatology, dermatology, other = make_department(), make_department(), make_department()
    make_topic(lupus, rheumatology)
    for _number in range(3):
        make_question(Status.PUBLISHED, dermatology, title="purple spots", body="purple spots", concepts=[lupus])
    make_question(Status.PUBLISHED, other)
    asked = make_question(Status.SUBMITTED, title="lupus", body="purple spots, purple spots")

    voted = [each.department for each in suggestions_for(asked, []).departments]
    learn(model_file())
    suggested = suggestions_for(asked, []).departments

    assert voted[0] == rheumatology
    assert (suggested[0].department, list(suggested[0].because.values())) == (dermatology, [lupus])
    assert len(suggested) == 3
