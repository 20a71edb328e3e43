"""What a document is tagged with, read anew from the rows that say so."""

from collections import defaultdict
from collections.abc import Collection
from typing import Final

from search.models import Concept, Document
from search.relations import Relation, relations_to

CHUNK: Final = 500
"""So many documents are written at a time."""


def renew_tags(keys: Collection[str]) -> None:
    """Let the public documents of what was tagged otherwise say so, inside a `changing()` block that tells the keys.

    Only `tags`: by which concepts a document is found follows when it learns what they are called now.
    """
    for relation in relations_to(Concept):
        if relation.is_tag:
            for end in relation.far_ends:
                _renew(relation, end.attname, end.related_model._meta.model_name or "", keys)


def _renew(relation: Relation, column: str, kind: str, keys: Collection[str]) -> None:
    numbers = sorted(int(key.partition(":")[2]) for key in keys if key.startswith(f"{kind}:"))
    for start in range(0, len(numbers), CHUNK):
        chunk = numbers[start : start + CHUNK]
        tags: dict[int, list[int]] = defaultdict(list)
        rows = relation.rows().filter(**{f"{column}__in": chunk})
        for carrier, concept in rows.order_by(relation.field.attname).values_list(column, relation.field.attname):
            tags[carrier].append(concept)
        public = Document.objects.filter(key__in=[f"{kind}:{pk}" for pk in chunk], is_tombstone=False)
        documents = list(public.only("key", "tags"))
        for document in documents:
            document.tags = " ".join(map(str, tags[int(document.key.partition(":")[2])]))
        Document.objects.bulk_update(documents, ["tags"])
