"""A row that a form of the admin shows is a link for who may open it, and a name for who may not."""

import pytest
from django.test import Client
from django.urls import reverse

from faq.states import Status
from people.models import User
from tests.factories import (
    make_article,
    make_concept,
    make_department,
    make_physician_user,
    make_question,
    make_topic,
    make_user,
)
from tests.reading import links, read

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("role", "is_link"), [("moderator", True), ("physician", False)])
def test_a_row_that_is_only_read_is_a_link_for_who_may_open_it(client: Client, role: str, is_link: bool) -> None:
    department = make_department()
    question = make_question(Status.PUBLISHED, department)
    user: User = make_user(role=role) if is_link else make_physician_user(department)
    client.force_login(user)

    page = read(client, reverse("admin:faq_question_change", args=[question.pk]))

    address = reverse("admin:people_department_change", args=[department.pk])
    assert (address in links(page).values()) is is_link
    assert str(department) in page.words


@pytest.mark.parametrize("page", ["simple_history", "change"])
def test_a_version_and_a_list_lead_nowhere_either(client: Client, page: str) -> None:
    topic, article = make_topic(make_concept(), make_department()), make_article()
    client.force_login(make_user(role="editor" if page == "change" else "medical_reviewer"))
    version = topic.history.first().history_id
    address = {
        "simple_history": reverse("admin:faq_topic_simple_history", args=[topic.pk, version]),
        "change": reverse("admin:articles_article_change", args=[article.pk]),
    }[page]

    found = set(links(read(client, address)).values())

    closed = reverse("admin:search_concept_change", args=[topic.concept_id]), reverse("admin:faq_question_changelist")
    assert found & set(closed) == set()
