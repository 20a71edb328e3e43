"""After an upgrade the worker computes by itself what lies round the questions that were public before."""

from importlib import import_module

import pytest
from django.apps import apps

from faq.models import SimilarQuestion, Surroundings
from faq.neighbours import renew_provisional
from faq.states import Status
from search.index.follower import Follower
from tests.factories import make_concept, make_department, make_question

pytestmark = pytest.mark.django_db
owe_surroundings = import_module("faq.migrations.0009_owed_surroundings").owe_surroundings


def test_what_was_public_before_is_computed_by_the_clock(index: Follower) -> None:
    lupus, department = make_concept("Lupus"), make_department()
    public = [
        make_question(status, department, title="Lupus and zebrafish", concepts=[lupus])
        for status in (Status.PUBLISHED, Status.CLOSED)
    ]
    make_question(Status.ANSWERED, department, concepts=[lupus])
    index.step()
    assert renew_provisional() == 0

    owe_surroundings(apps, None)
    owe_surroundings(apps, None)

    assert set(Surroundings.objects.values_list("question", "rules")) == {(row.pk, 0) for row in public}
    assert (renew_provisional(), renew_provisional()) == (2, 0)
    one, other = (row.pk for row in public)
    assert set(SimilarQuestion.objects.values_list("question", "other")) == {(one, other), (other, one)}
