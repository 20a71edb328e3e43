"""Whatever alters something public reaches its document at once, and the search after one step of the index."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from articles.models import Article
from faq.models import Answer, Finding, FollowUp, Question
from faq.states import Status
from search.index.follower import Follower
from search.learning import learn
from search.merging import merge, undo
from search.models import ChangeCounter, Document
from tests.factories import (
    make_answer,
    make_article,
    make_concept,
    make_department,
    make_finding,
    make_follow_up,
    make_more_info,
    make_page,
    make_physician,
    make_physician_user,
    make_question,
    make_topic,
    make_user,
)

pytestmark = pytest.mark.django_db
Found = Callable[..., set[str]]
DAY = dt.timedelta(days=1)


@pytest.fixture
def found(client: Client, index: Follower) -> Found:
    def keys_of(words: str, **narrowed: str) -> set[str]:
        index.step()
        page = client.get("/en/search/", {"q": words, **narrowed})
        assert page.status_code == 200
        return set(re.findall(r'data-key="([^"]+)"', page.content.decode()))

    return keys_of


def number() -> int:
    return ChangeCounter.objects.get(pk=1).last


def document(key: str) -> Document:
    return Document.objects.get(key=key)


def test_the_words_of_a_question_and_its_answers(found: Found) -> None:
    moderator = make_user(role="moderator")
    question = make_question(Status.PUBLISHED, title="Zebrafish", body="Giraffes.")
    key = f"question:{question.pk}"
    physician = make_physician_user(question.department)
    reply = make_answer(question, physician.physician, body="Walruses.")
    assert (found("zebrafish"), found("giraffes"), found("walruses")) == ({key}, {key}, {key})

    question.revise(by=moderator, title="Penguins", body="Ostriches.")
    assert (found("zebrafish"), found("giraffes"), found("penguins"), found("ostriches")) == (
        set(),
        set(),
        {key},
        {key},
    )
    question.retitle("Flamingos", by=moderator)
    assert (found("flamingos"), found("penguins")) == ({key}, {key})
    question.retitle("", by=moderator)
    assert found("flamingos") == set()
    question.correct(reply, body="Seals.", notice="Not walruses.", by=physician)
    assert (found("walruses"), found("seals")) == (set(), {key})
    question.mark(["Ostriches"], by=moderator)
    assert found("ostriches") == set()


def test_follow_ups_as_soon_as_they_stand_on_the_page(found: Found) -> None:
    moderator = make_user(role="moderator")
    question = make_question(Status.ANSWERED, concepts=[make_concept()])
    key = f"question:{question.pk}"
    make_follow_up(question, FollowUp.Kind.ADDITION, body="Penguins.")
    held = make_follow_up(question, body="Ostriches.", is_accepted=False)
    make_finding(question, follow_up=held)

    before = found("penguins")
    question.publish(by=moderator)
    after = (found("penguins"), found("ostriches"))
    held.findings.update(decision=Finding.Decision.SHOWN, decided_at=timezone.now())
    question.show_follow_up(held, by=moderator)

    assert (before, after, found("ostriches")) == (set(), ({key}, set()), {key})


def test_a_supplement_while_it_is_public(found: Found) -> None:
    question = make_question(Status.PUBLISHED)
    info = make_more_info(question, body="**Walruses** and seals.")
    assert found("walruses") == {f"question:{question.pk}"}

    info.is_public = False
    info.save()
    assert found("walruses") == set()
    info.is_public = True
    info.save()
    assert found("walruses") == {f"question:{question.pk}"}
    info.delete()
    assert found("walruses") == set()


def test_the_tags_department_and_level_of_care(found: Found) -> None:
    moderator = make_user(role="moderator")
    one, other = make_department("first-one"), make_department("other-one")
    lupus, gout = make_concept("Lupus"), make_concept("Gout")
    question = make_question(Status.PUBLISHED, one, title="Zebrafish", concepts=[lupus])
    key = f"question:{question.pk}"
    assert key in found("lupus")
    assert found("zebrafish", department="first-one") == {key}

    question.retag([gout], by=moderator)
    assert (key in found("lupus"), key in found("gout")) == (False, True)
    question.assign(other, by=moderator)
    assert (found("zebrafish", department="first-one"), found("zebrafish", department="other-one")) == (set(), {key})


@pytest.mark.parametrize("replies", [1, 2])
def test_an_answer_that_is_called_outdated(found: Found, replies: int) -> None:
    question = make_question(Status.PUBLISHED, title="Zebrafish")
    key = f"question:{question.pk}"
    while question.answers.count() < replies:
        make_answer(question)
    reviewer = make_physician_user(question.department)
    answers = list(Answer.objects.filter(question=question))
    assert not document(key).is_outdated

    before = number()
    answers[0].outdate(by=reviewer, note="It is old.")
    assert (document(key).is_outdated, document(key).number > before) == (replies == 1, True)
    for answer in answers[1:]:
        answer.outdate(by=reviewer, note="It is old.")
    assert document(key).is_outdated
    answers[0].keep_valid(by=reviewer)
    assert not document(key).is_outdated
    assert found("zebrafish") == {key}


def test_what_is_merged_is_found_by_its_survivor(found: Found) -> None:
    moderator = make_user(role="moderator")
    department = make_department()
    survivor = make_question(Status.PUBLISHED, department, title="Zebrafish")
    merged = make_question(Status.PUBLISHED, department, title="Penguins", concepts=[make_concept("Gout")])
    keys = {f"question:{survivor.pk}", f"question:{merged.pk}"}
    assert found("zebrafish") | found("penguins") == keys

    merged.merge(into=survivor, by=moderator, as_variant=True)
    assert found("penguins") == {f"question:{survivor.pk}"}
    Question.objects.get(pk=merged.pk).unmerge(by=moderator)
    assert found("penguins") == {f"question:{merged.pk}"}


def test_a_translation_goes_with_its_original(found: Found) -> None:
    original = make_question(Status.PUBLISHED, language="zh-hant", title="斑馬魚")
    translation = make_question(Status.PUBLISHED, original.department, title="Zebrafish", translation_of=original)
    assert found("zebrafish") == {f"question:{translation.pk}"}

    original.unpublish(by=make_user(role="moderator"), reason="Wrong.")

    assert (found("zebrafish"), found("斑馬魚")) == (set(), set())


def test_what_is_withdrawn_leaves_an_empty_tombstone(found: Found) -> None:
    lupus = make_concept("Lupus", "狼瘡")
    question = make_question(Status.PUBLISHED, title="Zebrafish of lupus", concepts=[lupus], slug="zebrafish")
    make_answer(question, body="Walruses.", care_level="soon")
    assert found("zebrafish") == {f"question:{question.pk}"}

    question.withdraw()

    assert (found("zebrafish"), found("walruses"), found("lupus")) == (set(), set(), set())
    row = Document.objects.filter(pk=document(f"question:{question.pk}").pk).values().get()
    words = {name: value for name, value in row.items() if isinstance(value, str) and value}
    assert words.keys() <= {"key", "kind", "language", "department"}


def test_departments_and_physicians_by_their_names_of_now(found: Found) -> None:
    department = make_department("skin-one", name_en="Dermatology", name_zh_hant="皮膚科")
    physician = make_physician(departments=[department], name_romanised="Zebra Zoe")
    both = {f"department:{department.pk}-en", f"department:{department.pk}-zh-hant"}
    keys = both | {f"physician:{physician.pk}-en"}
    assert found("dermatology") == keys
    doctor = {f"physician:{physician.pk}-{language}" for language in ("en", "zh-hant")}
    assert found("zoe") == doctor

    department.name_en = "Penguinology"
    department.save()
    assert (found("dermatology"), found("penguinology")) == (set(), keys)
    physician.name_romanised = "Walter Walrus"
    physician.save()
    assert (found("zoe"), found("walrus")) == (set(), doctor)
    physician.merged_into = make_physician(name_romanised="Other One")
    physician.save()
    assert found("walrus") == set()


def test_topics_articles_and_pages(found: Found) -> None:
    page = make_page("about-us", title="Zebrafish", body="Giraffes.")
    article = make_article(title="Penguins", body="Ostriches.")
    topic = make_topic(make_concept("Lupus"))
    assert (found("giraffes"), found("ostriches")) == ({f"page:{page.pk}"}, {f"article:{article.pk}"})
    assert found("lupus", kind="topic") == {f"topic:{topic.pk}"}

    page.body = "Walruses."
    page.save()
    assert (found("giraffes"), found("walruses")) == (set(), {f"page:{page.pk}"})
    page.withdraw("Wrong.")
    assert found("walruses") == set()
    article.withdraw(by=make_user(), note="Wrong.")
    assert found("ostriches") == set()
    topic.is_public = False
    topic.save()
    assert found("lupus", kind="topic") == set()


def test_a_concept_that_was_merged_is_found_by_what_carried_it(found: Found) -> None:
    moderator = make_user(role="moderator")
    lupus, wolf = make_concept("Lupus"), make_concept("Wolf disease")
    question = make_question(Status.PUBLISHED, title="Zebrafish", concepts=[wolf])
    article = make_article(title="Penguins")
    article.concepts.add(wolf)
    article.show()
    carriers = {f"question:{question.pk}", f"article:{article.pk}"}
    assert carriers <= found("wolf disease")
    assert not carriers & found("lupus")

    done = merge(wolf, into=lupus, by=moderator)
    learn.call([lupus.pk, wolf.pk])
    assert {document(key).tags for key in carriers} == {str(lupus.pk)}
    assert carriers <= found("lupus")
    undo(done, by=moderator)
    learn.call([lupus.pk, wolf.pk])
    assert {document(key).tags for key in carriers} == {str(wolf.pk)}
    assert not carriers & found("lupus")


def test_a_translation_of_an_article_ends_no_later_than_its_original() -> None:
    now, editor = timezone.now(), make_user(role="editor")
    original = make_article("zh-hant", is_medical=False, sources=["A book"], expires_at=now + DAY)
    translation = make_article(translation_of=original)
    rows = Document.objects.filter(key=f"article:{translation.pk}")
    assert rows.values_list("ends_at", flat=True).get() == now + DAY

    Article.objects.get(pk=original.pk).publish(by=editor, until=now + 3 * DAY)

    assert rows.values_list("ends_at", flat=True).get() == now + 3 * DAY
