"""Articles in the words of schema.org: the page, and its questions where they have answers."""

from typing import Any

from articles.models import ArticleRevision
from people.linked_data import house, medical_page, moment, person, subject, whole
from text.linked_data import Thing
from text.render import to_plain


def article_things(article: Any, text: ArticleRevision) -> list[Thing]:
    """The page of an article with its author and reviewer; its FAQ entries where at least one has an answer."""
    review: dict[str, Any] = {}
    if article.reviewed_on:
        review = {"lastReviewed": article.reviewed_on.isoformat(), "reviewedBy": person(article.reviewed_by)}
    page = medical_page(
        article.get_absolute_url(),
        text.title,
        text.description or text.teaser,
        article.html_lang,
        about=[subject(tagged.tag) for tagged in article.tagged.select_related("tag").order_by("pk")],
        datePublished=moment(article.published_at),
        dateModified=moment(max(filter(None, [article.published_at, article.text_changed_at]), default=None)),
        author=person(text.author_physician, text.author_name) or house(),
        **review,
    )
    answered = [_entry(entry) for entry in text.entries if entry.get("answer", "").strip()]
    return [page, *([_questions(article, answered)] if answered else [])]


def _questions(article: Any, answered: list[Thing]) -> Thing:
    address = whole(f"{article.get_absolute_url()}#questions")
    return {"@type": "FAQPage", "@id": address, "inLanguage": article.html_lang, "mainEntity": answered}


def _entry(entry: dict[str, Any]) -> Thing:
    answer = {"@type": "Answer", "text": to_plain(entry["answer"], "markdown")}
    return {"@type": "Question", "name": entry["question"], "acceptedAnswer": answer}
