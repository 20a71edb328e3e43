"""The preview: the public page itself, of what is typed, with nothing stored."""

from typing import Any

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from articles.models import Article, ArticleFaqEntry, ArticleRevision
from search.models import Change, Concept
from tests.articles.admin.desk import approved, editor, filled, make_draft, make_reviewer, preview_of, signed_in
from tests.factories import make_article, make_physician, make_topic, make_user
from tests.reading import parse

pytestmark = pytest.mark.django_db

NEW = "/admin/articles/article/add/preview/"


@pytest.fixture
def desk() -> Client:
    return editor("mei")


def main_of(html: str) -> str:
    return parse(html).one("main").words


def entry(question: str, answer: str = "", **more: Any) -> dict[str, Any]:
    return {"order": 0, "question": question, "answer": answer, **more}


def test_it_is_the_public_page_of_what_is_typed(desk: Client) -> None:
    article = make_article(title="Before", entries=[("Old?", "Yes.")])
    row = ArticleFaqEntry.objects.get()
    topic = make_topic()
    sent = filled(
        article,
        entry("Old?", "No.", id=row.pk, article=article.pk),
        entry("New?"),
        title="After",
        lede="In short.",
        body="## Sun\n\nWear **a hat**.",
        topics=[topic.pk],
    )

    page = parse(desk.post(preview_of(article), sent).content.decode())

    assert (page.one("h1").words, page.one("p", "lede").words) == ("After", "In short.")
    assert page.one("h2", id="part-sun").words == "Sun"
    assert [part.words for part in page.one("section", "faq-entries").every("h3")] == ["Old?", "New?"]
    assert page.one("section", "faq-entries").every("div", "prose")[0].words == "No."
    assert len(page.every("section", **{"aria-labelledby": "topics"})) == 1


def test_a_saved_text_previews_as_readers_get_it_once_published(desk: Client) -> None:
    article = approved(make_draft(title="Living with lupus", entries=[("Is it contagious?", "No.")]))
    previewed = main_of(desk.post(preview_of(article), filled(article, _rows(article))).content.decode())
    article.publish(by=make_user(role="editor"))

    published = main_of(Client().get(article.get_absolute_url()).content.decode())

    assert previewed == published


def _rows(article: Article) -> dict[str, Any]:
    row = article.faq_entries.get()
    return {"id": row.pk, "article": article.pk, "order": row.order, "question": row.question, "answer": row.answer}


def test_a_revision_previews_with_its_own_review() -> None:
    article = approved(make_draft())
    client = editor()
    article.title = "Newer"
    article.save()
    article.record(by=make_user(role="editor"))
    address = preview_of(article).removesuffix("preview/")

    pages = [parse(client.get(f"{address}revisions/{number}/").content.decode()) for number in (1, 2)]

    assert [page.one("dl", "facts").words.count("Medically reviewed by") for page in pages] == [1, 0]
    assert [page.one("h1").words == "Newer" for page in pages] == [False, True]


def test_a_preview_stores_and_publishes_nothing(desk: Client) -> None:
    article = make_article(title="Before")
    seen = Change.objects.latest("number").number
    stored = Article.objects.values().get()

    desk.post(preview_of(article), filled(article, title="After", new_words="Unheard of"))
    desk.post(NEW, filled(title="Another", new_words="Unheard of"))

    assert Article.objects.values().get() == stored
    assert (ArticleRevision.objects.count(), Concept.objects.count()) == (1, 0)
    assert Change.objects.filter(number__gt=seen).count() == 0
    assert "Before" in Client().get(article.get_absolute_url()).content.decode()


def test_a_text_that_was_never_saved_is_previewed_too(desk: Client) -> None:
    author = make_physician()

    page = parse(
        desk.post(NEW, filled(None, entry("Why?"), author_physician=author.pk, language="zh-hant")).content.decode()
    )

    assert page.one("h1").words == "Living with lupus"
    assert page.one("article", "article")["lang"] == "zh-Hant"
    assert author.name in page.one("dl", "facts").words


def test_it_is_in_the_language_of_the_text_and_counts_no_view(desk: Client) -> None:
    article = make_article("zh-hant")

    page = parse(desk.post(preview_of(article), filled(article)).content.decode())

    assert (page.one("html")["lang"], page.one("main")["data-views"]) == ("zh-Hant", "")


@pytest.mark.parametrize("kind", ["typed", "revision"])
def test_it_may_be_shown_in_a_frame_of_this_site_alone_and_is_kept_by_nobody(desk: Client, kind: str) -> None:
    article = make_article()
    revision = preview_of(article).replace("preview/", "revisions/1/")

    answer = desk.post(preview_of(article), filled(article)) if kind == "typed" else desk.get(revision)

    policy = answer["Content-Security-Policy"].split("; ")
    assert [part for part in policy if part.startswith("frame")] == ["frame-ancestors 'self'"]
    assert (answer["X-Frame-Options"], answer["X-Robots-Tag"]) == ("SAMEORIGIN", "noindex")
    assert answer["Cache-Control"].startswith("no-store")
    assert [part["content"] for part in parse(answer.content.decode()).every("meta", name="robots")] == ["noindex"]


def test_public_pages_are_framed_by_nobody() -> None:
    answer = Client().get(make_article().get_absolute_url())

    assert ("frame-ancestors 'none'" in answer["Content-Security-Policy"], answer["X-Frame-Options"]) == (True, "DENY")


@pytest.mark.parametrize("fields", [{"title": ""}, {"title": "x" * 300}, {"language": ""}, {"language": "tlh"}])
def test_what_the_form_would_refuse_is_still_shown(desk: Client, fields: dict[str, str]) -> None:
    article = make_article()

    changed = desk.post(preview_of(article), filled(article, **fields))
    new = desk.post(NEW, filled(None, **fields))

    assert [answer.status_code for answer in (changed, new)] == [200, 200]
    assert parse(changed.content.decode()).one("h1").words == fields.get("title", article.title)


def test_deleted_and_empty_rows_are_left_out_and_the_order_is_that_of_the_form(desk: Client) -> None:
    article = make_article(entries=[("One?", ""), ("Two?", ""), ("Three?", "")])
    rows = [
        {"id": row.pk, "article": article.pk, "order": 3 - place, "question": row.question, "answer": ""}
        for place, row in enumerate(article.faq_entries.all())
    ]
    rows[1]["DELETE"] = "on"

    page = parse(desk.post(preview_of(article), filled(article, *rows, entry(""), entry("New?"))).content.decode())

    assert [part.words for part in page.one("section", "faq-entries").every("h3")] == ["Three?", "One?", "New?"]


@pytest.mark.parametrize("data", [{}, {"references-TOTAL_FORMS": "x"}, {"faq_entries-TOTAL_FORMS": "99999999"}])
def test_a_form_that_is_none_is_no_error_of_the_house(desk: Client, data: dict[str, str]) -> None:
    article = make_article()

    answer = desk.post(preview_of(article), data)

    assert answer.status_code == 200


@pytest.mark.parametrize("method", ["get", "head", "put"])
def test_what_is_typed_is_only_sent(desk: Client, method: str) -> None:
    assert getattr(desk, method)(preview_of(make_article())).status_code == 405


@pytest.mark.parametrize("role", ["physician", "medical_reviewer", "moderator", "administrator"])
def test_only_editors_preview_what_they_type(role: str) -> None:
    article = make_article()
    client = signed_in(make_user(role=role))

    answers = [client.post(address, filled(article)).status_code for address in (preview_of(article), NEW)]

    assert answers == [404, 404]


@pytest.mark.parametrize("number", [0, 2, 10**12, 10**30])
def test_a_revision_that_does_not_exist_is_not_found(number: int) -> None:
    article = make_article()
    address = preview_of(article).replace("preview/", f"revisions/{number}/")

    assert signed_in(make_reviewer()).get(address).status_code in {400, 404}


def test_a_preview_needs_the_token_of_the_form() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user(role="editor"))
    article = make_article()

    assert client.post(preview_of(article), filled(article)).status_code == 403


class TestWhateverIsTyped(TestCase):
    @settings(deadline=None, max_examples=25)
    @given(st.dictionaries(st.sampled_from(["title", "lede", "body", "description", "author_name"]), st.text()))
    def test_it_is_shown_or_refused_as_malformed(self, fields: dict[str, str]) -> None:
        client = Client()
        client.force_login(make_user(role="editor"))

        answer = client.post(NEW, filled(None, **fields))

        assert answer.status_code == (400 if any("\x00" in typed for typed in fields.values()) else 200)
