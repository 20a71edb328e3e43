"""What the head of each kind of page says to search engines, and to those to whom it is sent."""

import datetime as dt
import json
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from faq.concept_page import concept_address
from faq.paging import PAGE_SIZE
from faq.states import Status
from people.models import Department
from portal.cards import FOLDER, card_of
from portal.templatetags.found import steps_of
from tests.factories import (
    make_answer,
    make_article,
    make_concept,
    make_department,
    make_more_info,
    make_page,
    make_physician,
    make_question,
    make_topic,
    submit_question,
)
from tests.portal.schema_org import problems_of
from tests.reading import Part, read
from text.linked_data import to_json

HOST = "http://testserver"
LONG_AGO = dt.timedelta(days=settings.REVIEW_GRACE_DAYS + 5)


def things(page: Part) -> list[dict[str, Any]]:
    """Every thing of the structured data of a page."""
    found = []
    for block in page.every("script", type="application/ld+json"):
        document = json.loads(block.words)
        found += document.get("@graph", [document])
    return found


def kinds(page: Part) -> list[str]:
    return [thing["@type"] for thing in things(page)]


def only(page: Part, kind: str) -> dict[str, Any]:
    (found,) = [thing for thing in things(page) if thing["@type"] == kind]
    return found


def robots(page: Part) -> list[str]:
    return [meta["content"] for meta in page.every("meta", name="robots")]


def canonical(page: Part) -> list[str]:
    return [link["href"].removeprefix(HOST) for link in page.every("link", rel="canonical")]


def alternates(page: Part) -> dict[str, str]:
    return {
        link["hreflang"]: link["href"].removeprefix(HOST)
        for link in page.every("link", rel="alternate")
        if "hreflang" in link.attributes
    }


def card(page: Part) -> dict[str, str]:
    return {meta["property"]: meta["content"] for meta in page.every("meta") if "property" in meta.attributes}


def one_of_each() -> dict[str, str]:
    """An address of each kind of page that may be listed, with rows behind it."""
    department, concept = make_department("skin"), make_concept("Lupus", "紅斑性狼瘡")
    question = make_question(Status.PUBLISHED, department, title="Sun & <skin>?", concepts=[concept])
    topic = make_topic(
        concept,
        department,
        introduction="Lupus is treatable.",
        reviewed_by=make_physician(),
        reviewed_on=timezone.localdate(),
    )
    entries = [("Is it catching?", "No."), ("Is it hereditary?", "")]
    article = make_article(department=department, entries=entries)
    article.concepts.add(concept)
    physician = question.answers.get().physician
    assert physician is not None
    make_page("about")
    with override("en"):
        return {
            "home": "/en/",
            "questions": "/en/questions/",
            "topics": "/en/topics/",
            "articles": "/en/articles/",
            "departments": "/en/departments/",
            "department": department.get_absolute_url(),
            "question": question.get_absolute_url(),
            "topic": topic.get_absolute_url(),
            "concept": concept_address(concept),
            "article": article.get_absolute_url(),
            "physician": physician.get_absolute_url(),
            "page": "/en/about/",
            "ask": "/en/ask/",
            "contact": "/en/contact/",
            "sitemap": "/en/sitemap/",
        }


@pytest.mark.django_db
def test_every_page_that_may_be_listed_names_its_own_address_its_card_and_valid_data(client: Client) -> None:
    for name, address in one_of_each().items():
        page = read(client, address)

        assert (name, canonical(page), robots(page)) == (name, [address], [])
        said = card(page)
        assert said["og:url"] == f"{HOST}{address}", name
        assert f"{said['og:title']} · Wenyi 問醫" == page.one("title").words, name
        assert said["og:description"] == page.one("meta", name="description")["content"] != "", name
        assert (said["og:locale"], said["og:image:width"]) == ("en_US", "1200"), name
        assert page.one("meta", name="twitter:card")["content"] == "summary_large_image", name
        assert problems_of(things(page)) == [], name
        assert ("BreadcrumbList" in kinds(page)) is (name != "home"), name


@pytest.mark.django_db
def test_a_page_with_a_twin_names_both_and_one_for_all_others(client: Client) -> None:
    make_department("skin")

    english, chinese = read(client, "/en/departments/skin/"), read(client, "/zh-hant/departments/skin/")

    both = {"en": "/en/departments/skin/", "zh-Hant": "/zh-hant/departments/skin/"}
    make_question(Status.PUBLISHED)
    assert alternates(read(client, "/en/departments/")) == {
        "en": "/en/departments/",
        "zh-Hant": "/zh-hant/departments/",
        "x-default": "/en/departments/",
    }
    assert alternates(read(client, "/zh-hant/"))["x-default"] == "/"
    # Nothing stands on the pages of this department: they say so, and name nobody.
    assert (robots(english), robots(chinese)) == (["noindex"], ["noindex"])
    assert (alternates(english), canonical(chinese), card(english)) == ({}, [], {})
    make_topic(department=Department.objects.get(slug="skin"))
    make_topic(department=Department.objects.get(slug="skin"), language="zh-hant")
    assert alternates(read(client, "/zh-hant/departments/skin/")) == {**both, "x-default": "/en/departments/skin/"}
    assert card(read(client, "/zh-hant/departments/skin/"))["og:locale:alternate"] == "en_US"


@pytest.mark.django_db
def test_a_later_page_of_a_list_is_a_page_of_its_own_without_a_twin(client: Client) -> None:
    for _number in range(PAGE_SIZE + 1):
        make_question(Status.PUBLISHED)
    older = read(client, "/en/questions/").one("a", rel="next")["href"]

    page = read(client, f"/en/questions/{older}&utm_source=x&q=y")

    assert (canonical(page), alternates(page), robots(page)) == ([f"/en/questions/{older}"], {}, [])
    assert canonical(read(client, "/en/questions/?utm_source=x&department=y&page=2")) == ["/en/questions/"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    ["/en/search/?q=lupus", "/en/search/", "/en/questions/", "/en/topics/", "/en/articles/", "/en/ticket/"],
)
def test_results_empty_lists_and_the_door_to_tickets_are_not_listed(client: Client, address: str) -> None:
    page = read(client, address)

    assert (robots(page), canonical(page), alternates(page), card(page), things(page)) == (["noindex"], [], {}, {}, [])


@pytest.mark.django_db
def test_tickets_are_not_listed(client: Client) -> None:
    page = read(client, f"/en/ticket/{submit_question().ticket.secret}/")

    assert (robots(page), canonical(page), card(page), things(page)) == (
        ["noindex, nofollow, noarchive"],
        [],
        {},
        [],
    )


@pytest.mark.django_db
def test_overdue_and_outdated_texts_are_not_listed(client: Client) -> None:
    overdue = timezone.localdate() - LONG_AGO
    question, outdated, kept = (make_question(Status.PUBLISHED) for _number in range(3))
    question.answers.update(next_review_on=overdue)
    outdated.answers.update(outdated_on=timezone.localdate())
    kept.answers.update(next_review_on=overdue)
    make_answer(kept)
    article = make_article(next_review_on=overdue)

    found = [robots(read(client, row.get_absolute_url())) for row in (question, outdated, article, kept)]

    assert found == [["noindex"], ["noindex"], ["noindex"], []]


@pytest.mark.django_db
def test_a_question_says_what_it_is_about_who_answered_and_when(client: Client) -> None:
    lupus = make_concept("Lupus", "紅斑性狼瘡")
    drug = make_concept("Prednisolone", "類固醇", kind="drug")
    question = make_question(Status.PUBLISHED, title="Can I be vaccinated?", concepts=[lupus, drug])
    question.answers.update(reviewed_on=dt.date(2026, 5, 1))
    physician = question.answers.get().physician
    assert physician is not None

    page = read(client, question.get_absolute_url())

    told = only(page, "MedicalWebPage")
    assert told["name"] == "Can I be vaccinated? (Lupus)"
    assert [(each["@type"], each["name"]) for each in told["about"]] == [
        ("MedicalCondition", "Lupus"),
        ("Drug", "Prednisolone"),
    ]
    assert (told["lastReviewed"], told["reviewedBy"]["@type"]) == ("2026-05-01", "Organization")
    assert (told["author"]["@type"], told["author"]["name"]) == ("Person", physician.name_romanised)
    assert question.published_at is not None
    assert dt.datetime.fromisoformat(told["datePublished"]) == question.published_at.replace(microsecond=0)
    assert told["datePublished"].endswith("+08:00")
    assert kinds(page) == ["MedicalWebPage", "BreadcrumbList"]


@pytest.mark.django_db
def test_it_is_a_page_of_question_and_answers_only_by_setting_and_with_a_signed_answer(
    client: Client, settings: Any
) -> None:
    settings.QA_PAGES = True
    question = make_question(Status.PUBLISHED, title="Sun?", body="Is sun bad </script> for me?")
    make_more_info(
        question, body="SUPPLEMENT", is_public=True, reviewed_by="Dr. Lin", reviewed_on=timezone.localdate()
    )
    unsigned = make_question(Status.PUBLISHED)
    unsigned.answers.update(physician=None)
    translation = make_question(Status.PUBLISHED, language="zh-hant", translation_of=question)

    page = read(client, question.get_absolute_url())

    asked = only(page, "QAPage")["mainEntity"]
    answer = question.answers.get()
    assert (asked["name"], asked["text"], asked["answerCount"]) == ("Sun?", "Is sun bad </script> for me?", 1)
    assert asked["acceptedAnswer"]["text"] == answer.body
    assert asked["acceptedAnswer"]["url"] == f"{HOST}{question.get_absolute_url()}#answer-{answer.pk}"
    assert page.every("div", id=f"answer-{answer.pk}") != []
    assert problems_of(things(page)) == []
    assert "SUPPLEMENT" not in json.dumps(things(page))
    for row in (unsigned, translation):
        assert "QAPage" not in kinds(read(client, row.get_absolute_url()))


@pytest.mark.django_db
def test_only_entries_with_answers_are_marked_up(client: Client) -> None:
    addresses = one_of_each()

    told = only(read(client, addresses["article"]), "FAQPage")
    bare = make_article(entries=[("Why?", " ")])

    assert [(each["name"], each["acceptedAnswer"]["text"]) for each in told["mainEntity"]] == [
        ("Is it catching?", "No.")
    ]
    assert "FAQPage" not in kinds(read(client, bare.get_absolute_url()))


@pytest.mark.django_db
def test_reviewed_texts_say_by_whom_and_people_who_they_are(client: Client) -> None:
    addresses = one_of_each()
    diets = make_department("diets", kind=Department.Kind.DIETITIAN)
    dietitian = make_physician(departments=[diets], bio_en="Sees children.")

    topic = only(read(client, addresses["topic"]), "MedicalWebPage")
    article = only(read(client, addresses["article"]), "MedicalWebPage")

    assert topic["lastReviewed"] == timezone.localdate().isoformat()
    assert topic["reviewedBy"]["@type"] == article["reviewedBy"]["@type"] == "Person"
    assert topic["about"][0]["name"] == article["about"][0]["name"] == "Lupus"
    assert "Physician" in kinds(read(client, addresses["physician"]))
    with override("en"):
        assert kinds(read(client, dietitian.get_absolute_url())) == ["Person", "BreadcrumbList"]


@pytest.mark.django_db
def test_home_says_whose_site_it_is_and_how_it_is_searched(client: Client) -> None:
    page = read(client, "/zh-hant/")

    site = only(page, "WebSite")
    assert site["potentialAction"]["target"]["urlTemplate"] == f"{HOST}/zh-hant/search/?q={{search_term_string}}"
    assert only(page, "Organization")["@id"] == site["publisher"]["@id"]


@pytest.mark.django_db
def test_the_breadcrumb_is_the_same_for_people_and_machines(client: Client) -> None:
    department = make_department("skin", name_en="Skin & <hair>")
    question = make_question(Status.PUBLISHED, department)

    page = read(client, question.get_absolute_url())

    told = [
        (each["name"], each.get("item", "").removeprefix(HOST))
        for each in only(page, "BreadcrumbList")["itemListElement"]
    ]
    assert told == [
        ("Home", "/en/"),
        ("Departments", "/en/departments/"),
        ("Skin & <hair>", "/en/departments/skin/"),
        (f"Question {question.pk}", ""),
    ]
    assert [item.words for item in page.one("nav", "breadcrumb").every("li")] == [name for name, _address in told]


@pytest.mark.django_db
def test_the_description_is_that_of_the_answer_and_not_its_greeting(client: Client) -> None:
    question = make_question(Status.PUBLISHED, language="zh-hant", body="醫師您好，我想問能不能打疫苗。")
    answer = question.answers.get()
    answer.body = "您好，感謝您的提問。\n\n狼瘡病人可以打不活化疫苗。活的疫苗要先問醫師。"
    answer.save()
    question.retag([make_concept()], by=None)

    page = read(client, question.get_absolute_url())

    assert page.one("meta", name="description")["content"] == "狼瘡病人可以打不活化疫苗。活的疫苗要先問醫師。"
    question.refresh_from_db()
    assert question.teaser == "我想問能不能打疫苗。"


def test_every_department_of_the_demo_has_a_picture_and_others_the_house() -> None:
    folder = settings.BASE_DIR / "static" / FOLDER
    slugs = [
        row["slug"] for row in json.loads((settings.BASE_DIR / "portal/demo/content/departments.json").read_text())
    ]

    assert [slug for slug in slugs if card_of(Department(slug=slug)).path != f"{FOLDER}/{slug}.png"] == []
    assert card_of(Department(slug="new")).path == card_of(None).path == f"{FOLDER}/wenyi.png"
    assert max(path.stat().st_size for path in folder.glob("*.png")) < 30_000


VALUES = st.recursive(
    st.text() | st.integers() | st.none(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@given(st.dictionaries(st.text(min_size=1), VALUES))
def test_whatever_stands_in_the_data_cannot_leave_its_element(thing: dict[str, Any]) -> None:
    text = to_json([{"@type": "Thing", **thing}])

    assert not set(text) & set("<>&\u2028\u2029")
    assert json.loads(text)["@context"] == "https://schema.org"


def test_words_come_out_as_they_went_in_and_empty_properties_do_not() -> None:
    text = to_json(
        [{"@type": "Question", "name": "</script><!-- \u2028 & 狼瘡", "text": "", "about": [], "n": {"m": None}}]
    )

    assert json.loads(text) == {
        "@context": "https://schema.org",
        "@type": "Question",
        "name": "</script><!-- \u2028 & 狼瘡",
        "n": {},
    }


def test_steps_are_read_from_the_list_alone() -> None:
    assert steps_of('<nav><ol><li><a href="/en/?a=1&amp;b=2">A &amp; B</a></li><li><b>C</b> d</li></ol></nav>') == [
        ("A & B", "/en/?a=1&b=2"),
        ("C d", ""),
    ]


@pytest.mark.parametrize(
    "faulty",
    [
        {"@type": "Nonsense"},
        {"@type": "Question", "name": "Why?", "acceptedAnswer": {"@type": "Answer", "text": " "}},
        {"@type": "QAPage", "mainEntity": []},
        {"@type": "Person", "name": "Lin", "datePublished": "2026-05-01T00:00:00"},
        {"@type": "Organization", "name": "Wenyi", "url": "/en/"},
        {"@type": "BreadcrumbList", "itemListElement": [{"@type": "ListItem", "position": 2, "name": "Home"}]},
        {"@type": "Person", "name": "Lin", "licence": "123"},
    ],
)
def test_faulty_data_is_found_out(faulty: dict[str, Any]) -> None:
    assert problems_of([faulty]) != []
