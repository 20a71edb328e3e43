"""Revisions: listed, looked at, two beside each other, and an old one restored."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.admin.article_history import SHOWN, changes_between
from articles.models import Article, ArticleEvent
from tests.articles.admin.desk import approved, editor, make_draft, make_reviewer, page_of, signed_in
from tests.factories import make_article, make_user
from tests.reading import parse

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Client:
    return editor("mei")


def write(article: Article, note: str = "", **texts: Any) -> Article:
    for name, value in texts.items():
        setattr(article, name, value)
    article.save()
    article.record(by=make_user(role="editor"), note=note)
    return Article.objects.get(pk=article.pk)


def under(article: Article, rest: str) -> str:
    return page_of(article).removesuffix("change/") + rest


def rows_of(client: Client, article: Article) -> list[str]:
    table = parse(client.get(under(article, "history/")).content.decode()).one("table", "editor-table")
    return [row.one("th").words for row in table.one("tbody").every("tr")]


def test_every_revision_is_listed_with_what_readers_see(desk: Client) -> None:
    article = write(make_article(), note="A season", title="Lupus in summer")

    page = parse(desk.get(under(article, "history/")).content.decode())

    assert rows_of(desk, article) == ["2 newest", "1 readers see this"]
    assert "A season" in page.one("table", "editor-table").words


def test_what_happened_is_listed_with_its_notes(desk: Client) -> None:
    article = make_draft()
    article.submit(by=make_user("ana", "editor"))
    article.send_back(by=make_reviewer(), note="The dose is missing.")

    said = parse(desk.get(under(article, "history/")).content.decode()).one("ul", "editor-events").words

    assert said.index("sent back to the editors") < said.index("handed in for review")
    assert ("The dose is missing." in said, "ana" in said) == (True, True)


def test_many_revisions_come_in_pages_and_cost_the_same(desk: Client) -> None:
    article = write(make_draft(), title="Another")
    before = _queries(desk, article)
    for number in range(SHOWN + 2):
        article = write(article, title=f"Title {number}")

    page = desk.get(under(article, "history/"))

    assert _queries(desk, article) == before
    older = desk.get(under(article, f"history/?before={page.context['older']}"))
    assert [row.number for row in page.context["revisions"]] == list(range(SHOWN + 4, 4, -1))
    assert [row.number for row in older.context["revisions"]] == [4, 3, 2, 1]


def _queries(client: Client, article: Article) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.get(under(article, "history/"))
    return len(queries)


def test_two_revisions_stand_beside_each_other_the_older_on_the_left(desk: Client) -> None:
    article = write(
        make_draft(title="Lupus", body="One.\n\nTwo hats."), title="Lupus in summer", body="One.\n\nThree hats."
    )

    page = parse(desk.get(under(article, "compare/?from=2&to=1")).content.decode())

    tables = page.every("table", "editor-pair")
    cells = [[cell.words for cell in row.every("td")] for row in tables[0].one("tbody").every("tr")]
    assert cells == [["Lupus", "Lupus in summer"]]
    assert [part.words for part in tables[1].every("del")] == ["Two"]
    assert [part.words for part in tables[1].every("ins")] == ["Three"]
    assert " ".join(part.words for part in page.one("main").every("h2")) == "Title Body"


def test_alike_lines_far_from_a_change_are_left_out_until_asked_for(desk: Client) -> None:
    lines = "\n\n".join(f"Line {number}." for number in range(9))
    article = write(make_draft(body=lines), body=lines.replace("Line 4.", "Row 4!"))
    one, two = article.revisions.order_by("number")

    (near,), (whole,) = changes_between(one, two), changes_between(one, two, whole=True)

    assert ([row is None for row in near.rows], len(whole.rows)) == ([True, False, False, False, True], 9)


def test_entries_and_references_are_compared_too(desk: Client) -> None:
    article = make_draft(sources=["A book"], entries=[("Is it contagious?", "")])
    article.faq_entries.update(answer="No.")
    article.references.update(citation="https://www.example.org/")
    article.record(by=None)
    one, two = article.revisions.order_by("number")

    assert [str(change.label) for change in changes_between(one, two)] == ["FAQ entries", "references"]


@pytest.mark.parametrize("query", ["", "?from=1", "?from=x&to=1", "?from=１&to=1", "?from=-1&to=1"])
def test_without_two_revisions_one_is_led_back_to_the_list(desk: Client, query: str) -> None:
    article = make_draft()

    answer = desk.get(under(article, f"compare/{query}"))

    assert (answer.status_code, answer["Location"]) == (302, under(article, "history/"))


@pytest.mark.parametrize("query", ["?from=1&to=9", "?from=0&to=1", "?from=1&to=999999999"])
def test_a_revision_that_does_not_exist_is_not_compared(desk: Client, query: str) -> None:
    assert desk.get(under(make_draft(), f"compare/{query}")).status_code == 404


def test_an_old_revision_becomes_a_new_draft_and_readers_see_no_difference(desk: Client) -> None:
    article = write(make_article(title="First", entries=[("Old?", "Yes.")]), title="Second")

    answer = desk.post(under(article, "revisions/1/restore/"))

    stored = Article.objects.select_related("draft", "edition").get(pk=article.pk)
    draft: Any = stored.draft
    assert (answer.status_code, answer["Location"]) == (302, page_of(article))
    assert (stored.title, draft.number, draft.restored_from.number) == ("First", 3, 1)
    assert (stored.is_public, stored.edition.number if stored.edition else 0) == (True, 1)
    assert rows_of(desk, article) == ["3 newest", "2", "1 readers see this"]


def test_a_restored_text_needs_its_review_again() -> None:
    article = write(approved(make_draft()), title="Second")
    first = article.revisions.get(number=1)

    article.restore(first, by=make_user(role="editor"))

    draft: Any = Article.objects.select_related("draft").get(pk=article.pk).draft
    assert (first.reviewed_by is not None, draft.reviewed_by) == (True, None)


@pytest.mark.parametrize("role", ["medical_reviewer", "moderator", "physician", "administrator"])
def test_only_editors_restore(role: str) -> None:
    article = write(make_draft(title="First"), title="Second")

    answer = signed_in(make_user(role=role)).post(under(article, "revisions/1/restore/"))

    assert (answer.status_code, Article.objects.get().title) == (404, "Second")


def test_a_reviewer_reads_the_history_and_is_offered_no_restoring() -> None:
    article = write(make_draft(title="First"), title="Second")

    page = signed_in(make_reviewer()).get(under(article, "history/")).content.decode()

    assert (f'href="{under(article, "revisions/1/")}"' in page, "restore/" in page) == (True, False)


@pytest.mark.parametrize("rest", ["history/", "compare/?from=1&to=2", "revisions/1/"])
def test_a_physician_of_another_department_finds_nothing(rest: str) -> None:
    article = write(make_draft(title="First"), title="Second")

    assert signed_in(make_user(role="physician")).get(under(article, rest)).status_code == 404


@pytest.mark.parametrize("object_id", ["x", "0", "1" * 30])
def test_the_history_of_nothing_is_not_found(desk: Client, object_id: str) -> None:
    assert desk.get(f"/admin/articles/article/{object_id}/history/").status_code in {400, 404}


def test_restoring_is_no_event_without_its_revision(desk: Client) -> None:
    article = write(make_draft(title="First"), title="Second")

    desk.post(under(article, "revisions/7/restore/"))

    assert (ArticleEvent.objects.count(), Article.objects.get().title) == (0, "Second")
