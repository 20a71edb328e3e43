"""The vocabulary as moderators and editors keep it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from search.models import Concept
from tests.factories import make_concept, make_question, make_user

pytestmark = pytest.mark.django_db

LIST = "/admin/search/concept/"


@pytest.fixture
def desk() -> Client:
    client = Client()
    client.force_login(make_user(role="moderator"))
    return client


def page_of(concept: Concept) -> str:
    return reverse("admin:search_concept_change", args=[concept.pk])


def filled(concept: Concept, *new_names: str, **columns: Any) -> dict[str, Any]:
    kept = list(concept.names.all()) if concept.pk else []
    rows: list[dict[str, Any]] = [
        {"id": name.pk, "concept": concept.pk, "text": name.text, "language": name.language} for name in kept
    ]
    rows += [{"text": name, "language": "en"} for name in new_names]
    known = {
        "name_en": concept.name_en,
        "name_zh_hant": concept.name_zh_hant,
        "kind": concept.kind,
        "names-TOTAL_FORMS": len(rows),
        "names-INITIAL_FORMS": len(kept),
    }
    return known | {f"names-{n}-{name}": value for n, row in enumerate(rows) for name, value in row.items()} | columns


def names_of(concept: Concept) -> set[str]:
    return set(concept.names.values_list("text", flat=True))


def test_a_concept_is_made_with_its_synonyms(desk: Client) -> None:
    unsaved = Concept(name_en="SLE", name_zh_hant="紅斑性狼瘡", kind="disease")

    desk.post(reverse("admin:search_concept_add"), filled(unsaved, "Lupus"))

    made = Concept.objects.get()
    assert (made.label, names_of(made)) == ("SLE", {"SLE", "紅斑性狼瘡", "Lupus"})


def test_two_concepts_can_be_called_the_same_after_a_renaming(desk: Client) -> None:
    old = make_concept("Cold", "感冒", name="Cold")
    desk.post(page_of(old), filled(old, name_en="Common cold"))

    desk.post(reverse("admin:search_concept_add"), filled(Concept(name_en="Cold", name_zh_hant="冷", kind="symptom")))

    assert sorted(Concept.objects.values_list("name_en", flat=True)) == ["Cold", "Common cold"]


@pytest.mark.parametrize("typed", ["sle", "ＳＬＥ", "SLE"])
def test_a_name_that_another_concept_is_shown_by_is_refused(desk: Client, typed: str) -> None:
    make_concept("SLE", "紅斑性狼瘡")

    answer = desk.post(reverse("admin:search_concept_add"), filled(Concept(name_en=typed, kind="disease")))

    assert answer.context["adminform"].form.errors == {
        "name_en": ["Another concept is shown by this name: SLE · 紅斑性狼瘡."]
    }


def test_a_concept_without_any_name_is_refused(desk: Client) -> None:
    answer = desk.post(reverse("admin:search_concept_add"), filled(Concept(kind="disease")))

    assert answer.context["adminform"].form.errors == {"name_en": ["Write the name in at least one language."]}


@pytest.mark.parametrize("again", ["lupus", "ＬＵＰＵＳ", "SLE"])
def test_a_name_that_is_there_already_is_refused(desk: Client, again: str) -> None:
    concept = make_concept("SLE")
    desk.post(page_of(concept), filled(concept, "Lupus"))

    answer = desk.post(page_of(concept), filled(concept, again))

    errors = [form.errors for form in answer.context["inline_admin_formsets"][0].formset.forms if form.errors]
    assert errors == [{"text": ["This name is here already."]}]
    assert names_of(concept) == {"SLE", "Lupus"}


def test_a_new_concept_with_its_own_name_as_synonym_is_refused_and_not_a_crash(desk: Client) -> None:
    answer = desk.post(reverse("admin:search_concept_add"), filled(Concept(name_en="SLE", kind="disease"), "sle"))

    assert (answer.status_code, Concept.objects.count()) == (200, 0)


def test_a_shown_name_is_found_even_when_its_row_was_deleted(desk: Client) -> None:
    concept = make_concept("SLE")

    desk.post(page_of(concept), filled(concept, **{"names-0-DELETE": "on"}))

    assert names_of(concept) == {"SLE"}


def test_a_name_that_folds_into_very_many_letters_is_kept(desk: Client) -> None:
    concept = make_concept("SLE")

    answer = desk.post(page_of(concept), filled(concept, "ﷺ" * 120))

    assert (answer.status_code, concept.names.count()) == (302, 2)


def test_proposals_are_accepted_together(desk: Client) -> None:
    proposals = [make_concept(is_proposal=True) for _each in range(2)]
    known = make_concept()

    answer: Any = desk.post(
        LIST,
        {"action": "accept_proposals", "_selected_action": [row.pk for row in [*proposals, known]]},
        follow=True,
    )

    assert [str(message) for message in answer.context["messages"]] == ["2 proposals were accepted."]
    assert Concept.objects.accepted().count() == 3


def test_a_tag_in_use_is_not_deleted(desk: Client) -> None:
    concept = make_concept()
    make_question(concepts=[concept])

    answer = desk.post(reverse("admin:search_concept_delete", args=[concept.pk]), {"post": "yes"})

    assert Concept.objects.filter(pk=concept.pk).exists()
    assert answer.status_code in {200, 403, 404}


@pytest.mark.parametrize(("typed", "found"), [("台灣", 1), ("臺灣", 1), ("taiwan", 1), ("japan", 0)])
def test_the_list_is_searched_by_any_name_in_any_writing(desk: Client, typed: str, found: int) -> None:
    make_concept("Taiwan fever", "臺灣熱")

    assert desk.get(LIST, {"q": typed}).context["cl"].result_count == found


def test_a_typed_word_becomes_the_concept_that_is_called_so_or_a_proposal() -> None:
    known = make_concept("SLE", "紅斑性狼瘡")

    again = [Concept.objects.proposed("ｓｌｅ", "en"), Concept.objects.proposed("紅斑性狼瘡", "zh-hant")]
    new, same = Concept.objects.proposed("打嗝", "zh-hant"), Concept.objects.proposed("打嗝", "zh-hant")

    assert again == [known, known]
    assert (new, new.is_proposal, new.name_zh_hant) == (same, True, "打嗝")
