"""What an article can never be: in the database itself, whoever writes there."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from articles.models import Article
from articles.states import Status
from tests.factories import make_article, make_more_info, make_question, make_topic

pytestmark = pytest.mark.django_db


def write(table: str, pk: int, **columns: Any) -> None:
    """An UPDATE in raw SQL: no verb, no form, no save."""
    names = ", ".join(f"{name} = %s" for name in columns)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {names} WHERE id = %s", [*columns.values(), pk])  # noqa: S608


@pytest.mark.parametrize("status", [Status.SCHEDULED, Status.PUBLISHED])
def test_a_medical_article_without_reviewer_does_not_go_public(status: str) -> None:
    article = make_article(status=Status.DRAFT, published_at=timezone.now())

    with pytest.raises(IntegrityError, match="article_public_is_reviewed"):
        write("articles_article", article.pk, status=status, edition_id=article.draft_id)

    article.refresh_from_db()
    assert article.status == Status.DRAFT


@pytest.mark.parametrize("column", ["reviewed_by_id", "reviewed_on"])
def test_a_public_article_keeps_reviewer_and_review_date(column: str) -> None:
    article = make_article()

    with pytest.raises(IntegrityError, match="article_public_is_reviewed"):
        write("articles_article", article.pk, **{column: None})


def test_an_article_that_is_not_medical_needs_no_reviewer() -> None:
    article = make_article(status=Status.DRAFT, is_medical=False, published_at=timezone.now())

    write("articles_article", article.pk, status=Status.PUBLISHED, edition_id=article.draft_id)

    assert Article.objects.published().count() == 1


def test_a_public_text_that_nobody_reviewed_does_not_become_medical() -> None:
    article = make_article(is_medical=False, reviewed_by=None)

    with pytest.raises(IntegrityError, match="article_public_is_reviewed"):
        write("articles_article", article.pk, is_medical=True)


@pytest.mark.parametrize("column", ["edition_id", "published_at"])
def test_a_public_article_has_an_edition_and_a_date(column: str) -> None:
    article = make_article()

    with pytest.raises(IntegrityError, match="article_public_has_edition"):
        write("articles_article", article.pk, **{column: None})


def test_an_article_does_not_end_before_it_begins() -> None:
    article = make_article()

    with pytest.raises(IntegrityError, match="article_ends_after_it_begins"):
        write("articles_article", article.pk, expires_at=timezone.now() - dt.timedelta(days=1))


def test_a_withdrawn_article_says_why() -> None:
    article = make_article()

    with pytest.raises(IntegrityError, match="article_withdrawn_says_why"):
        write("articles_article", article.pk, status=Status.WITHDRAWN, withdrawn_note="")


@pytest.mark.parametrize("column", ["reviewed_by_id", "reviewed_on"])
def test_half_a_review_of_a_revision_does_not_exist(column: str) -> None:
    article = make_article()

    with pytest.raises(IntegrityError, match="articlerevision_review_is_whole"):
        write("articles_articlerevision", article.edition_id or 0, **{column: None})


def test_a_public_introduction_of_a_topic_is_reviewed() -> None:
    topic = make_topic(is_public=False, introduction="What it is.")

    with pytest.raises(IntegrityError, match="topic_public_is_reviewed"):
        write("faq_topic", topic.pk, is_public=True)


@pytest.mark.parametrize(("column", "empty"), [("reviewed_by", ""), ("reviewed_on", None)])
@pytest.mark.parametrize("provenance", ["machine", "editor", "physician"])
def test_a_public_supplement_is_reviewed_by_a_named_person(column: str, empty: Any, provenance: str) -> None:
    supplement = make_more_info(make_question("published"), provenance=provenance)

    with pytest.raises(IntegrityError, match="moreinfo_public_is_reviewed"):
        write("faq_moreinfo", supplement.pk, **{column: empty})
