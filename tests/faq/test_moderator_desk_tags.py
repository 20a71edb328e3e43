"""Tags on the moderators' desk: ticked, typed in either language, proposed, and made plain where a name is unclear."""

import pytest
from django_tasks_db.models import DBTaskResult

from faq.forms.moderation import MOST_TAGS
from faq.models import Question
from faq.states import Status
from search.models import Concept
from tests.factories import make_concept, make_question
from tests.faq.moderating import acts_of, item, moderator_client, opened, press

pytestmark = pytest.mark.django_db


def tags_of(question: Question) -> list[str]:
    return sorted(tagged.tag.label for tagged in question.tagged.select_related("tag"))


def test_what_the_text_names_is_offered_and_ticked_with_one_click() -> None:
    lupus = make_concept("lupus")
    question = make_question(title="Lupus and sport")
    client = moderator_client()
    boxes = client.get(item(question)).context["tags"]

    press(client, question, "save", tags=[lupus.pk])

    assert [(box.concept, box.is_ticked, box.words) for box in boxes] == [(lupus, False, "lupus")]
    assert (tags_of(question), acts_of(question)) == (["lupus"], ["submit", "tag"])


def test_typed_names_are_found_in_either_language() -> None:
    make_concept("Lupus", "狼瘡")
    make_concept("Fever", "發燒")
    question = make_question()

    press(moderator_client(), question, "save", new_tags="狼瘡, FEVER")

    assert tags_of(question) == ["Fever", "Lupus"]


def test_an_unknown_word_becomes_a_proposal() -> None:
    question = make_question()

    press(moderator_client(), question, "save", new_tags="sun rash、曬傷")

    assert tags_of(question) == ["sun rash", "曬傷"]
    assert list(Concept.objects.values_list("is_proposal", flat=True)) == [True, True]


def test_nothing_is_proposed_when_the_page_has_an_error() -> None:
    press(moderator_client(), make_question(), "decline", new_tags="sun rash")

    assert Concept.objects.count() == 0


def test_a_name_of_two_concepts_is_asked_back_with_both_offered() -> None:
    inner, skin = make_concept("SLE", "全身性紅斑狼瘡"), make_concept("SLE", "皮膚型紅斑狼瘡")
    question = make_question()
    client = moderator_client()

    page = press(client, question, "save", new_tags="sle")
    press(client, question, "save", new_tags="sle", tags=[skin.pk])

    assert page.context["form"].errors.keys() == {"new_tags"}
    assert {box.concept for box in page.context["tags"]} == {inner, skin}
    assert [tagged.tag for tagged in question.tagged.all()] == [skin]


def test_a_refused_page_keeps_the_ticks() -> None:
    ticked, removed = make_concept("lupus"), make_concept("fever")
    question = make_question(concepts=[removed])

    page = press(moderator_client(), question, "decline", tags=[ticked.pk])

    assert {(box.concept, box.is_ticked) for box in page.context["tags"]} == {(ticked, True), (removed, False)}


def test_an_empty_selection_takes_every_tag_away() -> None:
    question = make_question(concepts=[make_concept(), make_concept()])

    press(moderator_client(), question, "save", tags=[])

    assert tags_of(question) == []


def test_a_question_has_no_more_tags_than_anybody_reads() -> None:
    question = make_question()

    page = press(moderator_client(), question, "save", new_tags=",".join(f"tag {n}" for n in range(MOST_TAGS + 1)))

    assert page.context["form"].errors == {"new_tags": [f"A question has at most {MOST_TAGS} tags."]}


def test_a_merged_concept_cannot_be_ticked() -> None:
    merged = make_concept("flu", merged_into=make_concept("influenza"))
    question = make_question()

    page = press(moderator_client(), question, "save", tags=[merged.pk])

    assert page.context["form"].errors.keys() == {"tags"}


def test_tagging_a_public_question_anew_orders_its_neighbours() -> None:
    question = make_question(Status.PUBLISHED, concepts=[make_concept()])

    press(moderator_client(), question, "save", new_tags="lupus")

    assert [task.args_kwargs["args"] for task in DBTaskResult.objects.all()] == [[question.pk]]


def test_the_page_costs_the_same_for_one_and_for_many_tags_findings_and_events(django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    question = make_question(Status.PUBLISHED, title="Words of a question", concepts=[make_concept()])
    client = moderator_client()
    opened(client, question)
    question.tagged.model.objects.bulk_create(
        question.tagged.model(content_object=question, tag=make_concept()) for _number in range(20)
    )

    with django_assert_max_num_queries(45):
        client.get(item(question))
