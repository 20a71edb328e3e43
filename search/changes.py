"""The one change sequence: whoever alters something public says so here, in the transaction that alters it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.db.models import F

from search.models import Change, ChangeCounter, Document
from text.fold import fold

_open = threading.local()


@contextmanager
def changing() -> Iterator[set[str]]:
    """Open a transaction and collect the keys of what it alters ("question:12", "menu"). Nested uses join the outer.

    The number is taken as the last thing before the end, under the lock of the counter's row, which the transaction
    holds to its commit: so numbers appear in the order of commits, and a follower that has read up to n misses nothing
    below it.
    """
    outer: set[str] | None = getattr(_open, "keys", None)
    if outer is not None:
        with transaction.atomic():
            yield outer
        return
    keys: set[str] = set()
    _open.keys = keys
    try:
        with transaction.atomic():
            yield keys
            _record(keys)
    finally:
        _open.keys = None


def _record(keys: set[str]) -> None:
    if not keys:
        return
    ChangeCounter.objects.get_or_create(pk=1)
    ChangeCounter.objects.filter(pk=1).update(last=F("last") + 1)
    number = ChangeCounter.objects.values_list("last", flat=True).get(pk=1)
    Change.objects.bulk_create([Change(number=number, key=key) for key in sorted(keys)])
    Document.objects.filter(key__in=keys).update(number=number)


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
