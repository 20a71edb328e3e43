"""What a moderator is offered beside a question: tags found in its words, departments, questions like it.

Everything can be explained: a tag by the words that name it, a department and a question by the concepts they share.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from faq.department_suggestion import SUGGESTED, SuggestedDepartment, suggested_departments
from faq.likeness import Kin, weight_of
from faq.models import Question, TaggedQuestion, Topic
from faq.neighbours import kin_of
from people.languages import listed
from people.models import Department
from search.models import Concept
from search.vocabulary import Vocabulary, vocabulary
from text.fold import fold

TAGS: Final = 8
BORROWED: Final = 4
"""How many tags of the nearest questions are offered beside those that the words name."""
LENDERS: Final = 5
"""How many of the nearest questions lend their tags; at least two of them, or the nearest, must have one."""
QUESTIONS: Final = 8


@dataclass
class FoundConcept:
    """A concept that a text names: with which words, how often, whether in the title.

    One without words is a tag of the nearest questions, which `times` counts.
    """

    concept: Concept
    words: str
    times: int = 0
    in_title: bool = False

    @property
    def is_borrowed(self) -> bool:
        """Whether the text does not name it, and questions like it have it for a tag."""
        return not self.words


@dataclass(frozen=True)
class LikeQuestion:
    """A public question that shares concepts, the weightiest first."""

    question: Question
    because: list[Concept]

    @property
    def reasons(self) -> str:
        """The names of the concepts, in the language of the page."""
        return listed(concept.label for concept in self.because)


@dataclass(frozen=True)
class Suggestions:
    """All that is offered beside one question."""

    tags: list[FoundConcept]
    departments: list[SuggestedDepartment]
    questions: list[LikeQuestion]


def suggestions_for(question: Question, tags: Sequence[Concept]) -> Suggestions:
    """What is offered for a question that has `tags`: 8 tags by its words, 4 by its neighbours', 3 departments, 8
    questions at most."""
    found = concepts_in([question])[question.pk]
    concepts = {concept.pk: concept for concept in [*tags, *(each.concept for each in found)]}
    kin = kin_of(question, [concept.pk for concept in tags])
    concepts |= Concept.objects.in_bulk([pk for near in kin for pk in near.shared if pk not in concepts])
    borrowed = [each for each in _tags_of(kin[:LENDERS]) if each.concept.pk not in concepts]
    return Suggestions(
        [*(each for each in found if each.concept not in tags), *borrowed[:BORROWED]],
        departments_of(f"{question.title}\n{question.body}", concepts.values(), kin),
        _questions_of(kin[:QUESTIONS], concepts),
    )


def concepts_in(questions: Iterable[Question], *, at_a_glance: bool = False) -> dict[int, list[FoundConcept]]:
    """The concepts that the public words of each question name, the most telling first; two queries for all.

    Where names overlap, the longest counts: "lupus nephritis" is not "lupus". A name counts whatever is said of it:
    who writes "no fever" asks about fever too. `at_a_glance` reads no further than the teaser, for lists.
    """
    known = vocabulary()
    found = {each.pk: _mentioned(each, known, at_a_glance=at_a_glance) for each in questions}
    concepts = Concept.objects.in_bulk({pk for mentions in found.values() for pk in mentions})
    return {pk: _ranked(mentions, concepts) for pk, mentions in found.items()}


def departments_of(text: str, concepts: Iterable[Concept], kin: Sequence[Kin]) -> list[SuggestedDepartment]:
    """The departments that a text points to by what was learnt; where nothing was, or it does not say, by votes.

    Topics on its concepts and the nearest questions vote. They say why, too: their concepts stand behind the reasons.
    """
    voted = {each.department: each for each in _voted(concepts, kin)}
    learnt = suggested_departments(text)
    for each in learnt:
        if each.department in voted:
            each.because |= voted[each.department].because
    return learnt or list(voted.values())[:SUGGESTED]


def _voted(concepts: Iterable[Concept], kin: Sequence[Kin]) -> list[SuggestedDepartment]:
    """The departments with topics on these concepts, or with the nearest questions, the most fitting first."""
    known = {concept.pk: concept for concept in concepts}
    scores: dict[int, float] = defaultdict(float)
    because: dict[int, dict[int, Concept]] = defaultdict(dict)
    topics = Topic.objects.published().filter(concept__in=known).order_by()
    for department, concept in topics.values_list("department_id", "concept_id").distinct():
        scores[department] += weight_of(known[concept].kind)
        because[department][concept] = known[concept]
    for near in kin:
        scores[near.department_id] += near.score
        because[near.department_id] |= {pk: known[pk] for pk in near.shared}
    best = sorted(scores, key=lambda pk: (-scores[pk], pk))
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


def _mentioned(question: Question, known: Vocabulary, *, at_a_glance: bool) -> dict[int, tuple[str, int, bool]]:
    """Each concept (primary key) that a question names: with which words first, how often, whether in the title."""
    found: dict[int, tuple[str, int, bool]] = {}
    for text, in_title in ((question.title, True), (question.teaser if at_a_glance else question.body, False)):
        folded = fold(text)
        for mention in known.found_in(text):
            words, times, before = found.get(mention.concept, (folded[mention.start : mention.end], 0, False))
            found[mention.concept] = (words, times + 1, before or in_title)
    return found


def _ranked(mentions: dict[int, tuple[str, int, bool]], concepts: dict[int, Concept]) -> list[FoundConcept]:
    found = [FoundConcept(concepts[pk], *mention) for pk, mention in mentions.items() if pk in concepts]
    return sorted(found, key=lambda each: (-each.in_title, -weight_of(each.concept.kind), -each.times))[:TAGS]


def _tags_of(kin: Sequence[Kin]) -> list[FoundConcept]:
    """The accepted tags of the nearest questions that the nearest or at least two of them have, the weightiest first.

    Two queries.
    """
    scores = {near.pk: near.score for near in kin}
    tags: dict[int, list[int]] = defaultdict(list)
    rows = TaggedQuestion.objects.filter(content_object__in=scores, tag__is_proposal=False, tag__merged_into=None)
    for question, concept in rows.values_list("content_object_id", "tag_id"):
        tags[concept].append(question)
    nearest = kin[0].pk if kin else 0
    lent = {pk: having for pk, having in tags.items() if len(having) > 1 or nearest in having}
    concepts = Concept.objects.in_bulk(lent)
    worth = {pk: weight_of(concepts[pk].kind) * sum(map(scores.__getitem__, having)) for pk, having in lent.items()}
    best = sorted(worth, key=lambda pk: (-worth[pk], pk))
    return [FoundConcept(concepts[pk], "", len(lent[pk])) for pk in best]
