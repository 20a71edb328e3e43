"""The results of a search as they are shown: cards with their words marked, and what a query means as a whole."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from faq.choices import CareLevel
from faq.concept_page import concept_address, is_public_anywhere
from faq.models import Topic
from people.languages import prefix_of
from people.models import Department
from search.models import Concept, Document
from search.query import Query
from search.vocabulary import Vocabulary
from text.cutting import segment
from text.snippets import Marker, Piece
from text.teaser import brief

QUESTION: Final = 170
ANSWER: Final = 140
"""Characters that are shown of what was asked, or of a text, and of what was answered; half as many in Chinese."""
MOST_CONCEPTS: Final = 3
MOST_TOPICS: Final = 8
LAST_PLACE: Final = 999


@dataclass(frozen=True)
class Card:
    """One result. `position` counts from 1 over all pages; `question` and `answer` may be empty."""

    document: Document
    position: int
    department: Department | None
    title: list[Piece]
    question: list[Piece]
    answer: list[Piece]
    care_level: Any
    is_promoted: bool = False


@dataclass(frozen=True)
class Meaning:
    """A concept that is called exactly as what was typed: its page if it has one, and its topics."""

    concept: Concept
    address: str
    topics: list[Topic]

    def __bool__(self) -> bool:
        return bool(self.address or self.topics)

    @property
    def keys(self) -> set[str]:
        """The documents that it leads to itself, so that the list need not."""
        pages = {f"concept:{self.concept.pk}-{language}" for language in ("en", "zh-hant")}
        return pages | {topic.text_key for topic in self.topics}

    @property
    def other_names(self) -> list[tuple[str, str]]:
        """Its names in full besides the one that is shown, each with its `lang`."""
        names = ((self.concept.name_en, "en"), (self.concept.name_zh_hant, "zh-Hant"))
        return [(name, lang) for name, lang in names if name and name != self.concept.label]


@dataclass(frozen=True)
class Cards:
    """What makes cards of documents."""

    marker: Marker
    departments: Mapping[str, Department]

    def of(self, rows: Iterable[tuple[int, Document]], *, behind: int = 0) -> list[Card]:
        """Cards of documents with their places, which count from the `behind`-th result on."""
        return [self._card(document, place + behind) for place, document in rows]

    def promoted(self, documents: Sequence[Document]) -> list[Card]:
        """Cards of what staff put before all others."""
        return [self._card(document, place, is_promoted=True) for place, document in enumerate(documents, 1)]

    def _card(self, document: Document, position: int, *, is_promoted: bool = False) -> Card:
        return Card(
            document,
            min(position, LAST_PLACE),
            None if document.kind == "department" else self.departments.get(document.department),
            self.marker.marked(document.title),
            self._beginning(document),
            self.marker.snippet(document.replies, ANSWER),
            CareLevel(document.care_level).label if document.care_level in CareLevel else "",
            is_promoted,
        )

    def _beginning(self, document: Document) -> list[Piece]:
        """Where the words stand, else how it begins; nothing where that only says the title again."""
        snippet = self.marker.snippet(document.body, QUESTION)
        teaser = brief(document.teaser or document.body[: 4 * QUESTION], QUESTION)
        shown = snippet or ([Piece(teaser)] if teaser else [])
        again = segment("".join(piece.text for piece in shown)) in segment(document.title)
        return [] if again else shown


def meanings_of(query: Query, prefix: str, known: Vocabulary) -> list[Meaning]:
    """The concepts that a whole query names, each with its public topics in the language of the page, else in another.

    No query where it names none; two for all of them and at most three for each.
    """
    called = known.called(query.plain) if not query.unwanted else []
    if not called:
        return []
    concepts = Concept.objects.accepted().in_bulk(called)
    topics = list(
        Topic.objects.published()
        .filter(concept__in=concepts)
        .select_related("concept", "department")
        .order_by("department__order", "pk")
    )
    found = [_meaning(concepts[pk], topics, prefix) for pk in dict.fromkeys(called) if pk in concepts]
    return [meaning for meaning in found if meaning][:MOST_CONCEPTS]


def _meaning(concept: Concept, topics: Sequence[Topic], prefix: str) -> Meaning:
    about = [topic for topic in topics if topic.concept_id == concept.pk]
    own = [topic for topic in about if prefix_of(topic.language) == prefix]
    address = concept_address(concept) if about or is_public_anywhere(concept) else ""
    return Meaning(concept, address, (own or about)[:MOST_TOPICS])
