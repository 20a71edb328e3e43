"""Finding: from a query to documents of the index in their order. What is found is checked before it is shown."""

from collections.abc import Sequence
from typing import Final

from search.hits import Hit, hits_of
from search.index.reader import index
from search.models import Document
from search.query import Query, parse
from search.ranking import RULES, Rules, search_query, similar_query
from search.reranking import LOOKED_AT, likened_again, searched_again
from search.vocabulary import vocabulary
from text.cutting import segment

__all__ = ["COUNTED", "Hit", "checked", "concepts_of", "find", "find_similar"]

FOR_INDEX: Final = ("folded_title", "segmented_title", "segmented_body", "segmented_replies", "title_concepts")
COUNTED: Final = 1000
"""How many of the first hits are counted by what readers filter by."""


def concepts_of(text: str) -> list[int]:
    """The concepts that a text names, each once."""
    return list(dict.fromkeys(mention.concept for mention in vocabulary().found_in(text)))


def find(
    typed: str | Query, *, limit: int, facets: Sequence[Sequence[str]] = (), rules: Rules = RULES
) -> list[Hit] | None:
    """The first `limit` hits of a query, the best first; None while this machine has no index."""
    query = parse(typed) if isinstance(typed, str) else typed
    found = index()
    if found is None:
        return None
    if query.is_empty:
        return []
    searcher = found.searcher()
    wanted = search_query(found.schema, query, concepts_of(query.plain), facets, rules)
    hits = hits_of(searcher, wanted, max(limit, LOOKED_AT))
    return searched_again(hits, query.wanted, searcher, rules)[:limit]


def find_similar(text: str, *, limit: int, rules: Rules = RULES) -> list[Hit] | None:
    """The `limit` public questions most like a text, the best first; None while this machine has no index.

    Fewer where articles, topics and the like fit better than questions do.
    """
    found = index()
    if found is None:
        return None
    segmented = segment(text)
    if not segmented:
        return []
    searcher = found.searcher()
    wanted = similar_query(found.schema, segmented, concepts_of(text), rules)
    # A condition that nearly everything fulfils would cost more than what it leaves out.
    hits = [hit for hit in hits_of(searcher, wanted, 2 * max(limit, LOOKED_AT)) if hit.facets.kind == "question"]
    return likened_again(hits, segmented, searcher, rules)[:limit]


def checked(hits: Sequence[Hit]) -> list[Document]:
    """The documents of hits as they are now, without what has been taken down since the index was written.

    What is in them for the index alone, half of their size, is not read.
    """
    rows = Document.objects.live().defer(*FOR_INDEX).in_bulk([hit.pk for hit in hits])
    return [rows[hit.pk] for hit in hits if hit.pk in rows]
