"""Two concepts become one: nothing is lost, nothing doubled, and all of it can be taken back."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from articles.models import TaggedArticle
from faq.models import Question, TaggedQuestion, Topic
from faq.states import Status
from people.models import User
from search.merging import MergeRefused, merge, preview, tables, undo
from search.models import Change, Concept, ConceptMerge, ConceptName
from search.relations import relations_to
from tests.factories import make_article, make_concept, make_department, make_question, make_topic, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator() -> User:
    return make_user(role="moderator")


@pytest.fixture
def lupus() -> Concept:
    return make_concept("Lupus", "狼瘡")


@pytest.fixture
def sle() -> Concept:
    return make_concept("SLE", "紅斑性狼瘡")


def tags_of(*questions: Question) -> list[set[str]]:
    return [
        set(TaggedQuestion.objects.filter(content_object=question).values_list("tag__name_en", flat=True))
        for question in questions
    ]


def names_of(concept: Concept) -> set[str]:
    return set(ConceptName.objects.filter(concept=concept).values_list("text", flat=True))


def world() -> dict[str, list[tuple[Any, ...]]]:
    """Every row that says something about a concept."""
    found = {relation.label: list(relation.rows().order_by("pk").values_list()) for relation in tables()}
    return {**found, "merged": list(Concept.objects.order_by("pk").values_list("pk", "merged_into"))}


def test_every_table_that_points_at_concepts_is_known_whichever_app_it_is_of() -> None:
    known = {(relation.label, relation.field.name) for relation in relations_to(Concept)}

    assert known >= {
        ("articles.taggedarticle", "tag"),
        ("faq.taggedquestion", "tag"),
        ("faq.topic", "concept"),
        ("search.concept", "merged_into"),
        ("search.conceptname", "concept"),
    }
    assert not any("historical" in label for label, _field in known)


def test_what_points_at_one_points_at_the_other(moderator: User, lupus: Concept, sle: Concept) -> None:
    only, both = make_question(concepts=[lupus]), make_question(concepts=[lupus, sle])
    article = make_article()
    TaggedArticle.objects.create(content_object=article, tag=lupus)
    topic = make_topic(lupus)
    older = make_concept("Old", merged_into=lupus)

    done = merge(lupus, into=sle, by=moderator)

    topic.refresh_from_db()
    older.refresh_from_db()
    lupus.refresh_from_db()
    assert tags_of(only, both) == [{"SLE"}, {"SLE"}]
    assert [row.tag for row in TaggedArticle.objects.all()] == [sle]
    assert (topic.concept, older.merged_into, lupus.merged_into) == (sle, sle, sle)
    assert (names_of(lupus), names_of(sle)) == (set(), {"Lupus", "狼瘡", "SLE", "紅斑性狼瘡"})
    assert (done.merged_by, done.undone_at) == (moderator, None)


def test_the_preview_says_beforehand_what_is_moved_and_what_is_dropped(lupus: Concept, sle: Concept) -> None:
    make_question(concepts=[lupus])
    make_question(concepts=[lupus, sle])
    make_topic(lupus)
    sle.names.create(text="lupus", language="en")

    parts = {part.relation.label: (part.moved, part.dropped, part.conflicts) for part in preview(lupus, sle)}

    assert parts == {"faq.taggedquestion": (1, 1, []), "faq.topic": (1, 0, []), "search.conceptname": (1, 1, [])}


def test_it_is_refused_where_both_have_a_topic_in_one_department_and_language(
    moderator: User, lupus: Concept, sle: Concept
) -> None:
    department = make_department()
    ours, theirs = make_topic(lupus, department), make_topic(sle, department)
    make_topic(lupus, department, "zh-hant")
    make_question(concepts=[lupus])
    before = world()

    with pytest.raises(MergeRefused) as refusal:
        merge(lupus, into=sle, by=moderator)

    assert [(conflict.row, conflict.kept) for conflict in refusal.value.conflicts] == [(ours, theirs)]
    assert (world(), ConceptMerge.objects.count()) == (before, 0)


def test_topics_in_two_departments_or_languages_are_no_conflict(moderator: User, lupus: Concept, sle: Concept) -> None:
    department = make_department()
    make_topic(sle, department)
    make_topic(lupus, department, "zh-hant")
    make_topic(lupus)

    merge(lupus, into=sle, by=moderator)

    assert Topic.objects.filter(concept=sle).count() == 3


def test_what_is_merged_and_undone_is_as_it_was_row_by_row(moderator: User, lupus: Concept, sle: Concept) -> None:
    make_question(concepts=[lupus])
    make_question(concepts=[lupus, sle])
    TaggedArticle.objects.create(content_object=make_article(), tag=lupus)
    make_topic(lupus)
    sle.names.create(text="lupus", language="zh-hant")
    make_concept("Old", merged_into=lupus)
    before = world()
    done = merge(lupus, into=sle, by=moderator)
    merged = world()

    undone = undo(done, by=moderator)

    assert merged != before
    assert world() == before
    assert (undone.left, undone.merge.undone_by) == (0, moderator)


def test_an_undoing_restores_the_journal_and_leaves_with_the_survivor_what_was_added_since(
    moderator: User, lupus: Concept, sle: Concept
) -> None:
    only, both = make_question(concepts=[lupus]), make_question(concepts=[lupus, sle])
    done = merge(lupus, into=sle, by=moderator)
    since = make_question(concepts=[sle])
    new_topic = make_topic(sle)
    sle.names.create(text="disseminated lupus", language="en")

    undo(done, by=moderator)

    assert tags_of(only, both, since) == [{"Lupus"}, {"Lupus", "SLE"}, {"SLE"}]
    assert Topic.objects.get().concept == new_topic.concept == sle
    assert (names_of(lupus), names_of(sle)) == ({"Lupus", "狼瘡"}, {"SLE", "紅斑性狼瘡", "disseminated lupus"})


def test_rows_that_were_deleted_or_given_to_others_meanwhile_are_left_alone(
    moderator: User, lupus: Concept, sle: Concept
) -> None:
    other = make_concept("Other")
    untagged, retagged, gone, kept = [make_question(concepts=[lupus]) for _each in range(4)]
    done = merge(lupus, into=sle, by=moderator)
    TaggedQuestion.objects.filter(content_object=untagged).delete()
    TaggedQuestion.objects.filter(content_object=retagged).update(tag=other)
    TaggedQuestion.objects.filter(content_object=gone).delete()

    undone = undo(done, by=moderator)

    assert tags_of(untagged, retagged, kept) == [set(), {"Other"}, {"Lupus"}]
    assert undone.left == 3


def test_a_dropped_row_whose_number_is_taken_comes_back_under_a_new_one(
    moderator: User, lupus: Concept, sle: Concept
) -> None:
    question = make_question(concepts=[lupus, sle])
    number = TaggedQuestion.objects.get(tag=lupus).pk
    done = merge(lupus, into=sle, by=moderator)
    other = make_question()
    TaggedQuestion.objects.create(pk=number, content_object=other, tag=sle)

    undo(done, by=moderator)

    assert "Lupus" in tags_of(question)[0]
    assert TaggedQuestion.objects.get(pk=number).content_object_id == other.pk


def test_a_name_that_the_survivor_lost_since_is_there_again(moderator: User, lupus: Concept, sle: Concept) -> None:
    done = merge(lupus, into=sle, by=moderator)
    ConceptName.objects.filter(concept=sle).delete()

    undo(done, by=moderator)

    assert (names_of(lupus), names_of(sle)) == ({"Lupus", "狼瘡"}, {"SLE", "紅斑性狼瘡"})


def test_it_is_not_undone_twice(moderator: User, lupus: Concept, sle: Concept) -> None:
    done = merge(lupus, into=sle, by=moderator)
    undo(done, by=moderator)

    with pytest.raises(MergeRefused, match="undone already"):
        undo(done, by=moderator)


def test_it_is_not_undone_while_the_survivor_is_merged_itself_and_then_it_is(
    moderator: User, lupus: Concept, sle: Concept
) -> None:
    question = make_question(concepts=[lupus])
    first = merge(lupus, into=sle, by=moderator)
    second = merge(sle, into=make_concept("Connective tissue disease"), by=moderator)

    with pytest.raises(MergeRefused, match="was itself merged into “Connective tissue disease” since"):
        undo(first, by=moderator)
    undo(second, by=moderator)
    undo(first, by=moderator)

    assert tags_of(question) == [{"Lupus"}]


def test_it_is_not_undone_while_a_later_merging_leans_on_one_of_its_rows(
    moderator: User, lupus: Concept, sle: Concept
) -> None:
    third = make_concept("Third")
    question = make_question(concepts=[lupus, third])
    first = merge(lupus, into=sle, by=moderator)
    second = merge(third, into=sle, by=moderator)

    with pytest.raises(MergeRefused, match="“Third” was merged into the same concept since"):
        undo(first, by=moderator)
    undo(second, by=moderator)
    undo(first, by=moderator)

    assert tags_of(question) == [{"Lupus", "Third"}]


def test_a_later_merging_that_shares_nothing_does_not_stand_in_the_way(
    moderator: User, lupus: Concept, sle: Concept
) -> None:
    one, two = make_question(concepts=[lupus]), make_question(concepts=[third := make_concept("Third")])
    first = merge(lupus, into=sle, by=moderator)
    merge(third, into=sle, by=moderator)

    undo(first, by=moderator)

    assert tags_of(one, two) == [{"Lupus"}, {"SLE"}]


@pytest.mark.parametrize(
    ("pair", "sentence"),
    [
        (lambda a, b, c: (a, a), "one and the same"),
        (lambda a, b, c: (c, b), "was merged already"),
        (lambda a, b, c: (b, c), "was merged already"),
        (lambda a, b, c: (a, make_concept("New", is_proposal=True)), "only a proposal"),
    ],
    ids=["itself", "twice", "into what is merged", "into a proposal"],
)
def test_what_makes_no_sense_is_refused(
    moderator: User, lupus: Concept, sle: Concept, pair: Callable[..., tuple[Concept, Concept]], sentence: str
) -> None:
    merged = make_concept("Merged", merged_into=sle)
    loser, survivor = pair(lupus, sle, merged)

    with pytest.raises(MergeRefused, match=sentence):
        merge(loser, into=survivor, by=moderator)


def test_all_that_shows_a_name_is_told_of_a_merging_and_of_its_undoing(
    moderator: User, lupus: Concept, sle: Concept
) -> None:
    question, article, topic = make_question(Status.PUBLISHED, concepts=[lupus]), make_article(), make_topic(lupus)
    TaggedArticle.objects.create(content_object=article, tag=lupus)
    expected = {
        f"question:{question.pk}",
        f"article:{article.pk}",
        f"topic:{topic.pk}",
        f"concept:{lupus.pk}",
        f"concept:{sle.pk}",
        *(f"concept:{pk}-{language}" for pk in (lupus.pk, sle.pk) for language in ("en", "zh-hant")),
    }
    Change.objects.all().delete()

    done = merge(lupus, into=sle, by=moderator)
    merged = set(Change.objects.values_list("key", flat=True))
    Change.objects.all().delete()
    undo(done, by=moderator)

    assert (merged, set(Change.objects.values_list("key", flat=True))) == (expected, expected)


def test_a_merging_costs_no_query_for_each_row(
    moderator: User, lupus: Concept, sle: Concept, django_assert_max_num_queries: Any
) -> None:
    make_question(concepts=[lupus, *[make_concept() for _each in range(3)]])
    for _each in range(30):
        make_question(concepts=[lupus])

    with django_assert_max_num_queries(60):
        merge(lupus, into=sle, by=moderator)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time")
def test_of_two_mergings_that_cross_one_is_done_and_the_other_refused() -> None:
    moderator, lupus, sle = make_user(role="moderator"), make_concept("Lupus"), make_concept("SLE")
    for _each in range(20):
        make_question(concepts=[lupus, sle])
    outcomes: list[str] = []

    def run(loser: Concept, survivor: Concept) -> None:
        try:
            merge(loser, into=survivor, by=moderator)
            outcomes.append("done")
        except MergeRefused:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in ((lupus, sle), (sle, lupus))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["done", "refused"]
    assert TaggedQuestion.objects.count() == 20
