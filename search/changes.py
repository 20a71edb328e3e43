"""The one change sequence: whoever alters something public says so here, in the transaction that alters it."""

from typing import Final

from search.models import Document
from search.models.changing import changing
from search.models.document import TEXTS
from search.vocabulary import Vocabulary, vocabulary
from text.cutting import CUT_VERSION, segment
from text.fold import fold

__all__ = ["bury_document", "changing", "cut_document", "put_document", "put_documents"]

COLUMNS: Final = [field.name for field in Document._meta.concrete_fields if field.name not in {"id", "key", "number"}]


def put_document(document: Document) -> None:
    """Make `document` the public form of its key, inside a `changing()` block of the caller."""
    put_documents([document])


def put_documents(documents: list[Document]) -> None:
    """Make many documents public at once, inside a `changing()` block of the caller."""
    known = vocabulary()
    for document in documents:
        cut_document(document, known)
    with changing() as keys:
        Document.objects.bulk_create(documents, update_conflicts=True, unique_fields=["key"], update_fields=COLUMNS)
        keys.update(document.key for document in documents)


def cut_document(document: Document, known: Vocabulary) -> None:
    """Derive from a document's texts the columns by which it is found."""
    document.folded_title = fold(document.title)[:600]
    document.segmented_title = segment(document.title)
    document.segmented_body = segment(document.body)
    document.segmented_replies = segment(document.replies)
    in_title = dict.fromkeys(str(mention.concept) for mention in known.found_in(document.title))
    in_body = dict.fromkeys(str(mention.concept) for mention in known.found_in(document.body))
    document.title_concepts = " ".join(in_title)
    document.concepts = " ".join({**in_title, **dict.fromkeys(document.tags.split()), **in_body})
    document.cut_version = CUT_VERSION


def bury_document(key: str) -> None:
    """Leave an empty tombstone where `key` was public; nothing if it never was."""
    with changing() as keys:
        public = Document.objects.filter(key=key, is_tombstone=False)
        if public.update(is_tombstone=True, **dict.fromkeys(TEXTS, "")):
            keys.add(key)
