"""What is not somebody's is no page, by every door of the admin."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from faq.models import MoreInfo, Topic
from people.admin_base import COUNTED_ROWS, BoundedPaginator
from people.models import Department, User
from search.models import Concept
from tests.factories import (
    make_article,
    make_concept,
    make_department,
    make_more_info,
    make_page,
    make_physician,
    make_physician_user,
    make_question,
    make_topic,
    make_user,
)

pytestmark = pytest.mark.django_db


def address(model: str, page: str, *args: Any) -> str:
    return reverse(f"admin:{model}_{page}", args=args)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def doors_to(row: Any) -> list[str]:
    model = f"{row._meta.app_label}_{row._meta.model_name}"
    return [address(model, page, row.pk) for page in ("change", "delete", "history")]


@pytest.fixture
def skin() -> Department:
    return make_department("dermatology")


@pytest.fixture
def heart() -> Department:
    return make_department("cardiology")


def test_a_physician_finds_no_text_of_another_department_by_any_door(skin: Department, heart: Department) -> None:
    client = signed_in(make_physician_user(skin))
    own, other = make_topic(department=skin), make_topic(department=heart)
    own_info = make_more_info(make_question("published", skin))
    other_info = make_more_info(make_question("published", heart))
    own_article, other_article = make_article(department=skin), make_article(department=heart)

    seen = [client.get(doors_to(row)[0]).status_code for row in (own, own_info, own_article)]
    unseen = {
        door: client.get(door).status_code for row in (other, other_info, other_article) for door in doors_to(row)
    }

    assert seen == [200, 200, 200]
    assert set(unseen.values()) == {404}


def test_a_physician_posts_to_no_text_of_another_department(skin: Department, heart: Department) -> None:
    client = signed_in(make_physician_user(skin))
    other = make_more_info(make_question("published", heart), body="As it was.")
    version = other.history.first()

    answers = [
        client.post(address("faq_moreinfo", "change", other.pk), {"body": "New."}),
        client.post(address("faq_moreinfo", "approve", other.pk)),
        client.post(address("faq_moreinfo", "simple_history", other.pk, version.pk), {"body": "New."}),
        client.post(
            address("faq_moreinfo", "changelist"), {"action": "delete_selected", "_selected_action": [other.pk]}
        ),
    ]

    assert [answer.status_code for answer in answers] == [404] * 4
    assert MoreInfo.objects.get(pk=other.pk).body == "As it was."


def test_an_earlier_version_is_hidden_with_its_text(skin: Department, heart: Department) -> None:
    client = signed_in(make_physician_user(skin))
    own, other = (make_more_info(make_question("published", each)) for each in (skin, heart))

    answers = [
        client.get(address("faq_moreinfo", "simple_history", row.pk, row.history.first().pk)) for row in (own, other)
    ]

    assert [answer.status_code for answer in answers] == [200, 404]


def test_a_version_of_another_text_is_not_shown_under_this_one(skin: Department, heart: Department) -> None:
    client = signed_in(make_physician_user(skin))
    own, other = (make_more_info(make_question("published", each)) for each in (skin, heart))

    answer = client.get(address("faq_moreinfo", "simple_history", own.pk, other.history.first().pk))

    assert answer.status_code == 404


def test_who_only_reads_a_text_cannot_bring_an_earlier_version_back(skin: Department) -> None:
    topic = make_topic(department=skin, introduction="", is_public=True)
    first = topic.history.first()
    topic.is_public = False
    topic.save()
    client = signed_in(make_user(role="medical_reviewer"))
    door = address("faq_topic", "simple_history", topic.pk, first.pk)

    looked, posted = client.get(door), client.post(door, {"language": "en"})

    assert (looked.status_code, posted.status_code) == (200, 404)
    assert not Topic.objects.get(pk=topic.pk).is_public


def test_who_may_write_brings_an_earlier_version_back(skin: Department) -> None:
    page = make_page("about", body="First.")
    first = page.history.first()
    page.body = "Second."
    page.save()
    client = signed_in(make_user(role="editor"))
    door = address("articles_staticpage", "simple_history", page.pk, first.pk)

    shown = client.get(door)
    form = {"slug": "about", "title": page.title, "body": "First.", "is_public": "on"}
    client.post(door, form)
    without_version = type(page).objects.get(pk=page.pk).body
    client.post(door, form | {"version": shown.context["adminform"].form.initial["version"]})

    before = page.version
    page.refresh_from_db()
    assert (shown.status_code, without_version, page.body) == (200, "Second.", "First.")
    assert page.version > before


def test_an_action_with_one_foreign_row_does_nothing(heart: Department, skin: Department) -> None:
    client = signed_in(make_user(role="administrator"))
    own, superuser = make_user("own"), make_user("root", is_superuser=True)

    answer = client.post(
        address("people_user", "changelist"),
        {"action": "remove_second_factor", "_selected_action": [own.pk, superuser.pk]},
    )

    assert answer.status_code == 404
    assert own.authenticator_set.count() == 1  # type: ignore[attr-defined]  # allauth's, which has no types


@pytest.mark.parametrize("chosen", [["word"], ["99999"], ["9" * 40], ["-1"]])
def test_an_action_on_what_does_not_exist_is_no_page(chosen: list[str]) -> None:
    client = signed_in(make_user(role="editor"))

    answer = client.post(
        address("search_concept", "changelist"), {"action": "accept_proposals", "_selected_action": chosen}
    )

    assert answer.status_code == 404


@pytest.mark.parametrize("key", ["0", "99999", "9" * 40, "word", "1_2F", "..", "%00"])
def test_a_key_that_nobody_has_is_no_page(key: str) -> None:
    client = signed_in(make_user(role="editor"))

    answers = [client.get(f"/admin/search/concept/{key}/{page}/") for page in ("change", "delete", "history")]

    assert {answer.status_code for answer in answers} <= {400, 404}


def test_a_missing_permission_is_no_page() -> None:
    concept, user = make_concept(), make_user()
    client = signed_in(make_user(role="physician"))
    doors = [
        address("people_user", "changelist"),
        address("people_user", "add"),
        address("people_user", "change", user.pk),
        reverse("admin:auth_user_password_change", args=[user.pk]),
        address("search_concept", "changelist"),
        address("search_concept", "change", concept.pk),
        address("articles_article", "add"),
        "/admin/people/",
    ]

    assert [client.get(door).status_code for door in doors] == [404] * len(doors)


AUTOCOMPLETE = "/admin/autocomplete/"


def offered(client: Client, model: str, field: str, term: str) -> Any:
    app, _, name = model.partition("_")
    fields = {"app_label": app, "model_name": name, "field_name": field, "term": term}
    return client.get(AUTOCOMPLETE, fields)


def test_autocomplete_offers_nothing_to_who_may_not_see_the_rows() -> None:
    make_concept("Lupus")

    answers = [
        offered(signed_in(make_user(role=role)), "articles_taggedarticle", "tag", "lupus").status_code
        for role in ("editor", "moderator", "physician", "medical_reviewer", "administrator")
    ]

    assert answers == [200, 200, 404, 404, 404]


def test_autocomplete_offers_no_superuser() -> None:
    make_user("root_of_all", is_superuser=True)
    make_user("root_crops")
    client = signed_in(make_user(role="administrator"))

    names = [row["text"] for row in offered(client, "people_physician", "user", "root").json()["results"]]

    assert names == ["root_crops"]


def test_a_row_that_is_not_offered_is_not_taken_either() -> None:
    superuser = make_user("root", is_superuser=True)
    physician = make_physician()
    client = signed_in(make_user(role="administrator"))

    answer = client.post(
        address("people_physician", "change", physician.pk), {"name": physician.name, "user": superuser.pk}
    )

    physician.refresh_from_db()
    assert (answer.status_code, physician.user) == (200, None)


def test_autocomplete_finds_a_tag_by_either_language_and_the_closest_first() -> None:
    measles, sle = make_concept("Measles", "麻疹"), make_concept("SLE", "紅斑性狼瘡")
    make_concept("Sle-like proposal", is_proposal=True)
    client = signed_in(make_user(role="editor"))

    by_english = offered(client, "articles_taggedarticle", "tag", "ＳＬＥ").json()["results"]
    by_chinese = offered(client, "articles_taggedarticle", "tag", "狼瘡").json()["results"]

    assert [row["text"] for row in by_english] == ["SLE · 紅斑性狼瘡", "Measles · 麻疹"]
    assert [row["id"] for row in by_chinese] == [str(sle.pk)]
    assert measles.pk != sle.pk


def test_a_list_counts_no_further_than_its_bound() -> None:
    Concept.objects.bulk_create(Concept(name=f"c{n}", slug=f"c{n}", name_en=f"c{n}") for n in range(COUNTED_ROWS + 5))
    client = signed_in(make_user(role="editor"))

    first = client.get(address("search_concept", "changelist"))
    last = client.get(address("search_concept", "changelist"), {"p": COUNTED_ROWS // 50})
    beyond = client.get(address("search_concept", "changelist"), {"p": COUNTED_ROWS // 50 + 1})

    assert BoundedPaginator(Concept.objects.all(), 50).count == COUNTED_ROWS
    assert "concepts: the first 1000. Search or filter for more." in first.content.decode()
    assert (last.status_code, beyond.status_code) == (200, 302)


@pytest.mark.parametrize("page", ["0", "-1", "word", "9" * 40, "1.5"])
def test_a_page_number_that_makes_no_sense_is_no_error(page: str) -> None:
    client = signed_in(make_user(role="editor"))

    assert client.get(address("search_concept", "changelist"), {"p": page}, follow=True).status_code == 200


@pytest.mark.parametrize(
    "query", [{"q": "'\"<"}, {"kind__exact": "none"}, {"is_proposal__exact": "x"}, {"o": "99.-7.x"}, {"id": "9" * 40}]
)
def test_a_filter_that_makes_no_sense_is_no_error(query: dict[str, str]) -> None:
    client = signed_in(make_user(role="editor"))

    assert client.get(address("search_concept", "changelist"), query, follow=True).status_code in {200, 400}


def _articles(count: int) -> None:
    for _each in range(count):
        make_article(department=make_department())


def _topics(count: int) -> None:
    for _each in range(count):
        make_topic()


def _supplements(count: int) -> None:
    for _each in range(count):
        make_more_info(make_question("published"))


def _concepts(count: int) -> None:
    for _each in range(count):
        make_concept()


def _physicians(count: int) -> None:
    for _each in range(count):
        make_physician(user=make_user(), departments=[make_department(), make_department()])


def _users(count: int) -> None:
    for _each in range(count):
        make_user(role="editor")


def _departments(count: int) -> None:
    for _each in range(count):
        make_physician(departments=[make_department()])


@pytest.mark.parametrize(
    ("role", "model", "make", "limit"),
    [
        ("editor", "articles_article", _articles, 12),
        ("editor", "faq_topic", _topics, 12),
        ("editor", "faq_moreinfo", _supplements, 12),
        ("editor", "search_concept", _concepts, 12),
        ("administrator", "people_physician", _physicians, 12),
        ("administrator", "people_user", _users, 12),
        ("administrator", "people_department", _departments, 12),
    ],
)
def test_a_list_costs_the_same_for_one_row_and_for_three(
    role: str, model: str, make: Any, limit: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(make_user(role=role))
    make(1)
    client.get(address(model, "changelist"))
    with django_assert_max_num_queries(limit) as one:
        client.get(address(model, "changelist"))

    make(2)
    with django_assert_max_num_queries(limit) as three:
        page = client.get(address(model, "changelist"))

    assert page.status_code == 200
    assert len(three) == len(one)
