"""Concepts: what they are shown by, what they are found by, and who hears of a change."""

import pytest
from django.utils.translation import override

from search.models import Change, Concept, Document
from tests.factories import make_concept, make_topic

pytestmark = pytest.mark.django_db


def changed_keys() -> set[str]:
    keys = set(Change.objects.values_list("key", flat=True))
    Change.objects.all().delete()
    return keys


@pytest.mark.parametrize(
    ("language", "columns", "label"),
    [
        ("en", {}, "Systemic lupus erythematosus"),
        ("en", {"display_en": "SLE"}, "SLE"),
        ("zh-hant", {"display_en": "SLE"}, "全身性紅斑性狼瘡"),
        ("zh-hant", {"display_zh_hant": "紅斑性狼瘡"}, "紅斑性狼瘡"),
        ("zh-hant", {"name_zh_hant": "", "display_en": "SLE"}, "SLE"),
    ],
)
def test_readers_see_the_display_form_of_their_language(language: str, columns: dict[str, str], label: str) -> None:
    names = {"name_en": "Systemic lupus erythematosus", "name_zh_hant": "全身性紅斑性狼瘡"}
    concept = Concept(**{**names, **columns})

    with override(language):
        assert concept.label == label


def test_staff_choose_a_concept_by_its_full_names() -> None:
    concept = Concept(name_en="Systemic lupus erythematosus", name_zh_hant="全身性紅斑性狼瘡", display_en="SLE")

    assert concept.both_names == "Systemic lupus erythematosus · 全身性紅斑性狼瘡"


def test_a_concept_is_found_by_its_display_forms_too() -> None:
    concept = make_concept("Systemic lupus erythematosus", display_en="SLE", display_zh_hant="狼瘡")

    assert list(Concept.objects.called("ｓｌｅ")) == list(Concept.objects.called("狼瘡")) == [concept]


def test_names_lose_what_nobody_sees() -> None:
    concept = make_concept("SL\u202eE\u200b  syndrome")

    assert (concept.name_en, [name.text for name in concept.names.all()]) == ("SLE syndrome", ["SLE syndrome"])


def test_a_merged_concept_takes_no_names_back() -> None:
    concept = make_concept("Lupus", merged_into=make_concept("SLE"))

    concept.save()

    assert not concept.names.exists()


def test_a_concept_that_is_saved_accepted_or_deleted_is_told_as_a_change() -> None:
    changed_keys()
    concept = make_concept(is_proposal=True)
    key, made = f"concept:{concept.pk}", changed_keys()
    Concept.objects.accept()
    accepted = changed_keys()
    concept.delete()

    assert [made, accepted, changed_keys()] == [{key}] * 3


def test_what_is_found_by_a_concepts_name_is_found_by_its_new_one() -> None:
    concept = make_concept("Lupus", "狼瘡")
    public = make_topic(concept)
    make_topic(concept, is_public=False)
    changed_keys()

    concept.name_en = "SLE"
    concept.save()

    assert changed_keys() == {f"concept:{concept.pk}", f"topic:{public.pk}"}
    assert [document.title for document in Document.objects.live().filter(kind="topic")] == ["SLE"]
