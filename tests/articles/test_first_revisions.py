"""A site with articles of the first kind is migrated: nothing that was public vanishes, nothing else comes out."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from articles import sweeps
from articles.models import Article
from search.models import Document
from tests.factories import make_physician, make_user

BEFORE = [("articles", "0004_article_states")]
DAY = dt.timedelta(days=1)


@pytest.fixture
def old(transactional_db: None) -> Iterator[Any]:
    """The models as they were; afterwards the database is as the other tests expect it."""
    executor = MigrationExecutor(connection)
    executor.migrate(BEFORE)
    # Of the search, the tables stay as they are now.
    yield executor.loader.project_state([*BEFORE, *executor.loader.graph.leaf_nodes("search")]).apps
    call_command("migrate", verbosity=0)


def migrated() -> dict[str, tuple[str, int | None]]:
    """The status of each article and how many revisions it has, by its title."""
    call_command("migrate", verbosity=0)
    return {row.title: (row.status, row.revisions.count()) for row in Article.objects.order_by("pk")}


def put(apps: Any, title: str, reviewer: int, *sources: str, **fields: Any) -> None:
    """An article as the first release kept it, with its document."""
    words = {"language": "en", "title": title, "body": f"{title}.", "body_html": "", "is_medical": True}
    review = {"reviewed_by_id": reviewer, "reviewed_on": timezone.localdate()}
    article = apps.get_model("articles", "Article").objects.create(**{"is_public": True, **words, **review, **fields})
    for source in sources:
        apps.get_model("articles", "ArticleReference").objects.create(article=article, title=source)
    version = {"id": article.pk, "history_type": "+", "history_date": timezone.now()}
    columns = {name: words[name] for name in words.keys() - {"body", "body_html"}}
    for body in ("First words.", article.body):
        apps.get_model("articles", "HistoricalArticle").objects.create(**columns, **version, body=body)
    if article.is_public:
        found = {"kind": "article", "language": "en", "title": title, "listed_on": article.published_at.date()}
        apps.get_model("search", "Document").objects.create(key=f"article:{article.pk}", **found)


def test_what_was_public_scheduled_or_over_stays_so_in_pages_and_search_and_goes_public_at_its_time(old: Any) -> None:
    now = timezone.now()
    reviewer = make_physician(user=make_user()).pk
    put(old, "Public", reviewer, published_at=now - DAY, expires_at=now + 2 * DAY)
    put(old, "Scheduled", reviewer, "A book", published_at=now + DAY)
    put(old, "Scheduled without a reference", reviewer, published_at=now + DAY)
    put(old, "Over", reviewer, published_at=now - 2 * DAY, expires_at=now - DAY)
    put(old, "Over before it began", reviewer, published_at=now - DAY, expires_at=now - 2 * DAY)
    put(old, "Draft", reviewer, is_public=False)

    after = migrated()

    assert after == {
        "Public": ("published", 2),
        "Scheduled": ("scheduled", 2),
        "Scheduled without a reference": ("in_review", 2),
        "Over": ("expired", 2),
        "Over before it began": ("expired", 2),
        "Draft": ("draft", 2),
    }
    articles = Document.objects.filter(kind="article")
    assert list(articles.live().values_list("title", "ends_at")) == [("Public", now + 2 * DAY)]
    assert articles.filter(is_tombstone=True).count() == 2

    Article.objects.filter(title__startswith="Scheduled").update(published_at=now)
    assert (sweeps.publish_scheduled(), [row.title for row in Article.objects.published()]) == (
        1,
        ["Scheduled", "Public"],
    )
