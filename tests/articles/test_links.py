"""Links to this site that lead nowhere."""

from collections.abc import Callable

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from articles.links import addresses, dead_links
from articles.models import Redirect
from articles.states import Status
from faq.states import Status as QuestionStatus
from tests.factories import (
    make_article,
    make_department,
    make_page,
    make_physician,
    make_question,
    make_topic,
)
from text import markdown

pytestmark = pytest.mark.django_db


def dead(address: str) -> bool:
    return dead_links(markdown.render(f"[the page]({address})", heading=2)) == [address]


ROWS: dict[str, tuple[Callable[[], str], Callable[[], str]]] = {
    # what: a public address, and one of the same kind that is not
    "article": (
        lambda: make_article().get_absolute_url(),
        lambda: make_article(status=Status.DRAFT).get_absolute_url(),
    ),
    "expired article": (
        lambda: make_article().get_absolute_url(),
        lambda: make_article(status=Status.EXPIRED).get_absolute_url(),
    ),
    "question": (
        lambda: make_question(QuestionStatus.PUBLISHED).get_absolute_url(),
        lambda: make_question(QuestionStatus.ACCEPTED).get_absolute_url(),
    ),
    "topic": (
        lambda: make_topic().get_absolute_url(),
        lambda: make_topic(is_public=False).get_absolute_url(),
    ),
    "physician": (lambda: make_physician().get_absolute_url(), lambda: "/en/physicians/99999/nobody/"),
    "department": (lambda: make_department("skin").get_absolute_url(), lambda: "/en/departments/nowhere/"),
    "page": (lambda: f"/en/{make_page('about').slug}/", lambda: f"/en/{make_page('hidden', is_public=False).slug}/"),
    "list": (lambda: "/en/articles/", lambda: "/en/no/such/list/"),
    "chinese list": (lambda: "/zh-hant/topics/", lambda: "/zh-hant/no/such/list/"),
    "old address": (lambda: _redirected("/en/old-hats/"), lambda: "/en/older-hats/"),
    "staff": (lambda: "/en/", lambda: "/admin/articles/article/"),
    "ticket": (lambda: "/en/ticket/", lambda: "/en/ticket/0123456789abcdef0123456789abcdef/"),
}


def _redirected(old: str) -> str:
    Redirect.objects.create(old=old.rstrip("/"), new="/en/articles/")
    return old


@pytest.mark.parametrize("kind", list(ROWS))
def test_a_link_leads_somewhere_while_its_page_is_public(kind: str) -> None:
    public, hidden = ROWS[kind]

    assert [dead(public()), dead(hidden())] == [False, True]


def test_the_sites_own_name_before_an_address_changes_nothing() -> None:
    article = make_article().get_absolute_url()

    assert [dead(f"{settings.SITE_URL}{path}") for path in (article, "/en/no/such/")] == [False, True]


@pytest.mark.parametrize(
    "address", ["https://www.example.org/en/no/such/", "mailto:a@example.org", "tel:119", "//other.example/x"]
)
def test_other_sites_are_not_asked(address: str) -> None:
    assert dead(address) is False


def test_a_fragment_of_another_article_has_to_be_one_of_its_headings() -> None:
    address = make_article(body="## Sun\n\nIt shines.").get_absolute_url()

    found = [dead(f"{address}#{fragment}") for fragment in ("part-sun", "references", "part-rain")]

    assert found == [False, False, True]


def test_each_address_is_told_once_in_the_order_of_the_text() -> None:
    html = markdown.render("[b page](/en/b/x/) [a page](/en/a/x/) [b again](/en/b/x/)", heading=2)

    assert (addresses(html), dead_links(html)) == (["/en/b/x/", "/en/a/x/"], ["/en/b/x/", "/en/a/x/"])


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60))
def test_whatever_is_written_as_an_address_is_judged(address: str) -> None:
    assert isinstance(dead_links(f'<a href="/{address}">the page</a>'), list)


@pytest.mark.parametrize("pk", [10**17, 10**30])
def test_a_number_that_no_row_can_have_leads_nowhere(pk: int) -> None:
    assert [dead(f"/en/{kind}/{pk}/x/") for kind in ("articles", "questions", "topics", "physicians")] == [True] * 4
