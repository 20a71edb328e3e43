"""Similar questions: the disease above all, the own language first, what a moderator blocked never."""

import pytest
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult

from faq import neighbours, profiles, similar_lists
from faq.models import Question, SimilarQuestion
from faq.neighbours import renew_neighbours
from faq.states import Status
from search.models import Change, Concept
from tests.factories import make_concept, make_question, make_user

pytestmark = pytest.mark.django_db

LUPUS = {"name_en": "Lupus", "kind": Concept.Kind.DISEASE}
STEM_CELLS = {"name_en": "Stem cell therapy", "kind": Concept.Kind.TREATMENT}


def others_of(question: Question) -> list[int]:
    return list(SimilarQuestion.objects.filter(question=question).values_list("other_id", flat=True))


def test_the_disease_outweighs_the_treatment() -> None:
    lupus, stem_cells = make_concept(**LUPUS), make_concept(**STEM_CELLS)
    same_disease = make_question(Status.PUBLISHED, concepts=[lupus])
    knee = make_question(Status.PUBLISHED, concepts=[stem_cells])
    asked = make_question(Status.PUBLISHED, concepts=[lupus, stem_cells])

    renew_neighbours(asked)

    assert others_of(asked) == [same_disease.pk, knee.pk]


def test_a_neighbour_names_the_concepts_it_shares() -> None:
    lupus, fever, knee = make_concept(**LUPUS), make_concept(kind=Concept.Kind.SYMPTOM), make_concept()
    other = make_question(Status.PUBLISHED, concepts=[lupus, fever, knee])
    asked = make_question(Status.PUBLISHED, concepts=[lupus, fever])

    renew_neighbours(asked)

    assert SimilarQuestion.objects.get(question=asked, other=other).shared_concepts == (lupus.pk, fever.pk)


def test_the_new_question_becomes_a_neighbour_of_its_neighbours() -> None:
    lupus = make_concept(**LUPUS)
    older = make_question(Status.PUBLISHED, concepts=[lupus])
    asked = make_question(Status.PUBLISHED, concepts=[lupus])

    renew_neighbours(asked)

    assert others_of(older) == [asked.pk]


def test_a_nearer_question_takes_the_place_of_the_farthest_in_a_full_list() -> None:
    lupus, fever = make_concept(**LUPUS), make_concept(kind=Concept.Kind.SYMPTOM)
    center = make_question(Status.PUBLISHED, concepts=[lupus, fever])
    far = [make_question(Status.PUBLISHED, concepts=[fever]) for _number in range(similar_lists.KEPT)]
    renew_neighbours(center)
    near = make_question(Status.PUBLISHED, concepts=[lupus, fever])

    renew_neighbours(near)

    assert others_of(center) == [near.pk, *(other.pk for other in far[:0:-1])]


def test_a_blocked_neighbour_never_comes_back_and_a_pinned_one_stays() -> None:
    lupus = make_concept(**LUPUS)
    unlike, blocked = make_question(Status.PUBLISHED), make_question(Status.PUBLISHED, concepts=[lupus])
    asked = make_question(Status.PUBLISHED, concepts=[lupus])
    renew_neighbours(asked)
    SimilarQuestion.objects.filter(question=asked, other=blocked).update(origin=SimilarQuestion.Origin.BLOCKED)
    SimilarQuestion.objects.create(question=asked, other=unlike, origin=SimilarQuestion.Origin.PINNED)

    renew_neighbours(asked)

    shown = SimilarQuestion.objects.filter(question=asked).shown().best_first()
    assert list(shown.values_list("other_id", "origin")) == [(unlike.pk, SimilarQuestion.Origin.PINNED)]


def test_neighbours_have_the_same_language_and_the_own_script_comes_first() -> None:
    lupus, fever = make_concept(**LUPUS), make_concept(kind=Concept.Kind.SYMPTOM)
    make_question(Status.PUBLISHED, language="en", concepts=[lupus, fever])
    simplified = make_question(Status.PUBLISHED, language="zh-hans", concepts=[lupus])
    traditional = make_question(Status.PUBLISHED, language="zh-hant", concepts=[lupus])
    make_question(Status.PUBLISHED, language="zh-hans", concepts=[lupus])
    asked = make_question(Status.PUBLISHED, language="zh-hant", concepts=[lupus])

    renew_neighbours(asked)

    assert others_of(asked)[0] == traditional.pk
    assert simplified.pk in others_of(asked)
    assert len(others_of(asked)) == 3


def test_what_is_not_public_is_nobodys_neighbour() -> None:
    lupus = make_concept(**LUPUS)
    for status in [Status.ANSWERED, Status.ACCEPTED, Status.REJECTED, Status.IMPORTED]:
        make_question(status, concepts=[lupus])
    closed = make_question(Status.CLOSED, concepts=[lupus])
    asked = make_question(Status.PUBLISHED, concepts=[lupus])

    renew_neighbours(asked)

    assert others_of(asked) == [closed.pk]


def test_a_question_and_its_translation_are_not_neighbours() -> None:
    lupus = make_concept(**LUPUS)
    original = make_question(Status.PUBLISHED, language="zh-hant", concepts=[lupus])
    make_question(Status.PUBLISHED, language="zh-hans", concepts=[lupus], translation_of=original)

    renew_neighbours(original)

    assert others_of(original) == []


def test_a_question_taken_out_of_the_public_leaves_every_list() -> None:
    lupus = make_concept(**LUPUS)
    older, asked = (make_question(Status.PUBLISHED, concepts=[lupus]) for _number in range(2))
    renew_neighbours(asked)
    asked.unpublish(by=make_user(role="moderator"), reason="wrong")

    renew_neighbours(asked)

    assert (others_of(older), others_of(asked)) == ([], [])


def test_a_second_run_changes_nothing() -> None:
    lupus = make_concept(**LUPUS)
    make_question(Status.PUBLISHED, concepts=[lupus])
    asked = make_question(Status.PUBLISHED, concepts=[lupus])
    renew_neighbours(asked)
    before = list(SimilarQuestion.objects.values()), Change.objects.count()

    renew_neighbours(asked)

    assert (list(SimilarQuestion.objects.values()), Change.objects.count()) == before


def test_every_list_that_changed_is_in_the_sequence_of_changes() -> None:
    lupus = make_concept(**LUPUS)
    older, asked = (make_question(Status.PUBLISHED, concepts=[lupus]) for _number in range(2))

    renew_neighbours(asked)

    keys = Change.objects.filter(key__startswith="similar:").values_list("key", flat=True)
    assert sorted(keys) == sorted([f"similar:{older.pk}", f"similar:{asked.pk}"])


def test_an_old_neighbour_stays_when_newer_threads_of_the_concept_fill_the_view(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lupus = make_concept(**LUPUS)
    oldest, asked = (make_question(Status.PUBLISHED, concepts=[lupus]) for _number in range(2))
    renew_neighbours(asked)
    newest = make_question(Status.PUBLISHED, concepts=[lupus])
    monkeypatch.setattr(profiles, "NEWEST", 1)

    renew_neighbours(asked)

    assert others_of(oldest) == [asked.pk]
    assert set(others_of(asked)) == {oldest.pk, newest.pk}


@pytest.mark.django_db(transaction=True)
def test_the_background_task_renews_by_number() -> None:
    lupus = make_concept(**LUPUS)
    older, asked = (make_question(Status.PUBLISHED, concepts=[lupus]) for _number in range(2))
    neighbours.renew.enqueue(asked.pk)
    neighbours.renew.enqueue(0)

    call_command("db_worker", "--batch", "--no-startup-delay", verbosity=0)

    assert others_of(asked) == [older.pk]
    assert DBTaskResult.objects.failed().count() == 0


def test_renewing_costs_the_same_for_one_and_for_many_candidates(django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    lupus = make_concept(**LUPUS)
    for _number in range(30):
        make_question(Status.PUBLISHED, concepts=[lupus])
    asked = make_question(Status.PUBLISHED, concepts=[lupus])
    renew_neighbours(asked)

    with django_assert_max_num_queries(13):
        renew_neighbours(asked)
