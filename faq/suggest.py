"""What a moderator is offered beside a question: tags found in its words, departments, questions like it.

Everything can be explained: a tag by the words that name it, a department and a question by the concepts they share.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

import regex
from django.db.models import TextField, Value
from django.db.models.functions import Length, StrIndex

from faq.models import Question, Topic
from faq.neighbours import Kin, kin_of, weight_of
from people.models import Department
from search.models import Concept, ConceptName
from text.fold import fold

TAGS: Final = 8
DEPARTMENTS: Final = 3
QUESTIONS: Final = 8
_NAMES_READ: Final = 2000
_LATIN = regex.compile(r"[\p{Latin}\p{N}]")


@dataclass
class FoundConcept:
    """A concept that a text names: with which words, how often, whether in the title."""

    concept: Concept
    words: str
    times: int = 0
    in_title: bool = False


@dataclass
class SuggestedDepartment:
    """A department in which the concepts of a question are at home, and which concepts say so."""

    department: Department
    score: float = 0
    because: dict[int, Concept] = field(default_factory=dict)

    @property
    def reasons(self) -> str:
        """The names of the concepts, in the language of the page."""
        return ", ".join(concept.label for concept in self.because.values())


@dataclass(frozen=True)
class LikeQuestion:
    """A public question that shares concepts, the weightiest first."""

    question: Question
    because: list[Concept]

    @property
    def reasons(self) -> str:
        """The names of the concepts, in the language of the page."""
        return ", ".join(concept.label for concept in self.because)


@dataclass(frozen=True)
class Suggestions:
    """All that is offered beside one question."""

    tags: list[FoundConcept]
    departments: list[SuggestedDepartment]
    questions: list[LikeQuestion]


def suggestions_for(question: Question, tags: Sequence[Concept]) -> Suggestions:
    """What is offered for a question that has `tags`: at most 8 tags, 3 departments, 8 questions."""
    found = concepts_in([question])[question.pk]
    concepts = {concept.pk: concept for concept in [*tags, *(each.concept for each in found)]}
    kin = kin_of(list(concepts.values())[:TAGS], language=question.language, apart_from=question)
    return Suggestions(
        [each for each in found if each.concept not in tags],
        departments_of(concepts.values(), kin),
        _questions_of(kin[:QUESTIONS], concepts),
    )


def concepts_in(questions: Iterable[Question], *, at_a_glance: bool = False) -> dict[int, list[FoundConcept]]:
    """The concepts that the public words of each question name, the most telling first; one query for all of them.

    Where names overlap, the longest counts: "lupus nephritis" is not "lupus". `at_a_glance` reads no further than the
    teaser, for lists: the query costs by the length of all their texts.
    """
    texts = {each.pk: (fold(each.title), fold(each.teaser if at_a_glance else each.body)) for each in questions}
    names = _names_in("\n".join(text for pair in texts.values() for text in pair))
    return {pk: _found(title, body, names) for pk, (title, body) in texts.items()}


def departments_of(concepts: Iterable[Concept], kin: Sequence[Kin]) -> list[SuggestedDepartment]:
    """The departments with topics on these concepts, or with the nearest questions, the most fitting first."""
    known = {concept.pk: concept for concept in concepts}
    scores: dict[int, float] = defaultdict(float)
    because: dict[int, dict[int, Concept]] = defaultdict(dict)
    topics = Topic.objects.published().filter(concept__in=known).order_by()
    for department, concept in topics.values_list("department_id", "concept_id").distinct():
        scores[department] += weight_of(known[concept])
        because[department][concept] = known[concept]
    for near in kin:
        scores[near.department_id] += near.score
        because[near.department_id] |= {pk: known[pk] for pk in near.shared}
    best = sorted(scores, key=lambda pk: (-scores[pk], pk))[:DEPARTMENTS]
    rows = Department.objects.in_bulk(best)
    return [SuggestedDepartment(rows[pk], scores[pk], because[pk]) for pk in best]


def topics_of(concepts: Iterable[int]) -> dict[int, list[Department]]:
    """The departments that have a topic on each of these concepts (primary keys), in the order of the house."""
    homes: dict[int, list[Department]] = defaultdict(list)
    topics = Topic.objects.published().filter(concept__in=concepts).select_related("department")
    for topic in topics.order_by("department__order", "pk"):
        if topic.department not in homes[topic.concept_id]:
            homes[topic.concept_id].append(topic.department)
    return homes


def _questions_of(kin: Sequence[Kin], concepts: dict[int, Concept]) -> list[LikeQuestion]:
    rows = Question.objects.select_related("department").in_bulk([near.pk for near in kin])
    return [LikeQuestion(rows[near.pk], [concepts[pk] for pk in near.shared]) for near in kin if near.pk in rows]


def _names_in(text: str) -> list[ConceptName]:
    """The names of the vocabulary that stand anywhere in a folded text; the database looks for them."""
    place = StrIndex(Value(text, output_field=TextField()), "folded")
    names = ConceptName.objects.annotate(size=Length("folded"), place=place).filter(concept__is_proposal=False)
    found = names.filter(size__gte=2, place__gt=0).select_related("concept__merged_into")
    return sorted(found.order_by("pk")[:_NAMES_READ], key=lambda name: -len(name.folded))


def _found(title: str, body: str, names: list[ConceptName]) -> list[FoundConcept]:
    found: dict[int, FoundConcept] = {}
    for text, in_title in ((title, True), (body, False)):
        taken: list[tuple[int, int]] = []
        for name in names:
            free = [span for span in _places(name.folded, text) if not any(_overlap(span, other) for other in taken)]
            # Two concepts may have one name (SLE): both are found, so the place is taken for shorter names only.
            taken += [span for span in free if span not in taken]
            if free:
                concept = name.concept.merged_into or name.concept
                each = found.setdefault(concept.pk, FoundConcept(concept, name.text))
                each.times, each.in_title = each.times + len(free), each.in_title or in_title
    ranked = sorted(found.values(), key=lambda each: (-each.in_title, -weight_of(each.concept), -each.times))
    return ranked[:TAGS]


def _overlap(span: tuple[int, int], other: tuple[int, int]) -> bool:
    return span != other and span[0] < other[1] and other[0] < span[1]


def _places(name: str, text: str) -> list[tuple[int, int]]:
    """Where a folded name stands in a folded text; a Latin one as a word of its own, in singular or plural."""
    if name not in text:
        return []
    before = r"(?<![\p{Latin}\p{N}])" if _LATIN.match(name) else ""
    after = r"(?:s|es)?+(?![\p{Latin}\p{N}])" if _LATIN.match(name[-1]) else ""
    return [match.span() for match in regex.finditer(before + regex.escape(name) + after, text)]
