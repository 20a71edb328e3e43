"""What the clock does with articles. A job takes no argument, may run twice, and returns how many rows it changed."""

from collections.abc import Callable
from typing import Final

import structlog
from django.db.models import QuerySet

from articles.models import Article
from faq.states import InvalidMove
from search.counting import renew_figures

log = structlog.stdlib.get_logger("wenyi.sweeps")

ROWS_A_RUN: Final = 200


def publish_scheduled() -> int:
    """Make public what is scheduled and due; what a condition keeps back stays scheduled and is said in the log."""
    return _each(Article.objects.to_publish(), Article.publish)


def expire_articles() -> int:
    """Take off what is over. Readers have not seen it since its moment: the query compares the time too."""
    return _each(Article.objects.to_expire(), Article.expire)


def renew_views() -> int:
    """Take what was counted on finished days into the figure that an article prints."""
    return renew_figures(Article.objects.all(), "article")


def _each(articles: "QuerySet[Article]", verb: Callable[[Article], object]) -> int:
    return sum(_done(verb, article) for article in articles.order_by("published_at", "pk")[:ROWS_A_RUN])


def _done(verb: Callable[[Article], object], article: Article) -> bool:
    try:
        verb(article)
    except InvalidMove as refusal:
        log.warning("article kept back", article=article.pk, move=refusal.move, conditions=refusal.conditions)
        return False
    return True
