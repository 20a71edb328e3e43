"""Similar questions on the moderators' desk: pinned first, blocked never, left to the computation again."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult

from faq.models import Question, SimilarQuestion
from faq.neighbours import renew_neighbours
from faq.states import Status
from search.models import Change, Concept
from tests.factories import make_concept, make_question
from tests.faq.moderating import acts_of, item, moderator_client, press

pytestmark = pytest.mark.django_db


def rows_of(client: Client, question: Question) -> list[tuple[int, bool, bool]]:
    rows = client.get(item(question)).context["neighbours"]
    return [(row.question.pk, row.is_pinned, row.is_blocked) for row in rows]


def make_pair() -> tuple[Question, Question]:
    lupus = make_concept("Lupus")
    asked, other = (make_question(Status.PUBLISHED, concepts=[lupus]) for _number in range(2))
    renew_neighbours(asked)
    return asked, other


def test_one_press_blocks_a_neighbour_and_one_lets_it_come_back() -> None:
    asked, other = make_pair()
    client = moderator_client()

    press(client, asked, f"block:{other.pk}")
    blocked = rows_of(client, asked)
    renew_neighbours(asked)
    still = rows_of(client, asked)
    press(client, asked, f"leave:{other.pk}")
    renew_neighbours(asked)

    assert blocked == still == [(other.pk, False, True)]
    assert rows_of(client, asked) == [(other.pk, False, False)]
    assert acts_of(asked)[-2:] == ["block", "leave"]


def test_blocking_orders_another_in_its_place_and_is_a_change_of_the_page() -> None:
    asked, other = make_pair()
    changes = Change.objects.filter(key=f"similar:{asked.pk}").count()

    press(moderator_client(), asked, f"block:{other.pk}")

    assert [task.args_kwargs["args"] for task in DBTaskResult.objects.all()] == [[asked.pk]]
    assert Change.objects.filter(key=f"similar:{asked.pk}").count() == changes + 1


def test_a_pinned_question_stands_first_though_nothing_is_shared() -> None:
    asked, other = make_pair()
    unlike = make_question(Status.PUBLISHED)
    client = moderator_client()

    press(client, asked, f"pin:{unlike.pk}")

    assert rows_of(client, asked) == [(unlike.pk, True, False), (other.pk, False, False)]
    assert acts_of(asked)[-1] == "pin"


def test_neither_itself_nor_a_translation_nor_the_other_language_is_pinned() -> None:
    asked = make_question(Status.PUBLISHED, language="zh-hant")
    translation = make_question(Status.PUBLISHED, language="zh-hans", translation_of=asked)
    english = make_question(Status.PUBLISHED)
    client = moderator_client()

    said = [press(client, asked, f"pin:{each.pk}").context["sentences"] for each in (asked, translation, english)]

    assert said == [["A question can't stand beside itself, its translation, or one in the other language."]] * 3
    assert not SimilarQuestion.objects.exists()


def test_what_is_not_public_is_not_pinned() -> None:
    asked, hidden = make_question(Status.PUBLISHED), make_question(Status.ANSWERED)

    assert press(moderator_client(), asked, f"pin:{hidden.pk}").status_code == 404


def test_revised_words_of_a_public_question_order_its_neighbours_anew() -> None:
    asked, _other = make_pair()

    press(moderator_client(), asked, "save", title="Quite another title")

    assert [task.args_kwargs["args"] for task in DBTaskResult.objects.all()] == [[asked.pk]]


def test_tags_of_the_nearest_questions_are_offered_and_marked_as_such() -> None:
    lupus, kidney, fever = make_concept("Lupus"), make_concept("Kidney"), make_concept("Fever")
    for _number in range(2):
        make_question(Status.PUBLISHED, title="Lupus and sport", concepts=[lupus, kidney])
    make_question(Status.PUBLISHED, title="Fever", concepts=[lupus, fever])
    asked = make_question(title="Lupus and sport")

    tags = moderator_client().get(item(asked)).context["tags"]

    assert [(tag.concept, tag.words, tag.is_borrowed, tag.is_ticked) for tag in tags] == [
        (lupus, "lupus", False, False),
        (kidney, "", True, False),
    ]


def test_no_fever_suggests_fever_and_the_longest_name_counts() -> None:
    fever, nephritis = make_concept("Fever", kind=Concept.Kind.SYMPTOM), make_concept("Lupus nephritis")
    make_concept("Lupus")
    asked = make_question(title="Lupus nephritis", body="I have no fever.")

    tags = moderator_client().get(item(asked)).context["tags"]

    assert [tag.concept for tag in tags] == [nephritis, fever]


def test_the_page_costs_the_same_with_one_and_with_three_neighbours(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    lupus = make_concept("Lupus")
    asked, _other = (make_question(Status.PUBLISHED, concepts=[lupus]) for _number in range(2))
    renew_neighbours(asked)
    client = moderator_client()
    with CaptureQueriesContext(connection) as one:
        client.get(item(asked))
    for _number in range(2):
        make_question(Status.PUBLISHED, concepts=[lupus])
    renew_neighbours(asked)

    with django_assert_num_queries(len(one)):
        client.get(item(asked))
