"""The order of what is found: BM25 of words, characters and pairs, with concepts at a low weight."""

from collections.abc import Iterable, Sequence
from typing import Final

import tantivy

from search.query import Query
from text.cutting import pairs, words

Occur = tantivy.Occur
Clause = tuple[tantivy.Occur, tantivy.Query]

REPLY: Final = 0.5
"""What a word counts in an answer, beside the question."""
CONCEPT: Final = 0.3
"""What the concept of a query counts, beside its words: synonyms at full weight find worse."""


def search_query(
    schema: tantivy.Schema, query: Query, concepts: Sequence[int] = (), facets: Sequence[Sequence[str]] = ()
) -> tantivy.Query:
    """What finds a reader's query. `facets` are alternatives within and conditions between: [["kind:topic"], …]."""
    clauses = [(Occur.Should, each) for each in _words(schema, query.wanted)]
    clauses += [(Occur.Should, _boosted(_term(schema, "concepts", str(pk)), CONCEPT)) for pk in concepts]
    narrowed: list[Clause] = [(Occur.Must, _phrase(schema, phrase)) for phrase in query.phrases]
    narrowed += [(Occur.MustNot, _phrase(schema, phrase)) for phrase in query.unwanted]
    narrowed += [(Occur.Must, _any(schema, values)) for values in facets if values]
    asked = tantivy.Query.boolean_query(clauses)
    return tantivy.Query.boolean_query([(Occur.Must, asked), *narrowed]) if narrowed else asked


def similar_query(schema: tantivy.Schema, segmented: str, concepts: Sequence[int] = ()) -> tantivy.Query:
    """What finds questions like a text, by title and question alone."""
    clauses = [(Occur.Should, each) for each in _words(schema, segmented, replies=False)]
    clauses += [(Occur.Should, _boosted(_term(schema, "concepts", str(pk)), CONCEPT)) for pk in concepts]
    kind = _term(schema, "facets", "kind:question")
    asked = tantivy.Query.boolean_query(clauses)
    return tantivy.Query.boolean_query([(Occur.Must, asked), (Occur.Must, tantivy.Query.const_score_query(kind, 0))])


def _words(schema: tantivy.Schema, segmented: str, *, replies: bool = True) -> Iterable[tantivy.Query]:
    for field, terms in (("words", words(segmented)), ("pairs", pairs(segmented))):
        for term in dict.fromkeys(terms):
            yield _term(schema, field, term)
            if replies:
                yield _boosted(_term(schema, f"reply_{field}", term), REPLY)


def _phrase(schema: tantivy.Schema, segmented: str) -> tantivy.Query:
    """A text word for word, in the question or in a reply."""
    terms = words(segmented)
    found = [
        tantivy.Query.phrase_query(schema, field, list(terms)) if len(terms) > 1 else _term(schema, field, terms[0])
        for field in ("words", "reply_words")
    ]
    return tantivy.Query.const_score_query(tantivy.Query.boolean_query([(Occur.Should, each) for each in found]), 0)


def _any(schema: tantivy.Schema, values: Sequence[str]) -> tantivy.Query:
    each = [(Occur.Should, _term(schema, "facets", value)) for value in values]
    return tantivy.Query.const_score_query(tantivy.Query.boolean_query(each), 0)


def _term(schema: tantivy.Schema, field: str, value: str) -> tantivy.Query:
    return tantivy.Query.term_query(schema, field, value, "freq" if field not in _LISTS else "basic")


def _boosted(query: tantivy.Query, weight: float) -> tantivy.Query:
    return tantivy.Query.boost_query(query, weight)


_LISTS: Final = ("facets",)
