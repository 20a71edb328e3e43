"""The neighbours of all questions, computed one after another in an hour for a million.

What every question is compared by is kept in memory as numbers: its rarest terms (as checksums), its concepts, and
their weights; some 270 bytes a question. Then each asks the index by its rarest words, and what that offers is
compared in memory: the same likeness as when a single question is published, in a large archive of fewer words.
"""

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final
from zlib import crc32

from faq.likeness import MENTIONED, Kin, Profile, Scales, Weighed, diverse, ranked
from faq.models import Question, Surroundings, Topic
from faq.neighbours import CANDIDATES, RAREST, RULES
from faq.profiles import COLUMNS, PUBLIC, profile, scales_of
from faq.similar_lists import KEPT, Lists
from faq.surroundings import Place, concepts_around, related_topics
from faq.why import Written
from people.languages import PREFIX
from search.changes import changing
from search.models import Concept, Document
from search.nearby import Nearby

LARGE: Final = 50_000
"""From so many documents on there is no time to look at all words of all questions."""
CHUNK: Final = 500
"""Questions that are read, computed and written together."""
_LANGUAGES: Final = tuple(PREFIX)


@dataclass(frozen=True)
class Effort:
    """How closely one looks: by how many of its terms, the rarest, a question is compared; by how many of them and by
    how many concepts, the weightiest, the index is asked (at a million threads a term costs a tenth of a millisecond,
    a concept half of one); and how many questions that offers."""

    terms: int
    rarest: int
    concepts: int
    candidates: int

    @classmethod
    def for_archive(cls, documents: int) -> "Effort":
        """As close as when a question is published, except in a large archive."""
        return cls(48, 12, 1, 30) if documents >= LARGE else cls(10_000, RAREST, 100, CANDIDATES)


class NoIndexError(Exception):
    """This machine has no index of this database, or one that is behind."""


def renew_all(progress: Callable[[int], object] = lambda count: None) -> int:
    """Compute the neighbours and related topics of every public question that has none by the present rules.

    It can be stopped at any time and goes on where it was. Returns how many lists changed. Raises NoIndexError.
    """
    nearby = Nearby.now()
    if nearby is None:
        raise NoIndexError
    return Renewal(nearby).run(progress)


def forget_all() -> int:
    """Let the next `renew_all` begin anew; returns how many questions it will compute."""
    return Surroundings.objects.filter(rules=RULES).update(rules=0)


class Renewal:
    """One run over all questions, against one state of the index."""

    def __init__(self, nearby: Nearby) -> None:
        self.nearby = nearby
        self.kinds = dict(Concept.objects.order_by().values_list("pk", "kind"))
        self.scales = scales_of(nearby, self.kinds)
        self.compact = Scales(self.kinds, self.scales.rarity_of, self.scales.concept_rarity_of)
        self.effort = Effort.for_archive(nearby.total)
        self.known = Fingerprints(self.scales, self.effort.terms)
        self.places = _places()

    def run(self, progress: Callable[[int], object]) -> int:
        """Read all, then compute all; `progress` hears of each chunk how many were computed."""
        for chunk in _chunks(self.nearby.number):
            for number, each, _text in chunk:
                self.known.add(number, self.scales.weigh(each), self.nearby.count)
            self.scales.forget(Nearby.REMEMBERED)
        changed = 0
        for chunk in _chunks(self.nearby.number):
            changed += self._renew(chunk)
            self.scales.forget(Nearby.REMEMBERED)
            progress(len(chunk))
        return changed

    def _renew(self, chunk: list[tuple[int, Profile, str]]) -> int:
        done = set(Surroundings.objects.filter(rules=RULES, pk__in=[each.pk for _number, each, _text in chunk])
                   .values_list("pk", flat=True))  # fmt: skip
        found = {each.pk: self._found(each, text) for _number, each, text in chunk if each.pk not in done}
        if not found:
            return 0
        with changing() as keys:
            lists = Lists.locked(found)
            for pk in lists.public & found.keys():
                lists.put(pk, found[pk][0])
            changed = lists.write()
            keys.update(f"similar:{pk}" for pk in changed)
            rows = [Surroundings(pk=pk, topics=found[pk][1], rules=RULES) for pk in lists.public & found.keys()]
            Surroundings.objects.bulk_create(
                rows, update_conflicts=True, unique_fields=["question"], update_fields=["topics", "rules"]
            )
        return len(changed)

    def _found(self, asked: Profile, text: str) -> tuple[list[Kin], str]:
        """The neighbours of one question, and its related topics as they are stored."""
        rarest, candidates = self.effort.rarest, self.effort.candidates
        concepts = sorted(asked.main, key=lambda pk: (-self.scales.worth(pk), pk))[: self.effort.concepts]
        documents = self.nearby.documents(
            ["question"], asked.terms, concepts, rarest=rarest, limit=candidates, least=2
        )
        weighed, terms = self._compact(asked)
        prefix = PREFIX[asked.language]
        others = [each for number in documents if (each := self.known.get(number, prefix)) is not None]
        near = diverse(ranked(self.compact, weighed, others), KEPT)
        around = [(each.kin, each.weighed.profile) for each in near]
        places = [place for concept in concepts_around(asked, around) for place in self.places[prefix][concept]]
        topics = related_topics(asked, around, places, self.kinds)
        written = Written(text)
        kins = [
            each.kin if each.kin.shared else replace(each.kin, words=self._words(written, each.weighed, terms))
            for each in near
        ]
        return kins, " ".join(map(str, topics))

    def _compact(self, asked: Profile) -> tuple[Weighed, dict[int, str]]:
        """A question in the form of what is in memory, and its terms by their checksums."""
        weighed = self.scales.weigh(asked)
        terms = {crc32(term.encode()): term for term in asked.terms}
        # Of a text in memory only checksums are known: how rare a shared one is, the text that asks tells.
        self.compact.know(dict(zip(terms, self.scales.squares_of(terms.values()), strict=True)))
        numbers: Any = frozenset(terms)
        return replace(weighed, profile=replace(asked, terms=numbers)), terms

    def _words(self, written: Written, other: Weighed, terms: dict[int, str]) -> tuple[str, ...]:
        numbers: Any = other.profile.terms
        return written.words({terms[number] for number in numbers if number in terms}, self.scales.rarity_of)


class Fingerprints:
    """What all questions are compared by, in rows of numbers; they are added in the order of their documents."""

    def __init__(self, scales: Scales, most_terms: int) -> None:
        self.scales = scales
        self.most_terms = most_terms
        self.documents, self.questions, self.families = array("Q"), array("Q"), array("Q")
        self.departments, self.languages, self.qualities = array("I"), array("B"), array("f")
        self.word_norms, self.concept_norms = array("f"), array("f")
        self.terms, self.terms_end = array("I"), array("L", [0])
        self.concepts, self.concepts_end = array("I"), array("L", [0])

    def add(self, document: int, weighed: Weighed, count: Callable[[str], int]) -> None:
        """Keep a question. A term that no other text has is shared with none: only its weight is kept."""
        asked = weighed.profile
        self.documents.append(document)
        self.questions.append(asked.pk)
        self.families.append(asked.family)
        self.departments.append(asked.department_id)
        self.languages.append(_LANGUAGES.index(asked.language))
        self.qualities.append(asked.quality)
        self.word_norms.append(weighed.word_norm)
        self.concept_norms.append(weighed.concept_norm)
        common = sorted((number, term) for term in asked.terms if (number := count(term)) > 1)
        self.terms.extend(crc32(term.encode()) for _count, term in common[: self.most_terms])
        self.terms_end.append(len(self.terms))
        self.concepts.extend(concept << 1 | (concept in asked.main) for concept in asked.concepts)
        self.concepts_end.append(len(self.concepts))

    def get(self, document: int, prefix: str) -> Weighed | None:
        """The question of a document, None for one that is not there or stands under another prefix."""
        row = bisect_left(self.documents, document)
        if row == len(self.documents) or self.documents[row] != document:
            return None
        language = _LANGUAGES[self.languages[row]]
        if PREFIX[language] != prefix:
            return None
        terms: Any = frozenset(self.terms[self.terms_end[row] : self.terms_end[row + 1]])
        concepts, main = self._concepts(row)
        profile = Profile(
            self.questions[row], self.families[row], self.departments[row], language, concepts, main, terms,
            self.qualities[row],
        )  # fmt: skip
        worth = {concept: place * self.scales.worth(concept) for concept, place in concepts.items()}
        diseases = self.scales.diseases(main)
        return Weighed(profile, worth, self.concept_norms[row], self.word_norms[row], diseases)

    def _concepts(self, row: int) -> tuple[dict[int, float], frozenset[int]]:
        packed = self.concepts[self.concepts_end[row] : self.concepts_end[row + 1]]
        places = {number >> 1: 1.0 if number & 1 else MENTIONED for number in packed}
        return places, frozenset(number >> 1 for number in packed if number & 1)


def _chunks(last: int) -> Iterator[list[tuple[int, Profile, str]]]:
    """Public questions that stand in the index, in the order of their documents: document, profile, public text."""
    after = 0
    live = Document.objects.filter(kind="question", is_tombstone=False).order_by("pk")
    while rows := list(live.filter(pk__gt=after).values_list("pk", *COLUMNS)[:CHUNK]):
        after = rows[-1][0]
        texts = {int(row[1].partition(":")[2]): row for row in rows if row[-1] <= last}
        public = Question.objects.published().filter(pk__in=texts).order_by()
        found = [
            (texts[pk][0], profile(pk, original or pk, department, texts[pk][1:]), f"{title}\n{body}")
            for pk, original, department, title, body in public.values_list(*PUBLIC, "title", "body")
        ]
        yield sorted(found, key=lambda each: each[0])


def _places() -> dict[str, dict[int, list[Place]]]:
    """All public topics by address prefix and concept."""
    places: dict[str, dict[int, list[Place]]] = defaultdict(lambda: defaultdict(list))
    for pk, concept, department, language in (
        Topic.objects.published().order_by().values_list("pk", "concept_id", "department_id", "language")
    ):
        places[PREFIX[language]][concept].append(Place(pk, concept, department))
    return places
