"""What the index answers with."""

from functools import lru_cache
from typing import NamedTuple

import tantivy

from search.index.schema import Facets


class Hit(NamedTuple):
    """One document of the index: its primary key, how well it fits, what it is."""

    pk: int
    score: float
    facets: Facets


def hits_of(searcher: tantivy.Searcher, query: tantivy.Query, limit: int) -> list[Hit]:
    """The first `limit` documents of a query, the best first."""
    ranked = searcher.search(query, limit, count=False).hits
    addresses = [address for _score, address in ranked]
    numbers = searcher.fast_field_values("doc", addresses)
    codes = searcher.fast_field_values("code", addresses)
    return [
        Hit(int(pk or 0), score, _facets(int(code or 0)))
        for (score, _address), pk, code in zip(ranked, numbers, codes, strict=True)
    ]


_facets = lru_cache(1 << 14)(Facets.unpacked)
"""Of a thousand hits many are alike in what readers filter by."""
