"""The one change sequence: whoever alters something public says so here, in the transaction that alters it."""

from collections.abc import Iterable
from typing import Final

from search.concept_documents import concept_documents, concept_keys, is_carried
from search.models import Concept, Document
from search.models.changing import changing
from search.vocabulary import Vocabulary, vocabulary
from text.cutting import CUT_VERSION, segment
from text.fold import fold

__all__ = [
    "bury_document",
    "bury_documents",
    "changing",
    "cut_document",
    "put_changed",
    "put_document",
    "put_documents",
    "renew_concepts",
]

COLUMNS: Final = [field.name for field in Document._meta.concrete_fields if field.name not in {"id", "key", "number"}]
SAID: Final = (
    *("kind", "language", "department", "title", "body", "replies", "teaser", "path", "listed_on", "ends_at"),
    *("care_level", "is_outdated", "tags"),
)
"""The columns that somebody else writes; the others are derived from them."""


def put_document(document: Document) -> None:
    """Make `document` the public form of its key, inside a `changing()` block of the caller."""
    put_documents([document])


def put_documents(documents: list[Document]) -> None:
    """Make many documents public at once, inside a `changing()` block of the caller."""
    with changing():
        before = _tags_of(document.key for document in documents)
        _put(documents)
        carriers = [document for document in documents if document.kind != "concept"]
        _renew_concepts(before, {int(tag) for document in carriers for tag in document.tags.split()})


def _put(documents: list[Document]) -> None:
    known = vocabulary()
    for document in documents:
        cut_document(document, known)
    with changing() as keys:
        Document.objects.bulk_create(documents, update_conflicts=True, unique_fields=["key"], update_fields=COLUMNS)
        keys.update(document.key for document in documents)


def put_changed(documents: list[Document]) -> int:
    """Make public what is not public in these very words; returns how many documents. What is the same stays."""
    stored = Document.objects.live().in_bulk([document.key for document in documents], field_name="key")
    changed = [document for document in documents if _says(document) != _says(stored.get(document.key))]
    if changed:
        put_documents(changed)
    return len(changed)


def _says(document: Document | None) -> tuple[object, ...]:
    return tuple(getattr(document, name, None) for name in SAID)


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
    bury_documents([key])


def bury_documents(wanted: Iterable[str]) -> None:
    """Leave empty tombstones where these keys were public; nothing where they never were."""
    with changing() as keys:
        public = Document.objects.filter(key__in=list(wanted), is_tombstone=False)
        gone = list(public.values_list("key", flat=True))
        before = _tags_of(gone)
        if gone and public.bury():
            keys.update(gone)
            _renew_concepts(before, set())


def renew_concepts(concepts: Iterable[int]) -> int:
    """Put the documents of accepted concepts (primary keys) that something public carries, bury those of others.

    Returns how many were put because they were missing or said something else.
    """
    wanted, count = set(concepts), 0
    with changing():
        for concept in Concept.objects.accepted().filter(pk__in=wanted).prefetch_related("names"):
            if is_carried(concept.pk):
                count += put_changed(concept_documents(concept))
                wanted.discard(concept.pk)
        bury_documents(concept_keys(wanted))
    return count


def _tags_of(keys: Iterable[str]) -> set[int]:
    """The concepts that these documents are tagged with; what a concept's own document says of it is left out."""
    carriers = [key for key in keys if not key.startswith("concept:")]
    rows = Document.objects.filter(key__in=carriers).exclude(tags="").values_list("tags", flat=True)
    return {int(tag) for tags in rows for tag in tags.split()}


def _renew_concepts(before: set[int], after: set[int]) -> None:
    """Let the concepts be found that something public carries now, and not those that it carried before."""
    known = Document.objects.live().filter(key__in=concept_keys(after)).values_list("tags", flat=True)
    if changed := (before - after) | (after - {int(tags) for tags in known}):
        renew_concepts(changed)
