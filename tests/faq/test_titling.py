"""What questions are called where nobody wrote an editorial title: decided when they are published."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from faq.choices import TitleFlaw
from faq.models import Question
from faq.models.bulk import publish_archive
from faq.models.titling import settle_titles
from faq.states import Status
from search.models import Concept, Document
from tests.factories import make_answer, make_concept, make_department, make_question, make_user
from tests.faq.moderating import client_of
from tests.reading import read

pytestmark = pytest.mark.django_db


def again(question: Question) -> Question:
    return Question.objects.select_related("department").get(pk=question.pk)


def test_the_main_concept_is_added_where_the_title_names_none() -> None:
    drug = make_concept("Prednisolone", "類固醇", kind=Concept.Kind.DRUG)
    lupus = make_concept("Lupus", "紅斑性狼瘡")

    bare = make_question(Status.PUBLISHED, title="Can I be vaccinated?", concepts=[drug, lupus])
    named = make_question(Status.PUBLISHED, title="Can I take prednisolone?", concepts=[drug, lupus])
    chinese = make_question(Status.PUBLISHED, language="zh-hant", title="能打疫苗嗎？", concepts=[lupus])

    assert [again(each).headline for each in (bare, named, chinese)] == [
        "Can I be vaccinated? (Lupus)",
        "Can I take prednisolone?",
        "能打疫苗嗎？（紅斑性狼瘡）",
    ]
    assert [again(each).slug for each in (bare, chinese)] == ["can-i-be-vaccinated-lupus", "能打疫苗嗎-紅斑性狼瘡"]


def test_a_proposal_and_an_editors_title_add_nothing() -> None:
    proposal = make_concept("Odd word", is_proposal=True)
    lupus = make_concept("Lupus")

    proposed = make_question(Status.PUBLISHED, title="Can I be vaccinated?", concepts=[proposal])
    edited = make_question(Status.PUBLISHED, title="x", editorial_title="Vaccines in winter", concepts=[lupus])

    assert [again(each).headline for each in (proposed, edited)] == ["Can I be vaccinated?", "Vaccines in winter"]


def test_a_title_that_says_nothing_gives_way_to_the_first_telling_sentence_everywhere(client: Client) -> None:
    question = make_question(
        Status.PUBLISHED, language="zh-hant", title="請問醫師", body="醫師您好：最近三週一直頭痛。請問怎麼辦？"
    )

    page = read(client, question.get_absolute_url())

    assert page.one("h1").words.startswith("最近三週一直頭痛。")
    assert page.one("title").words.startswith("最近三週一直頭痛。 – ")
    assert question.slug == "最近三週一直頭痛"
    assert Document.objects.get(key=f"question:{question.pk}").title == "最近三週一直頭痛。"
    assert question.teaser == "最近三週一直頭痛。請問怎麼辦？"
    assert again(question).title == "請問醫師"


def test_no_two_of_a_department_and_language_are_called_the_same() -> None:
    heart, skin = make_department("heart"), make_department("skin")
    lupus = make_concept("Lupus")
    body = "Hello. I take two pills a day."

    rows = [
        make_question(Status.PUBLISHED, heart, title="Palpitations", body=body, concepts=[lupus])
        for _number in range(4)
    ]
    elsewhere = make_question(Status.PUBLISHED, skin, title="Palpitations")
    hidden = make_question(Status.ANSWERED, heart, title="Palpitations")

    assert [again(each).headline for each in rows] == [
        "Palpitations (Lupus)",
        "Palpitations (I take two pills a day.)",
        f"Palpitations (#{rows[2].pk})",
        f"Palpitations (#{rows[3].pk})",
    ]
    assert (again(elsewhere).headline, again(hidden).headline) == ("Palpitations", "")
    assert len({again(each).slug for each in rows}) == 4


def test_it_is_stored_and_stays_until_the_text_changes(client: Client) -> None:
    lupus = make_concept("Lupus")
    moderator = make_user(role="moderator")
    question = make_question(Status.PUBLISHED, title="Can I be vaccinated?", concepts=[lupus])
    old_address = question.get_absolute_url()

    lupus.name_en = "SLE"
    lupus.save()
    unchanged = again(question).headline
    question.retitle("Vaccines with lupus", by=moderator)

    assert (unchanged, again(question).headline) == ("Can I be vaccinated? (Lupus)", "Vaccines with lupus")
    moved = client.get(old_address)
    assert (moved.status_code, moved["Location"]) == (301, again(question).get_absolute_url())


def test_hidden_words_are_in_no_title_and_no_address_any_more() -> None:
    question = make_question(Status.PUBLISHED, title="help", body="My son Maximilian has had a headache for weeks.")
    before = again(question).headline

    again(question).mark(["Maximilian"], by=make_user(role="moderator"))

    now = again(question)
    assert "Maximilian" in before
    texts = (now.headline, now.stand_in_title, now.slug, now.teaser)
    assert [text for text in texts if "maximilian" in text.lower()] == []


def test_a_withdrawn_question_keeps_no_word_of_it() -> None:
    question = make_question(Status.PUBLISHED, title="help", body="My son has had a headache for weeks.")

    question.withdraw()

    now = again(question)
    assert (now.headline, now.stand_in_title, now.slug, now.title_flaw) == ("", "", "", "")


def test_an_archive_of_equal_titles_is_told_apart_in_the_same_few_queries(
    django_assert_max_num_queries: Any,
) -> None:
    department = make_department("heart")
    rows = [make_question(Status.IMPORTED, department, title="Palpitations") for _number in range(3)]
    for row in rows:
        make_answer(row)

    publish_archive(rows)

    called = [again(row).headline for row in rows]
    assert (called[0], len(set(called)), len({again(row).slug for row in rows})) == ("Palpitations", 3, 3)
    published = [again(row) for row in rows]
    settle_titles(published)
    with django_assert_max_num_queries(3):
        settle_titles(published)


def test_moderators_see_empty_and_repeated_titles_until_they_are_mended() -> None:
    moderator = make_user(role="moderator")
    department = make_department("heart")
    fine = make_question(Status.PUBLISHED, department, title="Palpitations")
    repeated = make_question(Status.PUBLISHED, department, title="Palpitations")
    empty = make_question(Status.PUBLISHED, department, title="Question", body="Hello. My ankles swell.")
    make_question(Status.ANSWERED, department, title="Question")
    client = client_of(moderator)
    address = reverse("admin:faq_moderator_desk")

    page = read(client, f"{address}?queue=titles").one("table")

    assert [each["href"] for each in page.every("a")] == [
        f"{reverse('admin:faq_moderator_question', args=[each.pk])}?queue=titles" for each in (repeated, empty)
    ]
    assert [each.words for each in page.every("strong", "flag")] == [
        "Another question of the department is called the same.",
        "The title says nothing.",
    ]
    assert fine.title_flaw == ""
    again(repeated).retitle("Palpitations at night", by=moderator)
    again(empty).retitle("Swollen ankles", by=moderator)
    assert [again(each).title_flaw for each in (repeated, empty)] == ["", ""]
    assert Question.objects.with_flawed_titles().count() == 0


def test_what_is_called_empty_has_a_reason() -> None:
    question = make_question(Status.PUBLISHED, title="???", body="!!!")

    now = again(question)
    assert (now.title_flaw, now.shown_title, now.slug) == (TitleFlaw.EMPTY, "???", "question")
