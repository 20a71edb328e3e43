"""What is marked in the results of a query, and how much each of its words tells."""

import math
from collections.abc import Container

from search.index.reader import index
from search.models import ConceptName
from search.query import Query
from search.vocabulary import Vocabulary
from text.cutting import words
from text.snippets import Marker, terms
from text.stop_words import essential


def marker_of(query: Query, known: Vocabulary) -> Marker:
    """Return what marks a query's words, and the names of the concepts that it names: one query, none without one.

    A word that fewer documents have tells more (its logarithm counts); courtesies and particles are left unmarked.
    """
    every = terms(query.wanted)
    concepts = {mention.concept for mention in known.found_in(query.plain)}
    names = ConceptName.objects.filter(concept__in=concepts).values_list("text", flat=True) if concepts else ()
    weights = _weights(every, alone=set(words(query.wanted)))
    return Marker(
        query.wanted,
        names=names,
        weight=lambda term: weights.get(term, 1.0),
        unmarked=set(every) - set(essential(every)),
    )


def _weights(every: list[str], alone: Container[str]) -> dict[str, float]:
    found = index()
    if found is None:
        return {}
    searcher = found.searcher()
    fields = {term: "words" if term in alone else "pairs" for term in every}
    return {term: math.log(1 + searcher.num_docs / (1 + searcher.doc_freq(fields[term], term))) for term in every}
