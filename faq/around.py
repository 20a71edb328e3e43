"""What lies round a question on its page: neighbours with their reasons, concepts, related topics; two queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import F, FilteredRelation, Q, QuerySet, Value

from faq.models import Question, SimilarQuestion, Topic
from faq.surroundings import MOST
from people.languages import PREFIX, prefix_of
from people.models import Department
from search.models import Concept

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
    similar = list(
        SimilarQuestion.objects.filter(question=question)
        .shown()
        .best_first()
        .select_related("other__department", "other__answered_by")[:NEIGHBOURS]
    )
    surroundings = getattr(question, "surroundings", None)
    stored = surroundings.topic_numbers if surroundings else []
    rows = _concepts(question, stored, [pk for each in similar for pk in each.shared_concepts])
    named: dict[int, Concept] = {row.pk: row for row in rows}
    own = {row.pk: row for row in rows if row.is_own}
    return Around(
        [Neighbour(each.other, _reasons(question, each, named)) for each in similar],
        sorted(own.values(), key=lambda row: (row.kind != Concept.Kind.DISEASE, row.pk)),
        _topics(question, stored, rows),
    )


def _reasons(question: Question, similar: SimilarQuestion, named: dict[int, Concept]) -> list[str]:
    """Concepts first, else words: those that stand in the question's public text still."""
    shared = [named[pk] for pk in similar.shared_concepts if pk in named]
    if shared:
        # The disease says more about why two questions are alike than a treatment does.
        shared.sort(key=lambda concept: concept.kind != Concept.Kind.DISEASE)
        return [concept.label for concept in shared[:REASONS]]
    text = f"{question.title}\n{question.body}"
    return [word for word in similar.shared_words if word in text]


def _concepts(question: Question, topics: list[int], shared: Iterable[int]) -> list[Any]:
    """The question's own concepts with the topics on them, those of its related topics, and those it shares.

    One query: a row a concept and topic, and one with no topic where a concept has none.
    """
    public = Q(topics__is_public=True, topics__language__in=_kin(question))
    own = Concept.objects.filter(tagged_questions__content_object=question)
    found = [
        _with_topics(own, public, is_own=True),
        _with_topics(Concept.objects.all(), public & Q(topics__in=topics), is_own=False).filter(topic__in=topics),
        _with_topics(Concept.objects.filter(pk__in=set(shared)), Q(topics=_NOBODY), is_own=False),
    ]
    return list(found[0].union(*found[1:], all=True))


def _with_topics(concepts: QuerySet[Concept], condition: Q, *, is_own: bool) -> QuerySet[Any]:
    """Accepted concepts, each with the topics on it that meet a condition."""
    accepted = concepts.filter(is_proposal=False, merged_into__isnull=True)
    found: QuerySet[Any] = accepted.order_by().annotate(
        topic=FilteredRelation("topics", condition=condition),
        topic_pk=F("topic__pk"),
        topic_language=F("topic__language"),
        department_pk=F("topic__department"),
        department_order=F("topic__department__order"),
        department_en=F("topic__department__name_en"),
        department_zh_hant=F("topic__department__name_zh_hant"),
        is_own=Value(is_own),
    )
    return found


def _topics(question: Question, stored: list[int], rows: list[Any]) -> list[Topic]:
    """The related topics: those of its own department first, then as they were found, new ones last."""
    places = {topic: place for place, topic in enumerate(stored)}
    found = {row.topic_pk: row for row in rows if row.topic_pk is not None}
    best = sorted(
        found.values(),
        key=lambda row: (
            row.department_pk != question.department_id,
            places.get(row.topic_pk, MOST),
            row.department_order,
            row.topic_pk,
        ),
    )
    return [_topic(row) for row in best[:MOST]]


def _kin(question: Question) -> list[str]:
    """The languages that are served under the prefix of a question."""
    return [language for language, prefix in PREFIX.items() if prefix == prefix_of(question.language)]


def _topic(row: Any) -> Topic:
    """The topic of such a row, as far as a link needs it."""
    department = Department(name_en=row.department_en, name_zh_hant=row.department_zh_hant)
    return Topic(pk=row.topic_pk, concept=row, department=department, language=row.topic_language)
