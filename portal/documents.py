"""Whatever is public can be found: what has no document yet, or an old one, gets one."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, Final

from django.db.models import Exists, OuterRef

from articles.models import Article, StaticPage
from faq.models import Answer, Question, Topic
from faq.models.bulk import documents_of, name_anew
from people.models import Department, Physician
from search.changes import changing, put_changed, renew_concepts
from search.models import Concept, Document

CHUNK: Final = 100


def complete_documents() -> int:
    """Put the documents that are missing or say something else than their rows; returns how many.

    Of questions, of which there may be a million, only those whose documents lack the replies that they have, and
    those that have no name: such as they were before these had a column.
    """
    return (
        _complete(Department.objects.order_by("pk"), lambda row: row.documents())
        + _complete(Physician.objects.current().order_by("pk"), lambda row: row.documents())
        + _complete(StaticPage.objects.filter(is_public=True).order_by("pk"), lambda row: [row.document()])
        + _complete(Topic.objects.published().order_by("pk"), lambda row: [row.document()])
        + _complete(Article.objects.published().order_by("pk"), lambda row: [row.document()])
        + _complete_names()
        + _complete_questions()
        + _complete_concepts()
    )


def _complete(rows: Any, forms_of: Callable[[Any], list[Document]]) -> int:
    count = 0
    for chunk in _chunks(rows.iterator(CHUNK)):
        with changing():
            count += put_changed([document for row in chunk for document in forms_of(row)])
    return count


def _complete_names() -> int:
    """Decide what questions are called that were published before that was stored."""
    count = 0
    nameless = Question.objects.published().filter(headline="").order_by("pk").values_list("pk", flat=True)
    for chunk in _chunks(nameless.iterator(CHUNK)):
        rows = Question.objects.published().filter(pk__in=chunk, headline="").select_related("department")
        name_anew(list(rows.order_by("pk")))
        count += len(chunk)
    return count


def _complete_questions() -> int:
    count = 0
    silent = Document.objects.live().filter(kind="question", replies="").order_by("pk").values_list("key", flat=True)
    for chunk in _chunks(silent.iterator(CHUNK)):
        answers = Answer.objects.published().filter(question=OuterRef("pk"))
        wanted = Question.objects.published().filter(
            Exists(answers), pk__in=[int(key.partition(":")[2]) for key in chunk]
        )
        with changing():
            count += put_changed(documents_of(list(wanted.select_related("department"))))
    return count


def _complete_concepts() -> int:
    count = 0
    for chunk in _chunks(Concept.objects.accepted().order_by("pk").values_list("pk", flat=True).iterator(CHUNK)):
        with changing():
            count += renew_concepts(chunk)
    return count


def _chunks(rows: Iterable[Any]) -> Iterator[list[Any]]:
    waiting = iter(rows)
    while chunk := list(islice(waiting, CHUNK)):
        yield chunk
