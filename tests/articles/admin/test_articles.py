"""Articles as editors write and schedule them."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, ArticleFaqEntry, TaggedArticle
from search.models import Change, Concept
from tests.factories import make_article, make_concept, make_physician, make_user

pytestmark = pytest.mark.django_db

ADD = "/admin/articles/article/add/"


@pytest.fixture
def desk() -> Client:
    client = Client()
    client.force_login(make_user("mei", "editor", first_name="Mei", last_name="Demo"))
    return client


def page_of(article: Article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


def filled(article: Article | None = None, *entries: dict[str, Any], **fields: Any) -> dict[str, Any]:
    article = article or Article(language="en", title="Living with lupus", body="Text.", author_name="")
    known: dict[str, Any] = {
        "language": article.language,
        "title": article.title,
        "lede": article.lede,
        "body": article.body,
        "author_name": article.author_name,
        "is_medical": "on" if article.is_medical else None,
        "is_public": "on" if article.is_public else None,
        "references-TOTAL_FORMS": 0,
        "references-INITIAL_FORMS": 0,
        "faq_entries-TOTAL_FORMS": len(entries),
        "faq_entries-INITIAL_FORMS": sum("id" in entry for entry in entries),
    }
    rows = {f"faq_entries-{n}-{name}": value for n, entry in enumerate(entries) for name, value in entry.items()}
    return {name: value for name, value in (known | rows | fields).items() if value is not None}


def errors_of(answer: Any) -> dict[str, list[str]]:
    return dict(answer.context["adminform"].form.errors)


def tags_of(article: Article) -> list[str]:
    return sorted(TaggedArticle.objects.filter(content_object=article).values_list("tag__name_en", flat=True))


def test_a_new_article_is_signed_with_who_writes_it(desk: Client) -> None:
    desk.post(ADD, filled())

    made = Article.objects.get()
    assert (made.title, made.author_name, made.is_public) == ("Living with lupus", "Mei Demo", False)
    assert made.author is not None
    assert made.author.username == "mei"


def test_tags_are_chosen_and_a_missing_word_becomes_a_proposal(desk: Client) -> None:
    sle, fever = make_concept("SLE"), make_concept("Fever")
    article = make_article()
    desk.post(page_of(article), filled(article, tags=[sle.pk, fever.pk]))
    before = tags_of(article)

    desk.post(page_of(article), filled(article, tags=[sle.pk], new_words="Sunscreen\nｓｌｅ\n\n"))

    assert (before, tags_of(article)) == (["Fever", "SLE"], ["SLE", "Sunscreen"])
    assert Concept.objects.get(name_en="Sunscreen").is_proposal


def test_the_form_shows_the_tags_by_both_names(desk: Client) -> None:
    article = make_article()
    desk.post(page_of(article), filled(article, tags=[make_concept("SLE", "紅斑性狼瘡").pk]))

    assert "SLE · 紅斑性狼瘡" in desk.get(page_of(article)).content.decode()


@pytest.mark.parametrize("tags", [["word"], ["0"], ["-1"], ["１"], ["9" * 40]])
def test_a_tag_that_does_not_exist_is_no_error_of_the_house(desk: Client, tags: list[str]) -> None:
    article = make_article()

    answer = desk.post(page_of(article), filled(article, tags=tags))

    assert answer.status_code in {200, 400}
    assert tags_of(article) == []


def test_a_proposal_is_not_chosen_as_a_tag(desk: Client) -> None:
    article = make_article()

    answer = desk.post(page_of(article), filled(article, tags=[make_concept(is_proposal=True).pk]))

    assert list(errors_of(answer)) == ["tags"]


def test_what_hangs_on_an_article_changes_its_page(desk: Client) -> None:
    article = make_article()
    seen = Change.objects.latest("number").number

    desk.post(page_of(article), filled(article, tags=[make_concept().pk]))

    assert set(Change.objects.filter(number__gt=seen).values_list("key", flat=True)) == {f"article:{article.pk}"}


def test_a_medical_article_is_not_published_before_its_review(desk: Client) -> None:
    answer = desk.post(ADD, filled(is_public="on"))

    sentence = "The text has no medical review yet. Save it unpublished; a reviewer approves it then."
    assert errors_of(answer) == {"is_public": [sentence]}


def test_an_article_that_is_not_medical_is_published_at_once(desk: Client) -> None:
    desk.post(ADD, filled(is_public="on", is_medical=None))

    assert Article.objects.published().count() == 1


def test_calling_an_article_medical_does_not_escape_the_review(desk: Client) -> None:
    article = make_article(is_medical=False, reviewed_by=None, reviewed_on=None)

    answer = desk.post(page_of(article), filled(article, is_medical="on"))

    assert list(errors_of(answer)) == ["is_public"]


def test_an_article_waits_for_its_time(desk: Client) -> None:
    tomorrow = timezone.localtime() + dt.timedelta(days=1)
    article = make_article()

    desk.post(
        page_of(article),
        filled(article, published_at_0=f"{tomorrow:%Y-%m-%d}", published_at_1=f"{tomorrow:%H:%M:%S}"),
    )

    listed = desk.get("/admin/articles/article/").content.decode()
    assert Article.objects.published().count() == 0
    assert '<td class="field-state">scheduled</td>' in listed


def test_an_article_does_not_end_before_it_begins(desk: Client) -> None:
    answer = desk.post(ADD, filled(expires_at_0="2020-01-01", expires_at_1="00:00"))

    assert errors_of(answer) == {"expires_at": ["It would end before it begins."]}


def test_a_changed_faq_entry_of_a_public_article_needs_a_review(desk: Client) -> None:
    article = make_article()
    entry = {"question": "Is it contagious?", "answer": "No.", "order": 1}

    refused = desk.post(page_of(article), filled(article, entry))
    desk.post(page_of(article), filled(article, entry, is_small="on"))

    assert refused.status_code == 200
    assert "The FAQ entries changed after the medical review." in refused.content.decode()
    assert ArticleFaqEntry.objects.get().article == article


def test_a_changed_faq_entry_takes_the_review_of_a_draft_away(desk: Client) -> None:
    article = make_article(is_public=False)
    entry = {"question": "Is it contagious?", "answer": "No.", "order": 1}

    desk.post(page_of(article), filled(article, entry))

    article.refresh_from_db()
    assert (article.reviewed_by, article.reviewed_on) == (None, None)


@pytest.mark.parametrize("case", ["of a translation", "in the same language", "of itself"])
def test_a_translation_points_to_an_original_in_another_language(desk: Client, case: str) -> None:
    original = make_article()
    article = make_article("zh-hant", translation_of=original)
    wrong = {
        "of a translation": (make_article(), article),
        "in the same language": (make_article(), make_article()),
        "of itself": (original, original),
    }
    changed, chosen = wrong[case]

    answer = desk.post(page_of(changed), filled(changed, translation_of=chosen.pk))

    assert list(errors_of(answer)) == ["translation_of"]


def test_a_reviewer_reads_the_tags_and_types_nothing(desk: Client) -> None:
    article = make_article()
    desk.post(page_of(article), filled(article, tags=[make_concept("Sunscreen").pk]))
    reviewer = make_user(role="medical_reviewer")
    make_physician(user=reviewer)
    client = Client()
    client.force_login(reviewer)

    page = client.get(page_of(article)).content.decode()

    assert "Sunscreen" in page
    assert ("<textarea" in page, 'name="title"' in page, 'name="is_small"' in page) == (False, False, False)


def test_words_are_kept_when_something_is_wrong(desk: Client) -> None:
    answer = desk.post(ADD, filled(title="", body="Long <work> & thought", new_words="Sunscreen"))

    shown = answer.content.decode()
    assert list(errors_of(answer)) == ["title"]
    assert ("Long &lt;work&gt; &amp; thought" in shown, "Sunscreen" in shown) == (True, True)
