"""Made threads are what publishing them would have left behind."""

import gzip
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from django.forms.models import model_to_dict

from faq.models import Answer, Question, TaggedQuestion
from faq.models.publication import document_of
from search.changes import cut_document
from search.models import ChangeCounter, Document
from search.vocabulary import vocabulary
from tests.factories import make_article
from tests.load.generate import NotEmptyError, generate
from tests.shared_data import shared_data

pytestmark = pytest.mark.django_db
THREADS = 200
LINES = 60
Fill = Callable[..., int]


@pytest.fixture
def fill(tmp_path: Path) -> Fill:
    """Make threads out of the beginning of the archives, in this process."""
    for name in ("threads_en.jsonl.gz", "threads_zh.jsonl.gz"):
        with gzip.open(shared_data(name), "rb") as whole, gzip.open(tmp_path / name, "wb") as beginning:
            beginning.writelines(islice(whole, LINES))
    return lambda threads=THREADS: generate(threads, processes=0, archive=tmp_path, quiet=True)


def published_again(question: Question) -> Document:
    tags = TaggedQuestion.objects.filter(content_object=question).values_list("tag_id", flat=True)
    document = document_of(question, list(question.answers.all()), tags=tags)
    cut_document(document, vocabulary())
    return document


def columns(document: Document) -> dict[str, Any]:
    return model_to_dict(document, exclude=["id", "number"])


def derived(question: Question) -> list[str]:
    return [question.prefix, question.slug, question.teaser, str(question.listed_on)]


def test_its_documents_are_those_of_published_questions(fill: Fill) -> None:
    fill()

    made = {document.key: columns(document) for document in Document.objects.all()}

    published = [published_again(question) for question in Question.objects.published()]
    assert len(published) == THREADS
    assert made == {document.key: columns(document) for document in published}


def test_what_follows_from_a_text_is_derived_as_ever(fill: Fill) -> None:
    fill()
    questions = list(Question.objects.order_by("pk"))
    made = [derived(question) for question in questions]

    for question in questions:
        question.derive()

    assert [derived(question) for question in questions] == made
    assert {question.language for question in questions} == {"en", "zh-hant"}


def test_a_second_run_adds_what_is_missing_and_nothing_else(fill: Fill) -> None:
    fill(THREADS // 2)
    fill()
    in_two = list(Document.objects.order_by("key").values_list("key", "title", "segmented_body"))
    for rows in (Answer.objects, TaggedQuestion.objects, Question.objects, Document.objects):
        rows.all().delete()

    assert fill() == THREADS
    assert fill() == 0

    assert list(Document.objects.order_by("key").values_list("key", "title", "segmented_body")) == in_two


def test_the_follower_of_the_index_misses_nothing(fill: Fill) -> None:
    fill()

    last = Document.objects.order_by("-number").values_list("number", flat=True).first()

    assert last == ChangeCounter.objects.get().last


def test_a_database_with_content_of_its_own_is_refused(fill: Fill) -> None:
    make_article()

    with pytest.raises(NotEmptyError):
        fill()
