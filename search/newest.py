"""The other order of results: documents that have every word of a query, the newest first."""

from collections.abc import Sequence
from typing import Final

import tantivy

from search.finding import Hit, concepts_of
from search.index.reader import index
from search.index.schema import Facets
from search.query import Query
from search.ranking import search_query
from search.vocabulary import vocabulary
from text.cutting import pairs, words
from text.stop_words import essential

_Occur: Final = tantivy.Occur
_WORDS: Final = ("words", "reply_words")
_PAIRS: Final = ("pairs", "reply_pairs")


def find_newest(query: Query, *, limit: int, facets: Sequence[Sequence[str]] = ()) -> list[Hit] | None:
    """The newest `limit` documents that have every telling word of a query, or are about the concept that it is.

    Documents without a date come last; scores say nothing. None while this machine has no index.
    """
    found = index()
    if found is None:
        return None
    if query.is_empty:
        return []
    wanted = _every(found.schema, query)
    if query.phrases or query.unwanted or any(facets):
        narrowed = search_query(found.schema, query, concepts_of(query.plain), facets)
        wanted = tantivy.Query.boolean_query([(_Occur.Must, wanted), (_Occur.Must, narrowed)])
    searcher = found.searcher()
    hits = searcher.search(wanted, limit, count=False, order_by_field="day").hits
    addresses = [address for _day, address in hits]
    numbers = searcher.fast_field_values("doc", addresses)
    codes = searcher.fast_field_values("code", addresses)
    found_on = [
        (int(day or 0), int(pk or 0), code) for (day, _address), pk, code in zip(hits, numbers, codes, strict=True)
    ]
    # Documents of one day keep their order, whatever files of the index they lie in.
    return [Hit(pk, 0.0, Facets.unpacked(int(code or 0))) for _day, pk, code in sorted(found_on, reverse=True)]


def _every(schema: tantivy.Schema, query: Query) -> tantivy.Query:
    every = [(_Occur.Must, _somewhere(schema, term, fields)) for term, fields in _terms(query.wanted).items()]
    wanted = tantivy.Query.boolean_query(every)
    meant = vocabulary().called(query.plain)
    about = [tantivy.Query.term_query(schema, "concepts", str(concept), "freq") for concept in meant]
    return tantivy.Query.boolean_query([(_Occur.Should, each) for each in (wanted, *about)]) if about else wanted


def _terms(segmented: str) -> dict[str, Sequence[str]]:
    """What must occur and in which fields: the pairs of runs that have any, whole words; courtesies need not."""
    found: dict[str, Sequence[str]] = {}
    for run in segmented.split():
        inside = pairs(run)
        found |= dict.fromkeys(inside or words(run), _PAIRS if inside else _WORDS)
    return {term: found[term] for term in essential(found)}


def _somewhere(schema: tantivy.Schema, term: str, fields: Sequence[str]) -> tantivy.Query:
    each = [tantivy.Query.term_query(schema, field, term, "freq") for field in fields]
    return tantivy.Query.boolean_query([(_Occur.Should, query) for query in each])
