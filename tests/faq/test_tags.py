"""What is typed as a tag becomes a concept, in either language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faq.tags import concepts_like, concepts_named, propose, typed_tags
from search.models import Concept, ConceptName
from tests.factories import make_concept


def test_tags_are_parted_by_commas_of_both_languages_and_by_lines() -> None:
    assert typed_tags("SLE, fever、 發燒；fever\n 頭痛，") == ["SLE", "fever", "發燒", "頭痛"]


@given(typed=st.text())
def test_no_typed_tag_is_empty_or_repeated(typed: str) -> None:
    tags = typed_tags(typed)

    assert tags == list(dict.fromkeys(tags))
    assert all(tag.strip() == tag and tag for tag in tags)


@pytest.mark.django_db
def test_a_name_is_found_in_either_language_and_in_any_case() -> None:
    lupus = make_concept("Lupus", "狼瘡")

    assert [concepts_named("LUPUS"), concepts_named("狼瘡"), concepts_named("lup")] == [[lupus], [lupus], []]


@pytest.mark.django_db
def test_an_accepted_concept_comes_before_a_proposal_of_the_same_name() -> None:
    make_concept("Lupus", is_proposal=True)
    accepted = make_concept("Lupus")

    assert concepts_named("lupus") == [accepted]


@pytest.mark.django_db
def test_the_exact_name_comes_before_those_that_begin_so_and_those_before_the_others() -> None:
    inside, exact, begins = make_concept("drug-induced lupus"), make_concept("lupus"), make_concept("lupus nephritis")

    assert concepts_like("Lupus") == [exact, begins, inside]


@pytest.mark.django_db
def test_nothing_typed_suggests_nothing() -> None:
    make_concept("lupus")

    assert concepts_like("  ") == []


@pytest.mark.django_db
def test_an_unknown_word_becomes_a_proposal_in_the_language_of_its_script() -> None:
    english, chinese = propose("sun rash"), propose("曬傷")

    assert [(each.name_en, each.name_zh_hant, each.is_proposal) for each in (english, chinese)] == [
        ("sun rash", "", True),
        ("", "曬傷", True),
    ]
    assert ConceptName.objects.filter(folded="曬傷").get().concept == chinese


@pytest.mark.django_db
def test_the_same_proposal_is_made_once() -> None:
    assert propose("Sun rash") == propose("sun  rash".replace("  ", " "))
    assert Concept.objects.count() == 1
