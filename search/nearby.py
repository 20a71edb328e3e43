"""The documents nearest to a text, found by its rarest terms, and how rare a term or a concept is."""

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Final

import tantivy
from django.conf import settings

from search.index.folder import generation_in_use, manifest_of
from search.index.reader import index
from search.index.schema import KINDS
from search.models import ChangeCounter
from text.cutting import pairs, words
from text.stop_words import telling

CONCEPT: Final = 2.0
"""What a concept counts beside a word: what two texts are about finds them, whatever their words."""
_KIND: Final = 15
"""The bits of a document's code that say its kind."""


def _identity() -> str:
    return str(ChangeCounter.objects.filter(pk=1).values_list("identity", flat=True).first())


def terms_in(segmented: str) -> list[str]:
    """The terms by which a segmented text is compared: words, Han characters and pairs that say something, once."""
    return telling(dict.fromkeys([*words(segmented), *pairs(segmented)]))


class Nearby:
    """One state of the index, to be asked about many texts. Frequencies are remembered, at most `REMEMBERED`."""

    REMEMBERED: Final = 200_000

    def __init__(self, found: tantivy.Index, number: int) -> None:
        self.number = number
        self.schema = found.schema
        self.searcher = found.searcher()
        self.total: int = self.searcher.num_docs
        self._counts: dict[str, tuple[str, int]] = {}

    @classmethod
    def now(cls) -> "Nearby | None":
        """The index of this machine as it is; None while there is none of this database."""
        folder: Path = settings.INDEX_DIR
        generation = generation_in_use(folder)
        # Read before the index is opened: it holds at least what the manifest says.
        manifest = manifest_of(generation) if generation else None
        found = index() if manifest else None
        if found is None or manifest is None or manifest.identity != _identity():
            return None
        return cls(found, manifest.number)

    def count(self, term: str) -> int:
        """In how many documents a term stands, in title or question."""
        return self._found(term)[1]

    def count_of_concept(self, pk: int) -> int:
        """In how many documents a concept is named, or with how many it is tagged."""
        return int(self.searcher.doc_freq("concepts", str(pk)))

    def documents(
        self,
        kinds: Collection[str],
        terms: Iterable[str],
        concepts: Iterable[int],
        *,
        rarest: int,
        limit: int,
        least: int = 1,
    ) -> list[int]:
        """Of the `limit` documents that have the most of the rarest terms those of some kinds (primary keys).

        Terms that fewer than `least` documents have are left out: 2 where the text itself stands in the index.
        """
        asked = [self._term(self._found(term)[0], term) for term in self._rarest(terms, rarest, least)]
        asked += [tantivy.Query.boost_query(self._term("concepts", str(pk)), CONCEPT) for pk in concepts]
        if not asked:
            return []
        # One flat union: a filter that nearly all documents pass would cost more than what it leaves out.
        query = tantivy.Query.boolean_query([(tantivy.Occur.Should, each) for each in asked])
        hits = self.searcher.search(query, limit, count=False).hits
        addresses = [address for _score, address in hits]
        numbers = self.searcher.fast_field_values("doc", addresses)
        codes = self.searcher.fast_field_values("code", addresses)
        wanted = {KINDS.index(kind) for kind in kinds}
        found = zip(numbers, codes, strict=True)
        return [int(number) for number, code in found if number is not None and int(code or 0) & _KIND in wanted]

    def _rarest(self, terms: Iterable[str], most: int, least: int) -> list[str]:
        """Those that other texts may have, the rarest first."""
        known = [(count, term) for term in terms if (count := self.count(term)) >= least]
        return [term for _count, term in sorted(known)[:most]]

    def _found(self, term: str) -> tuple[str, int]:
        """The field that holds a term, and in how many documents: two microseconds, then a look into a dictionary."""
        if term not in self._counts:
            if len(self._counts) > self.REMEMBERED:
                self._counts.clear()
            field = "words" if len(term) == 1 or term.isascii() else "pairs"
            count = self.searcher.doc_freq(field, term)
            if not count and field == "words":
                field, count = "pairs", self.searcher.doc_freq("pairs", term)
            self._counts[term] = (field, count)
        return self._counts[term]

    def _term(self, field: str, value: str) -> tantivy.Query:
        return tantivy.Query.term_query(self.schema, field, value, "freq")
