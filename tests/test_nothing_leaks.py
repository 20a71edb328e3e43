"""What is not public comes out on no surface: of the sealed text neither on pages nor in search, export and mail; of
the editors' work neither drafts, other versions and what is over, nor what moderators hold back.
"""

import datetime as dt
import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from django.apps import apps
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from articles.models import Article
from articles.states import GOING_PUBLIC
from articles.states import Status as ArticleStatus
from faq.concept_page import concept_address
from faq.models import Answer, Notification, Question, QuestionEvent, SealedText
from faq.neighbours import renew_neighbours
from faq.states import Status
from faq.sweeps import send_notifications
from portal.sitemaps import SECTIONS
from search.index.follower import Follower
from search.index.reader import index as index_of
from search.models import Document
from search.searches import SEARCHES
from tests.factories import (
    make_article,
    make_comment,
    make_concept,
    make_department,
    make_feature,
    make_more_info,
    make_notice,
    make_page,
    make_physician_user,
    make_question,
    make_topic,
    make_user,
    submit_question,
)
from text.cutting import pairs, segment, words

MARKERS = ("0912-345-678", "A123456789", "secret-marker@example.org", "王大明MARKER", "0933222111", "NICKMARKER")


@pytest.fixture
def published() -> Question:
    moderator = make_user(role="moderator")
    question = submit_question(
        language="zh-hant",
        title="狼瘡問題 0912-345-678",
        body="我是王大明MARKER，身分證 A123456789，紅斑性狼瘡能打疫苗嗎？",
        nickname="NICKMARKER",
        email="secret-marker@example.org",
    )
    question.hide_words(["王大明MARKER", "NICKMARKER"])
    for finding in question.findings.undecided():
        question.decide(finding, show=False, by=moderator)
    question.accept(by=moderator)
    physician = make_physician_user(question.department)
    question.answer(by=physician, body="請與您的醫師討論。")
    lupus = make_concept("Lupus", "紅斑性狼瘡")
    make_topic(lupus, question.department, "zh-hant")
    question.retag([lupus], by=moderator)
    question.publish(by=moderator)
    added = question.follow_up("謝謝，我的手機 0933222111", key=question.uuid)
    question.decide(added.findings.get(), show=False, by=moderator)
    question.show_follow_up(added, by=moderator)
    return Question.objects.get(pk=question.pk)


def _surfaces(question: Question) -> list[str]:
    reply = Answer.objects.select_related("physician").get(question=question)
    assert reply.physician is not None
    with override("zh-hant"):
        topic = question.department.topics.get().get_absolute_url()
        return [
            "/zh-hant/",
            question.get_absolute_url(),
            question.department.get_absolute_url(),
            reply.physician.get_absolute_url(),
            topic,
            "/zh-hant/questions/",
            "/zh-hant/topics/",
            "/zh-hant/departments/",
            "/zh-hant/search/?q=狼瘡",
            "/zh-hant/sitemap/",
            *_for_machines(question),
        ]


def _for_machines(question: Question) -> list[str]:
    """Feeds, sitemaps and what crawlers are told. Structured data and cards stand in the pages themselves."""
    topic = question.department.topics.get()
    feeds = [
        "questions/feed/",
        "articles/feed/",
        f"departments/{question.department.slug}/feed/",
        f"topics/{topic.pk}/feed/",
        "search/feed/?q=狼瘡",
    ]
    parts = [f"/sitemap-{name}-0.xml" for name in ("pages", *SECTIONS) if name != "articles"]
    return [*(f"/zh-hant/{feed}" for feed in feeds), "/robots.txt", "/sitemap.xml", *parts]


def _text(answer: Any) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return str(content.decode())


@pytest.mark.django_db
def test_the_words_are_there_to_be_leaked(published: Question) -> None:
    sealed = [row.open(by=None, reason="a test") for row in SealedText.objects.filter(question=published)]

    words = json.dumps(sealed, ensure_ascii=False)

    assert [marker for marker in MARKERS if marker not in words] == []


@pytest.mark.django_db
def test_no_page_shows_them(client: Client, published: Question, settings: Any) -> None:
    settings.QA_PAGES = True
    pages = {address: client.get(address) for address in _surfaces(published)}

    assert {address: page.status_code for address, page in pages.items()} == dict.fromkeys(pages, 200)
    shown = {address: _text(page) for address, page in pages.items()}
    own = shown[published.get_absolute_url()]
    assert own.count("紅斑性狼瘡能打疫苗嗎") > 1
    assert ('"@type":"QAPage"' in own, 'property="og:title"' in own) == (True, True)
    assert "能打疫苗" in shown["/zh-hant/questions/feed/"]
    assert published.get_absolute_url() in shown["/sitemap-questions-0.xml"]
    leaks = {(address, marker) for address, page in shown.items() for marker in MARKERS if marker in unquote(page)}
    assert leaks == set()


@pytest.mark.django_db
def test_neither_search_nor_export_nor_the_log_holds_them(published: Question, tmp_path: Path) -> None:
    call_command("export_archive", str(tmp_path / "out.jsonl"), verbosity=0, stdout=StringIO())

    documents = json.dumps(list(Document.objects.values()), default=str, ensure_ascii=False)
    columns = json.dumps(list(Question.objects.values()), default=str, ensure_ascii=False)
    log = json.dumps(list(QuestionEvent.objects.values()), default=str, ensure_ascii=False)
    export = (tmp_path / "out.jsonl").read_text(encoding="utf-8")

    assert "紅斑性狼瘡" in documents
    assert "紅斑性狼瘡" in export
    held = {"documents": documents, "columns": columns, "log": log, "export": export}
    assert {(name, marker) for name, text in held.items() for marker in MARKERS if marker in text} == set()


PARTS = {
    term for marker in MARKERS for cut in [segment(marker)] for term in (*words(cut), *pairs(cut)) if len(term) > 1
} - {"exampl", "org"}


def _terms() -> set[str]:
    """Every term that the index of this test knows."""
    found = index_of()
    assert found is not None
    searcher = found.searcher()
    fields = ("words", "pairs", "reply_words", "reply_pairs", "telling")
    return {term for field in fields for term, _count in searcher.terms_with_prefix(field, "", limit=100_000)}


def _tables(*left_out: str) -> Iterator[tuple[str, str]]:
    """Every table of the house as text."""
    for model in apps.get_models():
        if model._meta.app_label in ("faq", "search", "articles", "people") and model.__name__ not in left_out:
            rows = list(model._base_manager.values())
            yield model.__name__, json.dumps(rows, default=str, ensure_ascii=False)


@pytest.mark.django_db
def test_neither_index_nor_suggestions_nor_the_log_of_searches_hold_them(
    client: Client, published: Question, index: Follower, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.suggesting.RENEWED_AFTER", 0.0)
    SEARCHES.forget()
    twin = make_question(Status.PUBLISHED, published.department, "zh-hant", title="紅斑性狼瘡能打疫苗嗎，我也想問",
                         concepts=list(published.concepts.all()))  # fmt: skip
    index.step()
    for question in (published, twin):
        renew_neighbours(question)

    asked = [
        (way, typed) for way in ("", "feed/", "suggest") for typed in ("紅斑性狼瘡", *MARKERS, "王大明", "A1234567")
    ]
    for place in range(1, 5):
        answers = [
            (typed, client.get(f"/zh-hant/search/{way}", {"q": typed}, REMOTE_ADDR=f"192.0.2.{place}"))
            for way, typed in asked
        ]
    SEARCHES.write()

    leaks = {
        (typed, marker)
        for typed, answer in answers
        for marker in MARKERS
        if typed not in (*MARKERS, "王大明", "A1234567") and marker in answer.content.decode()
    }
    assert leaks == set()
    told = [answer.json()["suggestions"] for typed, answer in answers if answer["Content-Type"] == "application/json"]
    assert [len(each) > 0 for each in told[:1]] == [True]
    assert "疫苗" in _terms()
    assert _terms() & PARTS == set()
    tables = dict(_tables())
    assert "紅斑性狼瘡" in tables["SearchQuery"]
    assert tables["SimilarQuestion"] != "[]"
    guarded = [marker for marker in MARKERS if "MARKER" not in marker]
    assert {(name, marker) for name, text in tables.items() for marker in guarded if marker in text} == set()
    tables.pop("SearchQuery")
    assert {(name, marker) for name, text in tables.items() for marker in MARKERS if marker in text} == set()
    SEARCHES.forget()


@pytest.mark.django_db
def test_what_is_withdrawn_is_in_no_table_and_found_by_none_of_its_words(
    client: Client, published: Question, index: Follower
) -> None:
    twin = make_question(Status.PUBLISHED, published.department, "zh-hant", title="能打疫苗嗎",
                         concepts=list(published.concepts.all()))  # fmt: skip
    index.step()
    for question in (published, twin):
        renew_neighbours(question)
    question_page = f'data-key="question:{published.pk}"'
    assert question_page in client.get("/zh-hant/search/?q=狼瘡問題").content.decode()

    published.withdraw()
    index.step()

    assert question_page not in client.get("/zh-hant/search/?q=狼瘡問題").content.decode()
    public = ("狼瘡問題", "紅斑性狼瘡能打疫苗", "红斑性狼疮能打疫苗", "王大明", "謝謝，我的手機")
    assert {(name, part) for name, text in _tables() for part in (*MARKERS, *public) if part in text} == set()


@pytest.mark.django_db
def test_mail_says_that_there_is_news_and_not_one_word_of_the_question(published: Question) -> None:
    assert Notification.objects.filter(sent_at=None).exists()

    send_notifications()

    assert {address for message in mail.outbox for address in message.to} == {"secret-marker@example.org"}
    texts = [message.subject + str(message.body) for message in mail.outbox]
    words = [*MARKERS, "狼瘡", "疫苗"]
    assert {(text, word) for text in texts for word in words if word in text} == set()


HIDDEN = "HIDDENMARKER"
HOUR = dt.timedelta(hours=1)


class House:
    """One public thing of each kind, with everything hidden that could stand beside it; and where to look."""

    def __init__(self) -> None:
        self.department, self.concept = make_department("skin-one"), make_concept("Lupus", "狼瘡")
        self.question = make_question(
            Status.PUBLISHED, self.department, title="SHOWNMARKER asked", concepts=[self.concept]
        )
        self.topic = make_topic(self.concept, self.department)
        self.article = self._article("SHOWNMARKER article", takes_comments=True)
        self.article.topics.add(self.topic)
        self.hidden = self._articles()
        self._versions()
        self._beside_the_question()
        make_notice(f"{HIDDEN} notice", starts_at=timezone.now() + HOUR)
        make_page("hidden-page", title=f"{HIDDEN} page", is_public=False)

    def places(self) -> list[str]:
        """Everything public that could show it, and the addresses of what is hidden, by its old name too."""
        lists = ["", "articles/", "questions/", "topics/", "departments/", "search/?q=marker", "sitemap/",
                 "questions/feed/", "articles/feed/", "search/feed/?q=marker",
                 f"departments/{self.department.slug}/feed/"]  # fmt: skip
        own = [row.get_absolute_url() for row in (self.article, self.question, self.topic, self.department)]
        with override("en"):
            own.append(reverse("articles:comment_list", args=[self.article.pk]))
            own.append(concept_address(self.concept))
        gone = [f"/{prefix}/articles/{pk}/{rest}" for prefix in ("en", "zh-hant") for pk in self.hidden
                for rest in ("", "old-name/", "comments/", "comments/new/")]  # fmt: skip
        return [*own, *gone, *(f"/{prefix}/{name}" for prefix in ("en", "zh-hant") for name in lists),
                f"/en/topics/{self.topic.pk}/feed/", "/sitemap.xml", "/en/hidden-page/", "/nowhere",
                *(f"/sitemap-{name}-0.xml" for name in ("pages", *SECTIONS))]  # fmt: skip

    def _article(self, title: str, **fields: object) -> Article:
        words = {"lede": title, "body": f"{title}.", "description": title, "author_name": title}
        article = make_article(title=title, department=self.department, **{**words, **fields})  # type: ignore[arg-type]
        article.concepts.add(self.concept)
        return article

    def _articles(self) -> list[int]:
        """Hidden articles: by their state, by the clock alone, and as the twin of the public one."""
        now = timezone.now()
        out = [status for status in ArticleStatus if status not in GOING_PUBLIC]
        states = [self._article(f"{HIDDEN} {status}", status=status) for status in out]
        clock = [
            self._article(f"{HIDDEN} scheduled", status=ArticleStatus.SCHEDULED, published_at=now + HOUR),
            self._article(f"{HIDDEN} over", published_at=now - 2 * HOUR, expires_at=now - HOUR),
            self._article(f"{HIDDEN} to come", published_at=now + HOUR),
            self._article(f"{HIDDEN} twin", status="draft", language="zh-hant", translation_of=self.article),
        ]
        withdrawn = self._article(f"{HIDDEN} withdrawn from the public")
        withdrawn.withdraw(by=make_user(), note="It was wrong.")
        for article in (*states, *clock, withdrawn):
            make_feature(article)
            article.topics.add(self.topic)
            make_comment(article, body=f"{HIDDEN} comment under what is hidden")
        return [article.pk for article in (*states, *clock, withdrawn)]

    def _versions(self) -> None:
        """A newer working text of the public article, and comments on it that nobody approved or somebody declined."""
        article = Article.objects.get(pk=self.article.pk)
        article.title, article.body, article.description = (f"{HIDDEN} newer",) * 3
        article.save()
        article.faq_entries.create(question=f"{HIDDEN} entry", answer=HIDDEN)
        article.references.create(title=f"{HIDDEN} source")
        article.record(by=make_user())
        make_comment(article, body="SHOWNMARKER comment")
        make_comment(article, is_approved=False, body=f"{HIDDEN} held", nickname=f"{HIDDEN} held")
        make_comment(article, body=f"{HIDDEN} declined", nickname=f"{HIDDEN} no").decline(by=make_user())

    def _beside_the_question(self) -> None:
        """A supplement that nobody has approved, and a merged question that is not listed as a variant."""
        make_more_info(self.question, body=f"{HIDDEN} supplement", is_public=False, reviewed_by="", reviewed_on=None)
        merged = make_question(Status.PUBLISHED, self.department, title=f"{HIDDEN} variant", concepts=[self.concept])
        merged.merge(into=self.question, by=make_user(role="moderator"))
        waiting = make_question(Status.ANSWERED, self.department, title=f"{HIDDEN} waiting", concepts=[self.concept])
        self.article.questions.add(waiting)


@pytest.mark.django_db
def test_what_editors_and_moderators_hold_back_shows_on_no_page(client: Client) -> None:
    house = House()

    answers = {place: client.get(place, follow=True) for place in house.places()}

    assert "SHOWNMARKER article" in answers[house.article.get_absolute_url()].content.decode()
    assert "SHOWNMARKER comment" in answers[house.article.get_absolute_url()].content.decode()
    assert "SHOWNMARKER asked" in answers["/en/questions/"].content.decode()
    texts = {place: _text(answer) + str(client.head(place).headers) for place, answer in answers.items()}
    assert {place for place, text in texts.items() if HIDDEN.lower() in text.lower()} == set()
    hidden = {f"/articles/{pk}/" for pk in house.hidden}
    listed = {place: texts[place] for place in texts if "feed/" in place or place.startswith("/sitemap")}
    assert {place for place, text in listed.items() for address in hidden if address in text} == set()
    assert house.article.get_absolute_url() in listed["/sitemap-articles-0.xml"]
    ways = {place: str(answer.redirect_chain) for place, answer in answers.items()}
    assert {place: way for place, way in ways.items() if HIDDEN.lower() in way} == {}


@pytest.mark.django_db
def test_what_editors_and_moderators_hold_back_is_in_no_document() -> None:
    House()

    live = {row.key: f"{row.title} {row.body} {row.teaser} {row.path}" for row in Document.objects.live()}

    assert {key for key, words in live.items() if HIDDEN.lower() in words.lower()} == set()
    assert sum("SHOWNMARKER" in words for words in live.values()) == 2
