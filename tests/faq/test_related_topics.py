"""The neighbours of a topic: by shared questions, then by department; stored, and true at reading."""

import pytest
from django.test import Client

from faq.models import RelatedTopic, Topic
from faq.related_topics import KEPT, renew_all, renew_related, renew_topic
from faq.states import Status
from search.models import Change
from tests.factories import make_concept, make_department, make_question, make_topic
from tests.reading import links, read

pytestmark = pytest.mark.django_db


def neighbours_of(topic: Topic) -> dict[int, float]:
    return dict(RelatedTopic.objects.filter(topic=topic).shown().values_list("other_id", "score"))


def test_topics_are_near_that_the_same_public_questions_are_about() -> None:
    lupus, kidney, knee = (make_topic(language="en") for _number in range(3))
    for status in (Status.PUBLISHED, Status.CLOSED, Status.ANSWERED):
        make_question(status, concepts=[lupus.concept, kidney.concept])
    make_question(Status.PUBLISHED, language="zh-hant", concepts=[lupus.concept, knee.concept])

    renew_related(lupus)

    assert neighbours_of(lupus) == {kidney.pk: 2}


def test_a_shared_question_outweighs_the_department_and_the_same_concept_elsewhere_is_no_neighbour() -> None:
    department = make_department()
    lupus, beside = make_topic(department=department), make_topic(department=department)
    far, same = make_topic(), make_topic(lupus.concept)
    make_question(Status.PUBLISHED, concepts=[lupus.concept, far.concept])

    renew_related(lupus)

    assert neighbours_of(lupus) == {far.pk: 1, beside.pk: 0.5}
    assert same.pk not in neighbours_of(lupus)


def test_the_list_is_short_and_a_second_run_changes_nothing() -> None:
    department = make_department()
    topics = [make_topic(department=department) for _number in range(KEPT + 3)]
    first = renew_all()
    number = Change.objects.last()

    again = renew_all()

    assert (first, again) == (len(topics), 0)
    assert len(neighbours_of(topics[0])) == KEPT
    assert Change.objects.last() == number


def test_a_topic_that_is_taken_down_is_gone_from_the_page_at_once_and_from_the_list_next(client: Client) -> None:
    department = make_department()
    lupus, beside = make_topic(make_concept("SLE"), department), make_topic(make_concept("Gout"), department)
    renew_all()
    before = links(read(client, lupus.get_absolute_url()).one("section", **{"aria-labelledby": "related"}))

    beside.is_public = False
    beside.save()

    after = read(client, lupus.get_absolute_url()).every("section", **{"aria-labelledby": "related"})
    assert (list(before), after) == ([f"Gout ({department.name_en})"], [])
    renew_topic.func(lupus.pk)
    assert not RelatedTopic.objects.filter(topic=lupus).exists()


def test_a_topic_that_is_gone_is_nothing_to_renew() -> None:
    renew_topic.func(999999)

    assert not RelatedTopic.objects.exists()
