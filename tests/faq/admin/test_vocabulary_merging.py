"""Merging two concepts in the admin: choose, look, confirm, undo; and where a concept is used."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from articles.models import TaggedArticle
from faq.models import TaggedQuestion
from faq.states import Status
from people.models import User
from search.models import Concept, ConceptMerge
from tests.factories import make_article, make_concept, make_department, make_question, make_topic, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator() -> User:
    return make_user(role="moderator")


@pytest.fixture
def desk(moderator: User) -> Client:
    client = Client()
    client.force_login(moderator)
    return client


@pytest.fixture
def lupus() -> Concept:
    return make_concept("Lupus", "狼瘡")


@pytest.fixture
def sle() -> Concept:
    return make_concept("SLE", "紅斑性狼瘡")


def merging(concept: Concept) -> str:
    return reverse("admin:search_concept_merge", args=[concept.pk])


def page_of(concept: Concept) -> str:
    return reverse("admin:search_concept_change", args=[concept.pk])


def merged(desk: Client, loser: Concept, survivor: Concept) -> ConceptMerge:
    desk.post(merging(loser), {"into": survivor.pk})
    return ConceptMerge.objects.latest("pk")


def undone(desk: Client, done: ConceptMerge) -> Any:
    return desk.post(reverse("admin:search_concept_unmerge", args=[done.pk]), follow=True)


def test_a_look_says_what_moves_and_what_is_dropped_and_does_nothing(
    desk: Client, lupus: Concept, sle: Concept
) -> None:
    make_question(concepts=[lupus])
    make_question(concepts=[lupus, sle])

    answer: Any = desk.get(merging(lupus), {"into": sle.pk})

    effects = [(effect.label, effect.moved, effect.dropped) for effect in answer.context["effects"]]
    assert effects == [("questions", 1, 1), ("names of concepts", 2, 0)]
    assert not ConceptMerge.objects.exists()


def test_a_press_merges_tells_both_pages_and_leads_to_the_one_that_stays(
    desk: Client, moderator: User, lupus: Concept, sle: Concept
) -> None:
    make_question(concepts=[lupus])

    answer: Any = desk.post(merging(lupus), {"into": sle.pk}, follow=True)

    assert answer.redirect_chain == [(page_of(sle), 302)]
    assert TaggedQuestion.objects.get().tag == sle
    assert ConceptMerge.objects.get().merged_by == moderator
    assert set(LogEntry.objects.values_list("object_id", flat=True)) == {str(lupus.pk), str(sle.pk)}
    assert reverse("admin:search_concept_unmerge", args=[ConceptMerge.objects.get().pk]) in answer.content.decode()


def test_the_page_of_a_merged_concept_leads_to_the_other(desk: Client, lupus: Concept, sle: Concept) -> None:
    merged(desk, lupus, sle)

    assert desk.get(page_of(lupus)).headers["Location"] == page_of(sle)


def test_it_is_undone_with_a_press(desk: Client, moderator: User, lupus: Concept, sle: Concept) -> None:
    make_question(concepts=[lupus])
    done = merged(desk, lupus, sle)

    answer = undone(desk, done)

    done.refresh_from_db()
    assert answer.redirect_chain == [(page_of(lupus), 302)]
    assert (TaggedQuestion.objects.get().tag, done.undone_by) == (lupus, moderator)


def test_an_undoing_that_is_refused_says_why(desk: Client, lupus: Concept, sle: Concept) -> None:
    done = merged(desk, lupus, sle)
    undone(desk, done)

    answer = undone(desk, done)

    assert [str(message) for message in answer.context["messages"]] == ["This merging was undone already."]


def test_two_topics_in_one_department_are_both_linked_and_nothing_is_merged(
    desk: Client, lupus: Concept, sle: Concept
) -> None:
    department = make_department()
    topics = [make_topic(concept, department) for concept in (lupus, sle)]

    looked = desk.get(merging(lupus), {"into": sle.pk}).content.decode()
    pressed = desk.post(merging(lupus), {"into": sle.pk}).content.decode()

    links = [reverse("admin:faq_topic_change", args=[topic.pk]) for topic in topics]
    assert [[link in page for link in links] for page in (looked, pressed)] == [[True, True]] * 2
    assert not ConceptMerge.objects.exists()


@pytest.mark.parametrize("into", ["", "0", "x", "9" * 30, "-1"])
def test_what_is_no_concept_is_asked_for_again(desk: Client, lupus: Concept, into: str) -> None:
    answers = [desk.get(merging(lupus), {"into": into}), desk.post(merging(lupus), {"into": into})]

    assert {answer.status_code for answer in answers} <= {200, 400}
    assert not ConceptMerge.objects.exists()


def test_a_concept_is_not_merged_into_itself(desk: Client, lupus: Concept) -> None:
    answer = desk.post(merging(lupus), {"into": lupus.pk})

    assert "These are one and the same concept." in answer.content.decode()


@pytest.mark.parametrize("role", ["physician", "medical_reviewer", "administrator"])
def test_nobody_else_merges_or_undoes(desk: Client, lupus: Concept, sle: Concept, role: str) -> None:
    old = merged(desk, make_concept("Old"), sle)
    client = Client()
    client.force_login(make_user(role=role))

    codes = [client.post(merging(lupus), {"into": sle.pk}).status_code, undone(client, old).status_code]

    lupus.refresh_from_db()
    old.refresh_from_db()
    assert (codes, lupus.merged_into, old.undone_at) == ([404, 404], None, None)


def test_the_neighbours_of_the_questions_it_touched_are_computed_anew_in_chunks(
    desk: Client, lupus: Concept, sle: Concept
) -> None:
    touched = [make_question(concepts=[lupus]) for _each in range(51)]
    touched.append(make_question(concepts=[lupus, sle]))
    make_question(concepts=[sle])
    DBTaskResult.objects.all().delete()

    done = merged(desk, lupus, sle)
    chunks = [task.args_kwargs["args"][0] for task in DBTaskResult.objects.order_by("enqueued_at")]
    DBTaskResult.objects.all().delete()
    undone(desk, done)
    again = [task.args_kwargs["args"][0] for task in DBTaskResult.objects.order_by("enqueued_at")]

    assert [len(chunk) for chunk in chunks] == [50, 2]
    assert sorted(pk for chunk in chunks for pk in chunk) == sorted(question.pk for question in touched)
    assert again == chunks


def test_the_page_of_a_concept_says_where_it_is_used_with_links_for_those_who_may_look(
    desk: Client, lupus: Concept
) -> None:
    make_question(concepts=[lupus])
    make_question(Status.PUBLISHED, concepts=[lupus])
    TaggedArticle.objects.create(content_object=make_article(), tag=lupus)
    make_topic(lupus)
    editor = Client()
    editor.force_login(make_user(role="editor"))

    seen = [
        {use.label: (use.count, bool(use.url)) for use in client.get(page_of(lupus)).context["uses"]}
        for client in (desk, editor)
    ]

    assert seen == [
        {"articles": (1, False), "questions": (2, True), "topics": (1, True)},
        {"articles": (1, True), "questions": (2, False), "topics": (1, True)},
    ]


def test_each_link_leads_to_exactly_those_things(desk: Client, lupus: Concept, sle: Concept) -> None:
    wanted = make_question(concepts=[lupus]), make_topic(lupus)
    make_question(concepts=[sle])
    make_topic(sle)
    uses: Any = desk.get(page_of(lupus)).context["uses"]

    lists = [desk.get(use.url).context["cl"].result_list for use in uses]

    assert [list(rows) for rows in lists] == [[row] for row in wanted]


@pytest.mark.parametrize("value", ["0", "x", "9" * 30])
def test_a_tag_that_is_none_finds_no_question(desk: Client, value: str) -> None:
    make_question()

    answer: Any = desk.get("/admin/faq/question/", {"tag": value}, follow=True)

    assert (answer.status_code, len(answer.context["cl"].result_list)) == (200, 0)


@pytest.mark.parametrize(("value", "found"), [("yes", {"Tagged", "Topic"}), ("no", {"Nowhere"})])
def test_concepts_that_nothing_uses_are_found(desk: Client, value: str, found: set[str]) -> None:
    make_question(concepts=[make_concept("Tagged")])
    make_topic(make_concept("Topic"))
    make_concept("Nowhere")

    answer: Any = desk.get("/admin/search/concept/", {"used": value})

    assert {concept.name_en for concept in answer.context["cl"].result_list} == found
