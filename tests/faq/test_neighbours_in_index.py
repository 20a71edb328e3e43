"""Neighbours from the index: by words where no concept says it, provisional until the question stands in it."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections

from faq.around import around
from faq.models import Question, SimilarQuestion, Surroundings
from faq.neighbours import RULES, renew_neighbours, renew_provisional
from faq.states import Status
from faq.thread_page import question_for_page
from search.index.follower import Follower
from search.models import ChangeCounter, Concept
from tests.factories import make_concept, make_department, make_question, make_topic, make_user

pytestmark = pytest.mark.django_db

FILLERS = [
    "A sprained ankle",
    "Wisdom tooth",
    "Sleep apnoea mask",
    "Vaccines before a journey",
    "Sunburn and swimming",
]


def public(title: str, body: str = "", **fields: object) -> Question:
    return make_question(Status.PUBLISHED, title=title, body=body or title, **fields)  # type: ignore[arg-type]


def others_of(question: Question) -> list[int]:
    rows = SimilarQuestion.objects.filter(question=question).best_first()
    return list(rows.values_list("other_id", flat=True))


def rules_of(question: Question) -> int:
    return Surroundings.objects.get(question=question).rules


def fill() -> None:
    for title in FILLERS:
        public(title)


def test_without_a_concept_rare_words_say_it_and_are_named_as_the_page_writes_them(index: Follower) -> None:
    fill()
    other = public("Hiccup at night", "It keeps me awake.")
    asked = public("My Hiccups never end")
    index.step()

    renew_neighbours(asked)

    assert others_of(asked) == [other.pk]
    assert around(question_for_page(asked.pk)).neighbours[0].reasons == ["Hiccups"]
    assert around(question_for_page(other.pk)).neighbours[0].reasons == ["Hiccup"]


def test_a_word_that_was_taken_out_of_the_text_is_no_reason_any_more(index: Follower) -> None:
    fill()
    public("Hiccup at night")
    asked = public("My Hiccups never end")
    index.step()
    renew_neighbours(asked)
    Question.objects.filter(pk=asked.pk).update(title="Something", body="else")

    assert around(question_for_page(asked.pk)).neighbours[0].reasons == []


def test_a_question_that_is_not_in_the_index_yet_finds_others_by_its_own_words(index: Follower) -> None:
    fill()
    other = public("Hiccup at night")
    index.step()
    asked = public("My hiccups never end")

    renew_neighbours(asked)

    assert (others_of(asked), others_of(other), rules_of(asked)) == ([other.pk], [asked.pk], 0)


def test_what_was_computed_before_the_index_is_computed_again_when_it_is_there(index: Follower) -> None:
    fill()
    index.step()
    pair = public("Hiccup at night"), public("My hiccups never end")
    for question in pair:
        renew_neighbours(question)
    before = [others_of(question) for question in pair]
    nothing_to_do = renew_provisional()
    index.step()

    done = renew_provisional()

    assert (before, nothing_to_do, done) == ([[], []], 0, 2)
    assert [others_of(question) for question in pair] == [[pair[1].pk], [pair[0].pk]]
    assert [rules_of(question) for question in pair] == [RULES, RULES]
    assert renew_provisional() == 0


def test_an_index_of_another_database_is_not_read(index: Follower) -> None:
    fill()
    public("Hiccup at night")
    asked = public("My hiccups never end")
    index.step()
    ChangeCounter.objects.update(identity="00000000-0000-4000-8000-000000000000")

    renew_neighbours(asked)

    assert (others_of(asked), rules_of(asked)) == ([], 0)


def test_of_four_copies_of_one_question_one_is_shown(index: Follower) -> None:
    fill()
    words = "Swollen knee after kneeling on the kitchen floor for many hours with warm skin and pain"
    copies = [public("A swollen knee", f"{words} number{number}") for number in range(4)]
    other = public("Knee pain on stairs", "Swollen in the evening.")
    asked = public("Is a swollen knee dangerous?", "It hurts on stairs.")
    index.step()

    renew_neighbours(asked)

    assert others_of(asked).count(other.pk) == 1
    assert len(set(others_of(asked)) & {copy.pk for copy in copies}) == 1


def test_a_new_copy_takes_no_second_place_in_a_list(index: Follower) -> None:
    fill()
    words = "Swollen knee after kneeling on the kitchen floor for many hours with warm skin and pain"
    asked = public("Is a swollen knee dangerous?", "It hurts on stairs.")
    first = public("A swollen knee", words)
    index.step()
    renew_neighbours(asked)
    second = public("A swollen knee", words)
    index.step()

    renew_neighbours(second)

    assert len(set(others_of(asked)) & {first.pk, second.pk}) == 1
    assert first.pk in others_of(second)


def test_the_disease_weighs_more_than_the_treatment_and_the_words(index: Follower) -> None:
    lupus, knee = make_concept("Lupus"), make_concept("Arthrosis")
    stem_cells = make_concept("Stem cells", kind=Concept.Kind.TREATMENT)
    fill()
    same_words = public("Stem cells for my arthrosis: do they help?", concepts=[knee, stem_cells])
    same_disease = public("A rash in the sun with lupus", concepts=[lupus])
    asked = public("Stem cells for my lupus: do they help?", concepts=[lupus, stem_cells])
    index.step()

    renew_neighbours(asked)

    assert others_of(asked) == [same_disease.pk, same_words.pk]


def test_related_topics_are_of_its_concepts_and_its_neighbours(index: Follower) -> None:
    lupus, kidney, far = make_concept("Lupus"), make_concept("Nephritis"), make_concept("Snoring")
    own, elsewhere = make_department(), make_department()
    for _number in range(3):
        public("Lupus and the kidney", department=own, concepts=[lupus, kidney])
    asked = public("Lupus", department=own, concepts=[lupus])
    public("Snoring", concepts=[far])
    topics = [make_topic(lupus, elsewhere), make_topic(kidney, own), make_topic(lupus, own), make_topic(kidney)]
    make_topic(far, own)
    make_topic(lupus, own, language="zh-hant")
    index.step()

    renew_neighbours(asked)

    shown = around(question_for_page(asked.pk)).topics
    assert [topic.pk for topic in shown] == [topics[2].pk, topics[1].pk, topics[0].pk, topics[3].pk]
    assert [topic.department_name for topic in shown][:2] == [own.name_en] * 2


def test_a_topic_that_is_taken_down_is_gone_at_once(index: Follower) -> None:
    lupus, kidney = make_concept("Lupus"), make_concept("Nephritis")
    for _number in range(3):
        public("Lupus and the kidney", concepts=[lupus, kidney])
    asked = public("Lupus", concepts=[lupus])
    topic = make_topic(kidney, asked.department)
    index.step()
    renew_neighbours(asked)
    before = [each.pk for each in around(question_for_page(asked.pk)).topics]
    topic.is_public = False
    topic.save()

    assert (before, around(question_for_page(asked.pk)).topics) == ([topic.pk], [])


def test_withdrawn_words_leave_every_list(index: Follower) -> None:
    fill()
    other, asked = public("Hiccup at night"), public("My hiccups never end")
    index.step()
    renew_neighbours(asked)
    asked.unpublish(by=make_user(role="moderator"), reason="a reason")

    renew_neighbours(asked)

    assert (others_of(other), others_of(asked)) == ([], [])
    assert not Surroundings.objects.filter(question=asked).exists()


@pytest.mark.django_db(transaction=True)
def test_neighbours_that_are_renewed_at_the_same_moment_all_take_their_places(index: Follower) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one writer at a time")
    lupus = make_concept("Lupus")
    questions = [public(f"Lupus {title}", concepts=[lupus]) for title in FILLERS]
    index.step()

    def renew(question: Question) -> None:
        try:
            renew_neighbours(question)
        finally:
            connections.close_all()

    for _time in range(3):
        with ThreadPoolExecutor(len(questions)) as pool:
            list(pool.map(renew, questions))

    everyone = {question.pk for question in questions}
    assert [set(others_of(question)) for question in questions] == [everyone - {pk.pk} for pk in questions]
