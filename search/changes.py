"""The one change sequence: whoever alters something public says so here, in the transaction that alters it."""

from search.models import Document
from search.models.changing import changing
from text.fold import fold

__all__ = ["bury_document", "changing", "put_document", "put_documents"]


def put_document(document: Document) -> None:
    """Make `document` the public form of its key, inside a `changing()` block of the caller."""
    document.folded_title = fold(document.title)[:600]
    with changing() as keys:
        fields = {
            field.name: getattr(document, field.name)
            for field in Document._meta.concrete_fields
            if field.name not in {"id", "key", "number"}
        }
        Document.objects.update_or_create(key=document.key, defaults=fields)
        keys.add(document.key)


def put_documents(documents: list[Document]) -> None:
    """Make many documents public at once, inside a `changing()` block of the caller."""
    for document in documents:
        document.folded_title = fold(document.title)[:600]
    columns = [field.name for field in Document._meta.concrete_fields if field.name not in {"id", "key", "number"}]
    with changing() as keys:
        Document.objects.bulk_create(documents, update_conflicts=True, unique_fields=["key"], update_fields=columns)
        keys.update(document.key for document in documents)


def bury_document(key: str) -> None:
    """Leave an empty tombstone where `key` was public; nothing if it never was."""
    empty = {
        "title": "",
        "folded_title": "",
        "body": "",
        "teaser": "",
        "is_tombstone": True,
    }
    with changing() as keys:
        if Document.objects.filter(key=key, is_tombstone=False).update(**empty):
            keys.add(key)
