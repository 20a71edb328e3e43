"""The quality page: what was measured in the night, and what a moderator can do about it."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from faq.measuring import measure_neighbours
from faq.models import NeighbourMeasure, Question, SimilarQuestion, SparedQuestion
from faq.states import Status
from tests.factories import make_concept, make_question, make_user
from tests.faq.moderating import moderator_client

pytestmark = pytest.mark.django_db

PAGE = "admin:faq_neighbourmeasure_changelist"


def pair(one: Question, other: Question, **fields: Any) -> SimilarQuestion:
    return SimilarQuestion.objects.create(question=one, other=other, **fields)


def test_the_figures_are_counted_once_a_day() -> None:
    one, other, alone = (make_question(Status.PUBLISHED) for _number in range(3))
    hidden = make_question(Status.ANSWERED)
    pair(one, other, shared=str(make_concept().pk))
    pair(other, one)
    pair(one, alone, origin=SimilarQuestion.Origin.BLOCKED)
    pair(alone, hidden, origin=SimilarQuestion.Origin.BLOCKED)
    measure_neighbours()

    measure = measure_neighbours()

    assert NeighbourMeasure.objects.count() == 1
    assert (measure.public, measure.without, measure.orphans) == (3, 1, [alone.pk])
    assert (measure.pairs, measure.unexplained, measure.blocked, measure.pinned) == (2, 1, 2, 0)
    assert (measure.unexplained_share, round(measure.without_share)) == (50, 33)


def test_old_figures_and_counts_are_forgotten() -> None:
    long_ago = timezone.localdate() - dt.timedelta(days=401)
    NeighbourMeasure.objects.create(measured_on=long_ago)
    SparedQuestion.count("question:1", long_ago)

    measure_neighbours()

    assert (NeighbourMeasure.objects.count(), SparedQuestion.objects.count()) == (1, 0)


def test_the_page_lists_what_can_be_mended_with_a_link_to_each() -> None:
    one, alone = make_question(Status.PUBLISHED), make_question(Status.PUBLISHED, title="Nobody like me")
    gone = make_question(Status.PUBLISHED, title="Gone")
    pair(one, one_more := make_question(Status.PUBLISHED, title="Blocked one"), origin=SimilarQuestion.Origin.BLOCKED)
    pair(one_more, one)
    pair(one, one_more := make_question(Status.PUBLISHED), shared="1")
    pair(one_more, one)
    measure_neighbours()
    gone.unpublish(by=make_user(role="moderator"), reason="a reason")
    today = timezone.localdate()
    for key in (f"question:{alone.pk}", f"question:{alone.pk}", f"question:{gone.pk}"):
        SparedQuestion.count(key, today)

    page = moderator_client().get(reverse(PAGE))

    assert [each.title for each in page.context["orphans"]] == ["Nobody like me"]
    assert [(each.question.title, each.times) for each in page.context["blocked"]] == [("Blocked one", 1)]
    assert [(each.document.title, each.times) for each in page.context["spared"]] == [("Nobody like me", 2)]
    assert f'href="{reverse("admin:faq_moderator_question", args=[alone.pk])}#neighbours"' in page.content.decode()


def test_it_costs_the_same_with_one_and_with_three_of_each(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    client = moderator_client()

    def add() -> None:
        one, other, _alone = (make_question(Status.PUBLISHED) for _number in range(3))
        pair(one, other, origin=SimilarQuestion.Origin.BLOCKED)
        SparedQuestion.count(f"question:{one.pk}", timezone.localdate())
        measure_neighbours()

    add()
    with CaptureQueriesContext(connection) as one:
        client.get(reverse(PAGE))
    add()
    add()

    with django_assert_num_queries(len(one)):
        client.get(reverse(PAGE))


def test_before_the_first_night_it_says_so() -> None:
    page = moderator_client().get(reverse(PAGE))

    assert "there are none yet" in page.content.decode()
