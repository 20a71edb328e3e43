"""Editors and reviewers at the desk of an article: who they are, where they go, what their browser sends."""

from typing import Any

from django.test import Client
from django.urls import reverse

from articles.models import Article
from articles.states import Status
from people.models import User
from tests.factories import make_article, make_physician, make_user

ADD = "/admin/articles/article/add/"


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def editor(username: str = "") -> Client:
    return signed_in(make_user(username, "editor"))


def make_reviewer() -> User:
    user = make_user(role="medical_reviewer")
    make_physician(user=user)
    return user


def make_draft(**fields: Any) -> Article:
    """A draft that only needs its review."""
    author = fields.pop("author", None) or make_user(role="editor", second_factor=False)
    return make_article(status=Status.DRAFT, **{"sources": ["A book"], "author": author, **fields})


def approved(article: Article) -> Article:
    article.approve(by=make_reviewer())
    return Article.objects.get(pk=article.pk)


def page_of(article: Article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


def step(article: Article, act: str) -> str:
    return reverse("admin:articles_article_act", args=[article.pk, act])


def preview_of(article: Article) -> str:
    return reverse("admin:articles_article_preview", args=[article.pk])


def filled(article: Article | None = None, *entries: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """What the browser sends for a form in which only `fields` were changed; `entries` are the FAQ rows."""
    article = article or Article(language="en", title="Living with lupus", body="Text.", author_name="")
    stored = list(article.references.all()) if article.pk else []
    known: dict[str, Any] = {
        "version": article.version if article.pk else None,
        "language": article.language,
        "department": article.department_id,
        "title": article.title,
        "lede": article.lede,
        "body": article.body,
        "description": article.description,
        "author_name": article.author_name,
        "is_medical": "on" if article.is_medical else None,
        "needs_second_reader": "on" if article.needs_second_reader else None,
        "takes_comments": "on" if article.takes_comments else None,
        "references-TOTAL_FORMS": len(stored),
        "references-INITIAL_FORMS": len(stored),
        "faq_entries-TOTAL_FORMS": len(entries),
        "faq_entries-INITIAL_FORMS": sum("id" in entry for entry in entries),
    }
    for place, reference in enumerate(stored):
        row = {"id": reference.pk, "article": article.pk, "order": reference.order, "title": reference.title}
        known |= {f"references-{place}-{name}": value for name, value in row.items()}
    rows = {f"faq_entries-{n}-{name}": value for n, entry in enumerate(entries) for name, value in entry.items()}
    return {name: value for name, value in (known | rows | fields).items() if value is not None}


def errors_of(answer: Any) -> dict[str, list[str]]:
    return dict(answer.context["adminform"].form.errors)


def said_by(client: Client, article: Article) -> list[str]:
    """The messages that the next page shows."""
    return [str(message) for message in client.get(page_of(article)).context["messages"]]


def sent(client: Client, address: str, data: dict[str, Any] | None = None) -> list[str]:
    """Send a form; returns what the page after it says, sentences of refusal first."""
    answer = client.post(address, data or {}, follow=True)
    refused = answer.context.get("refused") if answer.context else None
    return [*(refused or []), *(str(message) for message in (answer.context or {}).get("messages", []))]
