"""The list of articles with its filters, and what waits for a reviewer."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article
from articles.states import Status
from tests.articles.admin.desk import editor, make_draft, make_reviewer, signed_in
from tests.factories import make_article, make_department, make_physician_user, make_user

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/article/"
REVIEW = "/admin/articles/article/review/"


@pytest.fixture
def desk() -> Client:
    return editor("mei")


def listed(client: Client, query: str = "") -> set[str]:
    return {article.title for article in client.get(LIST + query).context["cl"].result_list}


def over(article: Article) -> Article:
    Article.objects.filter(pk=article.pk).update(expires_at=timezone.now())
    return article


def handed_in(**fields: Any) -> Article:
    article = make_draft(**fields)
    article.submit(by=make_user(role="editor", second_factor=False))
    return article


def test_each_state_is_filtered_and_what_is_over_by_the_clock_is_expired(desk: Client) -> None:
    for status in Status.values:
        make_article(status=status, title=status)
    over(make_article(title="over"))

    found = {status: listed(desk, f"?state={status}") for status in Status.values}

    expected = {status: {status} for status in Status.values}
    expected["expired"] = {"expired", "over"}
    assert found == expected
    assert len(listed(desk, "?state=nonsense")) == 7


def test_what_is_to_be_done_is_filtered(desk: Client) -> None:
    today = timezone.localdate()
    make_article(title="fresh", next_review_on=today + dt.timedelta(days=200))
    make_article(title="overdue", next_review_on=today - dt.timedelta(days=1))
    make_article(title="soon", next_review_on=today + dt.timedelta(days=10))
    handed_in(title="waits")
    changed = make_article(title="old")
    changed.title = "changed"
    changed.save()
    changed.record(by=None)

    found = {what: listed(desk, f"?todo={what}") for what in ("review", "changes", "overdue", "soon", "outdated")}

    assert found == {
        "review": {"waits"},
        "changes": {"changed"},
        "overdue": {"overdue"},
        "soon": {"soon"},
        "outdated": set(),
    }


def test_the_list_says_the_state_and_whether_there_are_changes(desk: Client) -> None:
    changed = make_article()
    changed.title = "Changed"
    changed.save()
    changed.record(by=None)
    over(make_article())

    page = desk.get(LIST).content.decode()

    states = [part.split("<")[0] for part in page.split('<td class="field-state">')[1:]]
    assert states == ["expired", "published, with changes"]


@pytest.mark.parametrize("address", [LIST, REVIEW])
def test_a_list_costs_the_same_with_one_row_and_with_three(address: str) -> None:
    client = editor() if address == LIST else signed_in(make_reviewer())
    counted = []

    for more in (1, 2):
        for _number in range(more):
            handed_in(department=make_department())
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        counted.append(len(queries))

    assert counted[0] == counted[1], [query["sql"][:200] for query in queries]


def titles(client: Client) -> list[str]:
    return [article.title for article in client.get(REVIEW).context["articles"]]


def test_a_reviewer_finds_what_was_handed_in_the_longest_waiting_first() -> None:
    late, early = handed_in(title="late"), handed_in(title="early")
    Article.objects.filter(pk=early.pk).update(review_asked_at=timezone.now() - dt.timedelta(days=2))
    make_draft(title="not handed in")
    assert late.review_asked_at is not None

    assert titles(signed_in(make_reviewer())) == ["early", "late"]


def test_a_physician_finds_what_was_handed_in_for_the_own_departments() -> None:
    own, other = make_department(), make_department()
    handed_in(title="own", department=own)
    handed_in(title="other", department=other)
    handed_in(title="nobody's")

    assert titles(signed_in(make_physician_user(own))) == ["own"]


def test_what_a_reviewer_wrote_is_marked_as_somebody_elses_to_review() -> None:
    reviewer = make_reviewer()
    handed_in(title="mine", author=reviewer)
    handed_in(title="another's")

    page = signed_in(reviewer).get(REVIEW).content.decode()

    assert page.count("yours: somebody else reviews it") == 1


@pytest.mark.parametrize(("role", "is_led"), [("medical_reviewer", True), ("physician", True), ("editor", False)])
def test_the_desk_is_linked_for_those_who_review(role: str, is_led: bool) -> None:
    page = signed_in(make_user(role=role)).get("/admin/").content.decode()

    assert (f'href="{REVIEW}"' in page) == is_led
