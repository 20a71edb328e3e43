"""A second look at the first hits, over their texts: how much of what was asked they have, or the text of them.

An index adds up what it finds, so one rare word said five times outweighs two words of which each occurs once. Of the
first hits the whole words and characters are compared, weighed by how rare they are.
"""

import math
import re
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, Final

import tantivy
from django.db.models import QuerySet

from search.hits import Hit
from search.models import Document
from search.prepared import Prepared
from search.ranking import Rules, terms_of
from text.cutting import HAN, words
from text.stop_words import STOP_CHARACTERS, STOP_WORDS

LOOKED_AT: Final = 30
"""How many of the first hits are looked at again; further down nobody reads."""
IN_TITLE: Final = 100
"""Words of a title that are compared: a title can be a whole text."""
SHORT: Final = 4
"""Han characters of one word."""
_SILENT: Final = STOP_WORDS | STOP_CHARACTERS

Rarity = Callable[[str], float]


def searched_again(hits: Sequence[Hit], segmented: str, searcher: tantivy.Searcher, rules: Rules) -> list[Hit]:
    """The hits of a search, those first that have more of what was asked, and of whose title more was asked.

    A word that nothing has is not missed in anything. Of a query that is one word there is no part to compare.
    """
    if is_one_word(segmented) or not (rules.coverage or rules.titles):
        return list(hits)
    rarity = rarity_in(searcher)
    asked = {term: weight for term in terms_of(segmented, rules)[0] if (weight := rarity(term))}
    gains = {}
    for pk, texts in _texts(hits, "segmented_title", "segmented_body", "segmented_replies").items():
        covered = share(asked, had_by(" ".join(texts), asked))
        gains[pk] = rules.coverage * covered + rules.titles * share(_titled(texts[0], rarity), asked)
    return _raised(hits, gains)


def likened_again(hits: Sequence[Hit], segmented: str, searcher: tantivy.Searcher, rules: Rules) -> list[Hit]:
    """The hits of a text, those first of whose title the text has more."""
    if not rules.shared:
        return list(hits)
    rarity, have = rarity_in(searcher), set(words(segmented))
    titles = _texts(hits, "segmented_title")
    return _raised(hits, {pk: rules.shared * share(_titled(title, rarity), have) for pk, (title,) in titles.items()})


def is_one_word(segmented: str) -> bool:
    """Whether a query is one word: of Latin letters, or of up to four Han characters, as names of illnesses are."""
    return " " not in segmented and len(words(segmented)) <= SHORT


def had_by(text: str, terms: Iterable[str]) -> list[str]:
    """Which words and Han characters a segmented text has; as `words` would cut it, at a tenth of the cost."""
    return [term for term in terms if term in text and (not term.isascii() or _word(term).search(text))]


def share(asked: Mapping[str, float], have: Container[str]) -> float:
    """How much of what is asked for is there, by weight: 0 to 1."""
    total = sum(asked.values())
    return sum(weight for term, weight in asked.items() if term in have) / total if total else 0.0


@lru_cache(1024)
def _word(term: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\s{HAN}]){re.escape(term)}(?![^\s{HAN}])")


def _titled(title: str, rarity: Rarity) -> dict[str, float]:
    """What a title says, by how rare it is."""
    return {term: rarity(term) for term in words(title)[:IN_TITLE] if term not in _SILENT}


def rarity_in(searcher: tantivy.Searcher) -> Rarity:
    """What says how much a word or character tells in an index, as BM25 does; 0 for one that it does not have."""
    total, known = searcher.num_docs, dict[str, float]()

    def rarity(term: str) -> float:
        if term not in known:
            count = searcher.doc_freq("words", term) or searcher.doc_freq("reply_words", term)
            known[term] = math.log(1 + (total - count + 0.5) / (count + 0.5)) if count else 0.0
        return known[term]

    return rarity


def _texts(hits: Sequence[Hit], *columns: str) -> dict[int, list[str]]:
    rows = _query(columns).rows(documents=[hit.pk for hit in hits[:LOOKED_AT]])
    return {pk: texts for pk, *texts in rows}


@cache
def _query(columns: tuple[str, ...]) -> Prepared:
    def rows(documents: tuple[int, ...]) -> QuerySet[Any, Any]:
        return Document.objects.filter(pk__in=documents).values_list("pk", *columns)

    return Prepared(Document, rows, lists={"documents": LOOKED_AT})


def _raised(hits: Sequence[Hit], gains: Mapping[int, float]) -> list[Hit]:
    """The first hits with their scores raised by their gains and put in order, before the others as they were."""
    first = [hit._replace(score=hit.score * (1 + gains.get(hit.pk, 0.0))) for hit in hits[:LOOKED_AT]]
    return [*sorted(first, key=lambda hit: -hit.score), *hits[LOOKED_AT:]]
