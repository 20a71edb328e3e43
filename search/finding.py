"""Finding: from a query to documents of the index in their order. What is found is checked before it is shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import tantivy

from search.index.reader import index
from search.index.schema import Facets
from search.models import Document
from search.query import Query, parse
from search.ranking import search_query, similar_query
from search.vocabulary import vocabulary
from text.cutting import segment

COUNTED: Final = 1000
"""How many of the first hits are counted by what readers filter by."""


@dataclass(frozen=True)
class Hit:
    """One document of the index: its primary key, how well it fits, what it is."""

    pk: int
    score: float
    facets: Facets


def concepts_of(text: str) -> list[int]:
    """The concepts that a text names, each once."""
    return list(dict.fromkeys(mention.concept for mention in vocabulary().found_in(text)))


def find(typed: str | Query, *, limit: int, facets: Sequence[Sequence[str]] = ()) -> list[Hit] | None:
    """The first `limit` hits of a query, the best first; None while this machine has no index."""
    query = parse(typed) if isinstance(typed, str) else typed
    found = index()
    if found is None:
        return None
    if query.is_empty:
        return []
    wanted = search_query(found.schema, query, concepts_of(query.plain), facets)
    return _hits(found, wanted, limit)


def find_similar(text: str, *, limit: int) -> list[Hit] | None:
    """The `limit` public questions most like a text, the best first; None while this machine has no index."""
    found = index()
    if found is None:
        return None
    segmented = segment(text)
    return _hits(found, similar_query(found.schema, segmented, concepts_of(text)), limit) if segmented else []


def checked(hits: Sequence[Hit]) -> list[Document]:
    """The documents of hits as they are now, without what has been taken down since the index was written."""
    rows = Document.objects.live().in_bulk([hit.pk for hit in hits])
    return [rows[hit.pk] for hit in hits if hit.pk in rows]


def _hits(found: tantivy.Index, query: tantivy.Query, limit: int) -> list[Hit]:
    searcher = found.searcher()
    ranked = searcher.search(query, limit, count=False).hits
    addresses = [address for _score, address in ranked]
    numbers = searcher.fast_field_values("doc", addresses)
    codes = searcher.fast_field_values("code", addresses)
    return [
        Hit(int(pk or 0), score, Facets.unpacked(int(code or 0)))
        for (score, _address), pk, code in zip(ranked, numbers, codes, strict=True)
    ]
