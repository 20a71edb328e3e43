"""What lies round a question on its page: neighbours with their reasons, concepts, related topics; two queries.

Both are prepared: this is read with every question, and making their SQL cost thirty times what the answer does.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, NamedTuple

from django.db.models import F, FilteredRelation, Q, QuerySet, Value

from faq.models import Question, SimilarQuestion, Topic
from faq.models.similar import SHARED
from faq.surroundings import MOST
from people.languages import PREFIX, languages_under, prefix_of
from people.models import Department, Physician
from search.models import Concept
from search.prepared import Part, Prepared

NEIGHBOURS: Final = 4
REASONS: Final = 4
"""How many shared concepts a neighbour names."""
_NOBODY: Final = 0
"""A number that no row has."""


@dataclass(frozen=True)
class Neighbour:
    """A similar question and why it is one: names of concepts, or words that both have."""

    question: Question
    reasons: list[str]


@dataclass(frozen=True)
class Around:
    """Everything that lies round a question."""

    neighbours: list[Neighbour]
    concepts: list[Concept]
    topics: list[Topic]


def around(question: Any) -> Around:
    """Read what lies round a question; its `surroundings` come with it."""
    similar = similar_to(question)
    surroundings = getattr(question, "surroundings", None)
    stored = surroundings.topic_numbers[:MOST] if surroundings else []
    rows = _concepts(question, stored, [pk for each in similar for pk in each.shared_concepts])
    named = {row.concept.pk: row.concept for row in rows}
    own = {row.concept.pk: row.concept for row in rows if row.is_own}
    return Around(
        [Neighbour(each.other, _reasons(question, each, named)) for each in similar],
        sorted(own.values(), key=lambda concept: (concept.kind != Concept.Kind.DISEASE, concept.pk)),
        _topics(question, stored, rows),
    )


def similar_to(question: Question) -> list[SimilarQuestion]:
    """The neighbours that its page shows, the best first, as far as a card needs them: one query."""
    return [_similar(row) for row in _SIMILAR.rows(question=question.pk)]


_OTHER: Final = Part(
    Question,
    *("id", "prefix", "language", "title", "editorial_title", "stand_in_title", "slug", "teaser", "answer_teaser"),
    through="other",
)
_DEPARTMENT: Final = Part(Department, "id", "kind", "name_en", "name_zh_hant", through="other__department")
_PHYSICIAN: Final = Part(Physician, "id", "name", "name_romanised", through="other__answered_by")


def _shown(question: int) -> QuerySet[Any, Any]:
    rows = SimilarQuestion.objects.filter(question=question).shown().best_first()
    parts = [path for part in (_OTHER, _DEPARTMENT, _PHYSICIAN) for path in part.paths]
    return rows.values_list("shared", "words", *parts)[:NEIGHBOURS]


_SIMILAR: Final = Prepared(SimilarQuestion, _shown, names=("question",))


def _similar(row: tuple[Any, ...]) -> SimilarQuestion:
    shared, words, *rest = row
    other = _OTHER.row(rest)
    del rest[: len(_OTHER.paths)]
    other.department = _DEPARTMENT.row(rest)
    other.answered_by = _PHYSICIAN.row_if_any(rest[len(_DEPARTMENT.paths) :])
    return SimilarQuestion(other=other, shared=shared, words=words)


def _reasons(question: Question, similar: SimilarQuestion, named: dict[int, Concept]) -> list[str]:
    """Concepts first, else words: those that stand in the question's public text still."""
    shared = [named[pk] for pk in similar.shared_concepts if pk in named]
    if shared:
        # The disease says more about why two questions are alike than a treatment does.
        shared.sort(key=lambda concept: concept.kind != Concept.Kind.DISEASE)
        return [concept.label for concept in shared[:REASONS]]
    text = f"{question.title}\n{question.body}"
    return [word for word in similar.shared_words if word in text]


class _Row(NamedTuple):
    """A concept, and a topic on it where there is one."""

    concept: Concept
    is_own: bool
    topic_pk: int | None
    topic_language: str
    department_pk: int
    department_order: int
    department_en: str
    department_zh_hant: str


_NAMED: Final = Part(Concept, "id", "kind", "name_en", "name_zh_hant", "display_en", "display_zh_hant")


def _concepts(question: Question, topics: list[int], shared: Iterable[int]) -> list[_Row]:
    """The question's own concepts with the topics on them, those of its related topics, and those it shares.

    One query: a row a concept and topic, and one with no topic where a concept has none.
    """
    prepared = _CONCEPTS[prefix_of(question.language)]
    rows = prepared.rows(question=question.pk, topics=topics, shared=set(shared))
    size = len(_NAMED.paths)
    return [_Row(_NAMED.row(row), *row[size:]) for row in rows]


def _named(kin: list[str], question: int, topics: list[int], shared: list[int]) -> QuerySet[Any, Any]:
    public = Q(topics__is_public=True, topics__language__in=kin)
    own = Concept.objects.filter(tagged_questions__content_object=question)
    found = [
        _with_topics(own, public, is_own=True),
        _with_topics(Concept.objects.all(), public & Q(topics__in=topics), is_own=False, topic__in=topics),
        _with_topics(Concept.objects.filter(pk__in=shared), Q(topics=_NOBODY), is_own=False),
    ]
    return found[0].union(*found[1:], all=True)


def _with_topics(concepts: QuerySet[Concept], condition: Q, *, is_own: bool, **topic: Any) -> QuerySet[Any, Any]:
    """Accepted concepts, each with the topics on it that meet a condition."""
    accepted = concepts.filter(is_proposal=False, merged_into__isnull=True)
    found: QuerySet[Any, Any] = accepted.order_by().annotate(
        topic=FilteredRelation("topics", condition=condition),
        own=Value(is_own),
        topic_pk=F("topic__pk"),
        topic_language=F("topic__language"),
        department_pk=F("topic__department"),
        department_order=F("topic__department__order"),
        department_en=F("topic__department__name_en"),
        department_zh_hant=F("topic__department__name_zh_hant"),
    )
    return found.filter(**topic).values_list(*_NAMED.paths, "own", *_Row._fields[2:])


def _prepared(kin: list[str]) -> Prepared:
    return Prepared(
        Concept, partial(_named, kin), names=("question",), lists={"topics": MOST, "shared": NEIGHBOURS * SHARED}
    )


_CONCEPTS: Final = {prefix: _prepared(languages_under(prefix)) for prefix in set(PREFIX.values())}


def _topics(question: Question, stored: list[int], rows: list[_Row]) -> list[Topic]:
    """The related topics: those of its own department first, then as they were found, new ones last."""
    places = {topic: place for place, topic in enumerate(stored)}
    found = {row.topic_pk: row for row in rows if row.topic_pk is not None}
    best = sorted(
        found.items(),
        key=lambda item: (
            item[1].department_pk != question.department_id,
            places.get(item[0], MOST),
            item[1].department_order,
            item[0],
        ),
    )
    return [_topic(pk, row) for pk, row in best[:MOST]]


def _topic(pk: int, row: _Row) -> Topic:
    """The topic of such a row, as far as a link needs it."""
    department = Department(name_en=row.department_en, name_zh_hant=row.department_zh_hant)
    return Topic(pk=pk, concept=row.concept, department=department, language=row.topic_language)
