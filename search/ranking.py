"""The order of what is found: BM25 of words, characters and pairs, with concepts at a low weight.

Each rule stands by itself in `Rules`, so that its worth can be measured: `make relevance` turns them off one by one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import tantivy

from search.query import Query
from text.cutting import pairs, words
from text.stop_words import is_stop, telling

Occur = tantivy.Occur
Clause = tuple[tantivy.Occur, tantivy.Query]


@dataclass(frozen=True)
class Rules:
    """What decides the order, and how much. 1 is what a word of the query counts in title or question; 0 is off."""

    stop_words: bool = True
    """Words that say nothing are not looked for, unless there are no others, and make no text longer."""
    characters: float = 1
    """A Han character beside the pairs that it is in: pairs alone miss what is written in another order."""
    replies: float = 0.5
    """A word or pair in an answer, beside the question."""
    concepts: float = 0.3
    """A concept that the query names, under whatever name; synonyms at full weight find worse."""
    title_concepts: float = 0.3
    """Of similar questions: the same concept once more where it is in the title."""
    coverage: float = 0.5
    """Of a search: the first hits gain up to this share, by how much of what was asked occurs in them at all."""
    titles: float = 0.25
    """Of a search: and up to this share, by how much of their title was asked for."""
    shared: float = 1
    """Of similar questions: the first hits gain up to this share, by how much of their title the text has."""


RULES: Final = Rules()
"""What holds on the site. Round numbers, the same in both languages; `make relevance` says what each brings."""


def search_query(
    schema: tantivy.Schema,
    query: Query,
    concepts: Sequence[int] = (),
    facets: Sequence[Sequence[str]] = (),
    rules: Rules = RULES,
) -> tantivy.Query:
    """What finds a reader's query. `facets` are alternatives within and conditions between: [["kind:topic"], …]."""
    asked = _any_of(
        [
            *_asked(schema, query.wanted, rules),
            *_replied(schema, query.wanted, rules),
            *_about(schema, "concepts", concepts, rules.concepts),
        ]
    )
    narrowed: list[Clause] = [(Occur.Must, _phrase(schema, phrase)) for phrase in query.phrases]
    narrowed += [(Occur.MustNot, _phrase(schema, phrase)) for phrase in query.unwanted]
    narrowed += [(Occur.Must, _facet(schema, values)) for values in facets if values]
    return tantivy.Query.boolean_query([(Occur.Must, asked), *narrowed]) if narrowed else asked


def similar_query(
    schema: tantivy.Schema, segmented: str, concepts: Sequence[int] = (), rules: Rules = RULES
) -> tantivy.Query:
    """What finds questions like a text, by title and question alone; what is no question is found too."""
    return _any_of(
        [
            *_asked(schema, segmented, rules),
            *_about(schema, "concepts", concepts, rules.concepts),
            *_about(schema, "title_concepts", concepts, rules.title_concepts),
        ]
    )


def terms_of(segmented: str, rules: Rules = RULES) -> tuple[list[str], list[str]]:
    """The words and characters, and the pairs, that are looked for: without what says nothing, unless all does."""
    singles, doubles = list(dict.fromkeys(words(segmented))), list(dict.fromkeys(pairs(segmented)))
    if not rules.stop_words:
        return singles, doubles
    kept = set(telling([*singles, *doubles]))
    return [each for each in singles if each in kept], [each for each in doubles if each in kept]


def _asked(schema: tantivy.Schema, segmented: str, rules: Rules) -> Iterable[tantivy.Query]:
    """One clause a term. The union has to stay flat: of a nested one the engine scores every match."""
    singles, doubles = terms_of(segmented, rules)
    field = "words" if not rules.stop_words or any(map(is_stop, singles)) else "telling"
    for term in singles:
        weight = rules.characters if doubles and _is_character(term) else 1
        if weight:
            yield _term(schema, field, term, weight)
    for term in doubles:
        yield _term(schema, "pairs", term)


def _replied(schema: tantivy.Schema, segmented: str, rules: Rules) -> Iterable[tantivy.Query]:
    """Pairs and words; a single character of an answer, long as answers are, says nothing beside its pairs."""
    singles, doubles = terms_of(segmented, rules)
    if rules.replies:
        yield from (_term(schema, "reply_pairs", term, rules.replies) for term in doubles)
        alone = (term for term in singles if not (doubles and _is_character(term)))
        yield from (_term(schema, "reply_words", term, rules.replies) for term in alone)


def _about(schema: tantivy.Schema, field: str, concepts: Sequence[int], weight: float) -> Iterable[tantivy.Query]:
    return (_term(schema, field, str(pk), weight) for pk in concepts if weight)


def _phrase(schema: tantivy.Schema, segmented: str) -> tantivy.Query:
    """A text word for word, in the question or in a reply: Han characters by their pairs, at a quarter of the cost."""
    doubles = pairs(segmented)
    in_pairs = len(doubles) > 1 and len(doubles) == len(segmented) - 1
    kind, terms = ("pairs", doubles) if in_pairs else ("words", words(segmented))
    found = [
        tantivy.Query.phrase_query(schema, field, list(terms)) if len(terms) > 1 else _term(schema, field, terms[0])
        for field in (kind, f"reply_{kind}")
    ]
    return tantivy.Query.const_score_query(_any_of(found), 0)


def _facet(schema: tantivy.Schema, values: Sequence[str]) -> tantivy.Query:
    terms = [tantivy.Query.term_query(schema, "facets", value, "basic") for value in values]
    return tantivy.Query.const_score_query(_any_of(terms), 0)


def _any_of(queries: Iterable[tantivy.Query]) -> tantivy.Query:
    return tantivy.Query.boolean_query([(Occur.Should, each) for each in queries])


def _term(schema: tantivy.Schema, field: str, value: str, weight: float = 1) -> tantivy.Query:
    query = tantivy.Query.term_query(schema, field, value, "freq")
    return query if weight == 1 else tantivy.Query.boost_query(query, weight)


def _is_character(term: str) -> bool:
    return len(term) == 1 and not term.isascii()
