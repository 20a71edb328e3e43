"""Whatever the sealed text holds beside the public one comes out on no surface: pages, search, export, mail."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils.translation import override

from faq.models import Answer, Notification, Question, QuestionEvent, SealedText
from faq.sweeps import send_notifications
from search.models import Document
from tests.factories import make_concept, make_physician_user, make_topic, make_user, submit_question

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
        ]


@pytest.mark.django_db
def test_the_words_are_there_to_be_leaked(published: Question) -> None:
    sealed = [row.open(by=None, reason="a test") for row in SealedText.objects.filter(question=published)]

    words = json.dumps(sealed, ensure_ascii=False)

    assert [marker for marker in MARKERS if marker not in words] == []


@pytest.mark.django_db
def test_no_page_shows_them(client: Client, published: Question) -> None:
    shown = {address: client.get(address) for address in _surfaces(published)}

    assert {address: page.status_code for address, page in shown.items()} == dict.fromkeys(shown, 200)
    assert "紅斑性狼瘡能打疫苗嗎" in shown[published.get_absolute_url()].content.decode()
    leaks = {
        (address, marker) for address, page in shown.items() for marker in MARKERS if marker in page.content.decode()
    }
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


@pytest.mark.django_db
def test_mail_says_that_there_is_news_and_not_one_word_of_the_question(published: Question) -> None:
    assert Notification.objects.filter(sent_at=None).exists()

    send_notifications()

    assert {address for message in mail.outbox for address in message.to} == {"secret-marker@example.org"}
    texts = [message.subject + str(message.body) for message in mail.outbox]
    words = [*MARKERS, "狼瘡", "疫苗"]
    assert {(text, word) for text in texts for word in words if word in text} == set()
