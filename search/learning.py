"""When a concept gets or loses a name, the documents that name it are cut anew: by tasks, a chunk at a time."""

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Final

import tantivy
from django.conf import settings
from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from search.background import task
from search.changes import changing, cut_document, renew_concepts
from search.index.folder import generation_in_use, manifest_of
from search.index.reader import index
from search.models import Change, ChangeCounter, ConceptName, Document
from search.vocabulary import vocabulary
from text.cutting import segment, words
from text.names import forms

CHUNK: Final = 500
"""So many documents are cut anew in one transaction."""
WINDOW: Final = 20_000
"""So many documents are searched at once where there is no index."""
RENEWED: Final = 50
"""So many concepts get their own documents anew in one transaction."""
TOGETHER: Final = 2000
"""So many concepts are learnt in one pass over the documents."""
MANY: Final = 100
"""From so many concepts on every document is looked at: most of them name one."""
SETTLED: Final = dt.timedelta(seconds=5)
"""What was published while a concept changed is in the index by then."""
DERIVED: Final = ("concepts", "title_concepts", "cut_version", "folded_title", "segmented_title", "segmented_body",
                  "segmented_replies")  # fmt: skip


def learn_names() -> int:
    """Have the documents learn what concepts have been called since the last time; returns how many concepts.

    The change sequence is the list of what is to be done; the tasks and the place in it are written together.
    """
    with transaction.atomic():
        counter = ChangeCounter.objects.filter(pk=1).first()
        if counter is None or counter.learnt >= counter.vocabulary:
            return 0
        changes = Change.objects.filter(number__gt=counter.learnt, changed_at__lte=timezone.now() - SETTLED)
        rows = changes.filter(key__startswith="concept:").order_by("number", "key").values_list("number", "key")
        told = list(rows[:TOGETHER])
        if len(told) == TOGETHER and told[0][0] != told[-1][0]:
            # What was told together is learnt together.
            told = [row for row in told if row[0] != told[-1][0]]
        concepts = sorted({int(pk) for _number, key in told if (pk := key.partition(":")[2]).isdecimal()})
        if told:
            learn.enqueue(concepts)
            ChangeCounter.objects.filter(pk=1).update(learnt=told[-1][0])
    return len(concepts)


@task()
def learn(concepts: list[int], after: int = 0) -> None:
    """Cut anew the documents from a primary key on that name one of these concepts, or did; the next task goes on."""
    if not after:
        for start in range(0, len(concepts), RENEWED):
            renew_concepts(concepts[start : start + RENEWED])
    found, last = _found(concepts, after)
    # What takes long is done before the transaction, in which others wait.
    changed = _cut_otherwise(found)
    with changing() as keys:
        keys.update(document.key for document in changed if _keep(document))
        if last is not None:
            learn.enqueue(concepts, last)


def _found(concepts: Collection[int], after: int) -> tuple[list[Document], int | None]:
    """The next documents to look at, and from which primary key on to look for more; None when that was all."""
    live = Document.objects.filter(is_tombstone=False, pk__gt=after).order_by("pk")
    names = list(ConceptName.objects.filter(concept__in=concepts).values_list("text", flat=True))
    known = _up_to_date()
    if len(concepts) > MANY:
        found = list(live[:CHUNK])
    elif known is not None:
        found = list(live.filter(pk__in=_indexed(known, concepts, names, after)))
    else:
        return _searched(live, concepts, names, after)
    return found, found[-1].pk if len(found) == CHUNK else None


def _up_to_date() -> tantivy.Index | None:
    """The index of this machine if it has followed up to the last change of a concept."""
    generation = generation_in_use(settings.INDEX_DIR)
    manifest = manifest_of(generation) if generation else None
    counter = ChangeCounter.objects.get(pk=1)
    return index() if manifest is not None and manifest.number >= counter.vocabulary else None


def _indexed(known: tantivy.Index, concepts: Iterable[int], names: Iterable[str], after: int) -> list[int]:
    """The primary keys of the next documents that name a concept by the index, or did."""
    query, occur = tantivy.Query, tantivy.Occur
    wanted = [query.term_query(known.schema, "concepts", str(pk), "basic") for pk in concepts]
    for terms in {tuple(words(segment(form))) for name in names for form in forms(name)} - {()}:
        is_phrase = len(terms) > 1
        wanted.append(
            query.phrase_query(known.schema, "words", list(terms))
            if is_phrase
            else query.term_query(known.schema, "words", terms[0])
        )
    any_of_them = query.boolean_query([(occur.Should, each) for each in wanted])
    later = query.range_query(known.schema, "doc", tantivy.FieldType.Unsigned, after, None, include_lower=False)
    both = query.boolean_query([(occur.Must, any_of_them), (occur.Must, later)])
    searcher = known.searcher()
    hits = searcher.search(both, CHUNK, count=False, order_by_field="doc", order=tantivy.Order.Asc).hits
    return [int(pk or 0) for pk in searcher.fast_field_values("doc", [address for _value, address in hits])]


def _searched(
    live: QuerySet[Document], concepts: Iterable[int], names: Iterable[str], after: int
) -> tuple[list[Document], int | None]:
    """The same by the database alone, window by window."""
    until = after + WINDOW
    wanted = Q()
    for text in {segment(form) for name in names for form in forms(name)} - {""}:
        wanted |= Q(segmented_title__contains=text) | Q(segmented_body__contains=text)
    for pk in concepts:
        wanted |= Q(concepts__contains=str(pk))
    found = list(live.filter(wanted, pk__lte=until)[:CHUNK])
    if len(found) == CHUNK:
        return found, found[-1].pk
    newest = live.aggregate(last=Max("pk"))["last"] or 0
    return found, until if newest > until else None


def _cut_otherwise(documents: Iterable[Document]) -> list[Document]:
    """Cut documents by the vocabulary of now; returns those that name other concepts than before."""
    known = vocabulary()
    changed: list[Document] = []
    for document in documents:
        before = (document.concepts, document.title_concepts)
        cut_document(document, known)
        if (document.concepts, document.title_concepts) != before:
            changed.append(document)
    return changed


def _keep(document: Document) -> bool:
    """Store how a document is cut; False where it was put anew meanwhile: then it has another number, and is cut."""
    same = Document.objects.filter(pk=document.pk, number=document.number)
    return bool(same.update(**{name: getattr(document, name) for name in DERIVED}))
