"""One box finds everything: departments, physicians, concepts and static pages have documents too."""

import pytest
from django.test import Client

from faq.models import Question
from faq.models.publication import show
from faq.states import Status
from people.models import Department
from portal.documents import complete_documents
from search.merging import merge
from search.models import Change, Concept, Document
from tests.factories import (
    make_article,
    make_concept,
    make_department,
    make_page,
    make_physician,
    make_question,
    make_topic,
    make_user,
)

pytestmark = pytest.mark.django_db


def shown(kind: str) -> dict[str, tuple[str, str]]:
    rows = Document.objects.live().filter(kind=kind).order_by("key")
    return {row.key: (row.title, row.body) for row in rows}


def test_a_department_is_found_by_both_its_names() -> None:
    row = make_department(
        "skin", name_en="Dermatology", name_zh_hant="皮膚科", description_en="Skin", description_zh_hant="皮"
    )

    assert shown("department") == {
        f"department:{row.pk}-en": ("Dermatology", "皮膚科\n\nSkin"),
        f"department:{row.pk}-zh-hant": ("皮膚科", "Dermatology\n\n皮"),
    }
    row.name_en = "Skin clinic"
    row.save()
    assert shown("department")[f"department:{row.pk}-en"][0] == "Skin clinic"
    row.delete()
    assert shown("department") == {}


def test_every_document_leads_to_its_page(client: Client) -> None:
    department = make_department()
    concept = make_concept("Lupus", "狼瘡")
    make_physician(departments=[department])
    make_page()
    make_topic(concept, department)
    make_question(Status.PUBLISHED, department, concepts=[concept])

    documents = list(Document.objects.live())

    assert {document.kind for document in documents} == {
        "department",
        "physician",
        "page",
        "topic",
        "concept",
        "question",
    }
    assert {document.path: client.get(document.path).status_code for document in documents} == {
        document.path: 200 for document in documents
    }
    assert all(document.path.startswith(f"/{document.language}/") for document in documents)


def test_a_physician_is_found_while_the_profile_has_a_page() -> None:
    physician = make_physician(name="林波", name_romanised="Lin Bo", licence_number="1")
    key = f"physician:{physician.pk}-en"
    assert shown("physician")[key][0] == "Lin Bo"

    physician.withdraw_verification()
    assert shown("physician") == {}
    physician.verify(by=make_user())
    assert key in shown("physician")
    physician.merged_into = make_physician()
    physician.save()

    assert key not in shown("physician")


def test_an_unverified_physician_is_found_while_an_answer_is_public() -> None:
    physician = make_physician(verified=False)
    keys = {f"physician:{physician.pk}-en", f"physician:{physician.pk}-zh-hant"}
    question = make_question(Status.PUBLISHED)
    assert not keys & set(shown("physician"))

    question.answers.update(physician=physician)
    show(question)
    assert keys <= set(shown("physician"))
    question.unpublish(by=make_user(role="moderator"), reason="It is wrong.")

    assert not keys & set(shown("physician"))


def test_a_concept_is_found_while_something_public_carries_it() -> None:
    lupus, proposal = make_concept("Lupus", "狼瘡"), make_concept("Wolf", is_proposal=True)
    make_concept("Gout")
    assert shown("concept") == {}

    first = make_question(Status.PUBLISHED, concepts=[lupus, proposal])
    second = make_question(Status.PUBLISHED, concepts=[lupus])
    assert shown("concept") == {
        f"concept:{lupus.pk}-en": ("Lupus", "狼瘡"),
        f"concept:{lupus.pk}-zh-hant": ("狼瘡", "Lupus"),
    }
    moderator = make_user(role="moderator")
    first.unpublish(by=moderator, reason="Wrong.")
    assert len(shown("concept")) == 2
    second.unpublish(by=moderator, reason="Wrong.")

    assert shown("concept") == {}


def test_a_concept_is_found_while_a_topic_or_an_article_is_about_it() -> None:
    lupus, gout = make_concept("Lupus"), make_concept("Gout")
    topic = make_topic(lupus)
    article = make_article()
    article.tagged.create(tag=gout)
    article.show()
    assert {title for title, _body in shown("concept").values()} == {"Lupus", "Gout"}

    topic.is_public = False
    topic.save()
    article.tagged.all().delete()
    article.show()

    assert shown("concept") == {}


def test_a_merged_or_deleted_concept_is_found_no_more() -> None:
    lupus, wolf, gout = make_concept("Lupus"), make_concept("Wolf"), make_concept("Gout")
    make_question(Status.PUBLISHED, concepts=[wolf])
    article = make_article()
    article.tagged.create(tag=gout)
    article.show()
    assert {title for title, _body in shown("concept").values()} == {"Wolf", "Gout"}

    merge(wolf, into=lupus, by=make_user())
    article.tagged.all().delete()
    gout.delete()

    assert {title for title, _body in shown("concept").values()} == {"Lupus"}


def test_a_concepts_document_is_no_change_of_the_vocabulary() -> None:
    concept = make_concept("Lupus")
    before = Change.objects.filter(key=f"concept:{concept.pk}").count()

    make_question(Status.PUBLISHED, concepts=[concept])

    assert Change.objects.filter(key=f"concept:{concept.pk}-en").count() == 1
    assert Change.objects.filter(key=f"concept:{concept.pk}").count() == before


def test_a_static_page_is_found_while_it_is_public() -> None:
    page = make_page(title="About us", body="**Who** we are")
    assert shown("page") == {f"page:{page.pk}": ("About us", "Who we are")}

    page.slug = "about-wenyi"
    page.save()
    assert Document.objects.get(key=f"page:{page.pk}").path == page.get_absolute_url()
    page.withdraw("It is old.")
    assert shown("page") == {}
    page.is_public, page.withdrawn_because = True, ""
    page.save()
    page.delete()

    assert shown("page") == {}


def test_what_was_there_before_an_upgrade_gets_its_documents_once() -> None:
    concept = make_concept("Lupus")
    make_physician(departments=[make_department()])
    make_page()
    make_topic(concept)
    article = make_article()
    article.tagged.create(tag=concept)
    article.show()
    Concept.objects.filter(pk=concept.pk).update(name_en="Wolf")
    before = set(Document.objects.live().values_list("key", flat=True))
    Document.objects.all().delete()

    put = complete_documents()

    assert set(Document.objects.live().values_list("key", flat=True)) == before
    assert put > 0
    assert Document.objects.get(key=f"concept:{concept.pk}-en").title == "Wolf"
    assert complete_documents() == 0
    Department.objects.filter(pk=Department.objects.earliest("pk").pk).update(name_en="Another name")
    assert complete_documents() > 0


def test_a_document_knows_its_twin() -> None:
    make_department()
    make_page()
    documents = {document.key: document for document in Document.objects.all()}

    twins = {document.twin_key for document in documents.values() if document.kind == "department"}

    assert twins == {key for key in documents if key.startswith("department:")}
    assert [document.twin_key for document in documents.values() if document.kind == "page"] == [""]


def test_a_question_of_before_replies_had_a_column_gets_its_document_anew() -> None:
    lupus = make_concept("Lupus", "狼瘡")
    question = make_question(Status.PUBLISHED, title="Zebrafish", concepts=[lupus])
    merged = make_question(Status.PUBLISHED, question.department, title="Penguins")
    merged.merge(into=question, by=make_user(role="moderator"), as_variant=True)
    Question.objects.get(pk=question.pk).answers.update(care_level="soon")
    show(Question.objects.get(pk=question.pk))
    rows = Document.objects.filter(key=f"question:{question.pk}")
    said = rows.values("title", "body", "replies", "tags", "care_level", "teaser", "path").get()
    assert all(said.values())
    rows.update(body=f"{said['body']}\n\n{said['replies']}", replies="", tags="", care_level="")

    assert (complete_documents(), complete_documents()) == (1, 0)

    assert rows.values(*said).get() == said


def test_questions_of_before_get_what_they_are_called_once() -> None:
    lupus = make_concept("Lupus")
    question = make_question(Status.PUBLISHED, title="Vaccine?", body="Hello. Is it safe?", concepts=[lupus])
    empty = make_question(Status.PUBLISHED, title="help", body="Hi. My ankles swell.")
    rows = Question.objects.filter(pk__in=[question.pk, empty.pk])
    rows.update(headline="", stand_in_title="", slug="old", teaser="Hello.")

    count = complete_documents()

    named = list(rows.order_by("pk").values_list("headline", "slug", "teaser"))
    assert named == [
        ("Vaccine? (Lupus)", "vaccine-lupus", "Is it safe?"),
        ("My ankles swell.", "my-ankles-swell", "My ankles swell."),
    ]
    assert [Document.objects.get(key=f"question:{row.pk}").title for row in (question, empty)] == [
        "Vaccine?",
        "My ankles swell.",
    ]
    assert (count, complete_documents()) == (2, 0)
