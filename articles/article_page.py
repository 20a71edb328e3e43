"""What the page of an article shows, for readers and in the editors' preview."""

from typing import Any, Final

from articles.linked_data import article_things
from articles.models import ArticleRevision
from articles.models.comment import SHOWN_UNDER_AN_ARTICLE

RELATED: Final = 6


def article_page(article: Any, text: ArticleRevision, twin: str = "") -> dict[str, Any]:
    """What the page of an article needs to show one of its texts: the edition, or in a preview what was typed."""
    body_html, headings = text.shown
    return {
        "article": article,
        "text": text,
        "things": article_things(article, text) if article.is_public else [],
        "body_html": body_html,
        "headings": headings,
        "topics": article.topics.published().select_related("concept", "department"),
        "questions": list(article.questions.published()[:RELATED]),
        "comments": list(article.comments.approved()[:SHOWN_UNDER_AN_ARTICLE]) if article.comment_count else [],
        "behind": _original_before(article),
        "twin_address": twin,
    }


def _original_before(article: Any) -> Any:
    """The original that was changed after this translation; None where there is none, or both are in line."""
    original = article.translation_of if article.translation_of_id else None
    return original if original is not None and article.is_behind(original) else None
