"""What is suggested while somebody types: what is called so first, then the titles of texts with these words."""

import threading
import time
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from heapq import nsmallest
from typing import Final

import regex
import tantivy
from django.db.models import Max

from search.index.reader import index
from search.index.schema import Facets
from search.models import Change, Document
from search.vocabulary import vocabulary
from text.clean import clean_line
from text.cutting import pairs, segment, words
from text.guards.patient_data import find
from text.names import named

MOST: Final = 8
"""How many suggestions there are."""
LONGEST: Final = 60
"""Characters that somebody types to find a thing; what is longer is a story."""
NAMED: Final = ("topic", "concept", "department", "physician", "page")
"""The kinds that are suggested by their names, in the order in which they are suggested."""
TITLED: Final = frozenset({"question", "article"})
LANGUAGES: Final = {"en": ("en",), "zh-hant": ("zh-hant", "zh-hans")}
"""What is suggested under each prefix of addresses."""
CALLED: Final = 5
"""So many by their names, where there are titles to suggest as well."""
ENDINGS: Final = 8
"""So many words of the texts are tried for one that is still being typed."""
ENDED: Final = 0.3
"""What such a word counts beside the one that was typed."""
LOOKED_THROUGH: Final = 2000
OVERHEAD: Final = 40
"""So many of the best texts are looked at for some in the language of the page."""
RENEWED_AFTER: Final = 30.0
"""Seconds: so late a new name is suggested. What is withdrawn is gone at once, for the rows are read anew."""
CATALOGUED: Final = 50_000
"""So many names at most are kept in memory."""
_HAN: Final = regex.compile(r"\p{Han}")
_START: Final = regex.compile(r"\p{Han}|(?<![^\W\p{Han}])[^\W\p{Han}]")
_TAIL: Final = 40


@dataclass(frozen=True)
class Entry:
    """A named thing that can be suggested: the primary key of its document; the lower the rank, the sooner."""

    rank: int
    pk: int


class Catalogue:
    """The names of what is public under one prefix, by every word and every Han character that begins in them."""

    def __init__(self, documents: Iterable[Document]) -> None:
        entries: list[tuple[str, Entry]] = []
        called = _names_of_concepts()
        for document in documents:
            order = NAMED.index(document.kind)
            for number, name in enumerate(dict.fromkeys(_names_of(document, called))):
                form = named(name)
                entries += [
                    (form[start : start + _TAIL], Entry(_rank(start, number, order, form), document.pk))
                    for start in _starts(form)
                ]
        entries.sort(key=lambda entry: entry[0])
        self.keys = [key for key, _entry in entries]
        self.entries = [entry for _key, entry in entries]

    def beginning_with(self, typed: str) -> list[int]:
        """The primary keys of documents with a name in which something begins with these words, the best first."""
        form = named(typed)
        low = bisect_left(self.keys, form)
        high = min(bisect_left(self.keys, form + "\U0010ffff", low), low + LOOKED_THROUGH)
        called = bisect_left(self.keys, form + "\0", low) - low
        ranked = enumerate(self.entries[low:high])
        # What is called exactly so goes before all that begins so.
        best = nsmallest(8 * MOST, ranked, key=lambda each: (each[0] >= called, each[1].rank, each[1].pk))
        return list(dict.fromkeys(entry.pk for _place, entry in best))


def suggestions(typed: str, prefix: str) -> list[Document]:
    """At most eight documents for what somebody has typed so far on a page under a prefix ("en", "zh-hant").

    From the first Han character or the second letter on; nothing for what may be about a person.
    """
    line = clean_line(typed)
    if not _is_enough(line) or len(line) > LONGEST or prefix not in LANGUAGES or find(line):
        return []
    called = catalogue_of(prefix).beginning_with(line)[: 2 * MOST]
    titled = _titled(line, LANGUAGES[prefix])[:MOST]
    rows = Document.objects.live().defer("body", "replies", "segmented_body", "segmented_replies")
    found = rows.in_bulk([*called, *titled])
    shown = _distinct(found[pk] for pk in called if pk in found)
    texts = _distinct((found[pk] for pk in titled if pk in found), beside=shown[:CALLED])
    return [*shown[: max(CALLED, MOST - len(texts))], *texts][:MOST]


def _distinct(documents: Iterable[Document], beside: Iterable[Document] = ()) -> list[Document]:
    """One of those that would look the same, and no concept beside the only topic about it."""
    found = list(documents)
    seen = {_look(document) for document in beside}
    topics = Counter(document.folded_title for document in found if document.kind == "topic")
    kept: list[Document] = []
    for document in found:
        is_told = document.kind == "concept" and topics[document.folded_title] == 1
        if _look(document) not in seen and not is_told:
            seen.add(_look(document))
            kept.append(document)
    return kept


def _look(document: Document) -> tuple[str, str, str]:
    return document.kind, document.folded_title, document.department


def _is_enough(line: str) -> bool:
    form = named(line).strip()
    return len(form) > 1 or _HAN.search(form) is not None


def _starts(form: str) -> Iterator[int]:
    return (match.start() for match in _START.finditer(form))


def _rank(start: int, number: int, order: int, form: str) -> int:
    """What begins with the words goes before what has them inside; then shown names, then kinds, then short names."""
    return (start > 0) * 4000 + (number > 0) * 2000 + order * 200 + min(len(form), 199)


def _names_of_concepts() -> dict[str, list[str]]:
    names: dict[str, list[str]] = defaultdict(list)
    for name in vocabulary().names:
        names[str(name.concept)].append(name.text)
    return names


def _names_of(document: Document, called: dict[str, list[str]]) -> Iterator[str]:
    """The title, and the other names: a concept's of the vocabulary, others' in the first lines of the body."""
    yield document.title
    if document.kind in ("topic", "concept"):
        for concept in document.title_concepts.split() or document.tags.split():
            yield from called.get(concept, ())
    elif document.kind != "page":
        yield from document.body.partition("\n\n")[0].splitlines()


def _titled(line: str, languages: Collection[str]) -> list[int]:
    """The primary keys of questions and articles that hold every word, the last of which may be unfinished."""
    found = index()
    form = segment(line)
    if found is None or not form or (len(form) < 3 and not pairs(form)):
        return []
    searcher = found.searcher()
    ranked = searcher.search(_query(found, searcher, line, form), OVERHEAD, count=False).hits
    addresses = [address for _score, address in ranked]
    numbers = searcher.fast_field_values("doc", addresses)
    codes = searcher.fast_field_values("code", addresses)
    facets = [Facets.unpacked(int(code or 0)) for code in codes]
    return [
        int(number or 0)
        for number, facet in zip(numbers, facets, strict=True)
        if facet.kind in TITLED and facet.language in languages
    ]


def _query(found: tantivy.Index, searcher: tantivy.Searcher, line: str, form: str) -> tantivy.Query:
    terms = [("pairs", pair) for pair in pairs(form) if _HAN.search(pair)] + [
        ("words", word) for word in words(form) if not _HAN.match(word)
    ]
    last = named(line).rpartition(" ")[2]
    unfinished = last.isascii() and last.isalpha() and line[-1:].isalpha()
    if unfinished:
        terms = [term for term in terms if term != ("words", segment(last))]
    clauses = [tantivy.Query.term_query(found.schema, field, term) for field, term in dict.fromkeys(terms)]
    if unfinished:
        clauses.append(_begun(found, searcher, last))
    return tantivy.Query.boolean_query([(tantivy.Occur.Must, clause) for clause in clauses])


def _begun(found: tantivy.Index, searcher: tantivy.Searcher, last: str) -> tantivy.Query:
    """A word that may be unfinished: itself, or at a low weight the most common words that begin so."""
    term = tantivy.Query.term_query
    known = searcher.terms_with_prefix("words", last, limit=50)
    common = sorted(known, key=lambda word: -word[1])[:ENDINGS]
    clauses = [tantivy.Query.boost_query(term(found.schema, "words", word), ENDED) for word, _count in common]
    clauses.append(term(found.schema, "words", segment(last) or last))
    return tantivy.Query.boolean_query([(tantivy.Occur.Should, clause) for clause in clauses])


_building: Final = threading.Lock()
_kept: dict[str, tuple[float, object, Catalogue]] = {}


def catalogue_of(prefix: str) -> Catalogue:
    """This process's catalogue under a prefix, made anew after half a minute if anything public has changed."""
    made_at, state, catalogue = _kept.get(prefix, (0.0, None, None))
    if catalogue is not None and time.monotonic() - made_at < RENEWED_AFTER:
        return catalogue
    with _building:
        made_at, state, catalogue = _kept.get(prefix, (0.0, None, None))
        if catalogue is None or time.monotonic() - made_at >= RENEWED_AFTER:
            now = _state()
            catalogue = catalogue if catalogue is not None and now == state else Catalogue(_catalogued(prefix))
            _kept[prefix] = (time.monotonic(), now, catalogue)
    return catalogue


def _state() -> tuple[object, ...]:
    """What tells one state of the named things from all others: see `search.vocabulary`."""
    last = Document.objects.filter(kind__in=NAMED).aggregate(last=Max("number"))["last"]
    return vocabulary(), last, Change.objects.filter(number=last).values_list("changed_at", flat=True).first()


def _catalogued(prefix: str) -> Iterable[Document]:
    rows = Document.objects.live().filter(kind__in=NAMED, language__in=LANGUAGES[prefix])
    columns = rows.only("pk", "kind", "title", "body", "tags", "title_concepts")
    return columns.order_by("pk")[:CATALOGUED].iterator()
