"""The one change sequence, for models; everybody else says `search.changes`."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.db.models import F

from search.models.document import Change, ChangeCounter, Document

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
    moved = {"last": F("last") + 1}
    # The document of a concept ("concept:5-en") is none.
    if any(key.startswith("concept:") and key[len("concept:") :].isdecimal() for key in keys):
        moved["vocabulary"] = F("last") + 1
    ChangeCounter.objects.filter(pk=1).update(**moved)
    number = ChangeCounter.objects.values_list("last", flat=True).get(pk=1)
    Change.objects.bulk_create([Change(number=number, key=key) for key in sorted(keys)])
    Document.objects.filter(key__in=keys).update(number=number)
