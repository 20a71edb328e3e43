"""The departments that are suggested for a text: three, never one, with what speaks for each, or none."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Final

from faq.department_model import TELLING, Ranking, ranking_of
from faq.specialties import specialties_called
from people.languages import listed
from people.models import Department
from search.models import Concept

SUGGESTED: Final = 3
REASONS: Final = 3


@dataclass
class SuggestedDepartment:
    """A department for a question, and which of the concepts that it names say so.

    `instead` is a department of the same specialty that takes questions, where this one does not.
    """

    department: Department
    score: float = 0
    because: dict[int, Concept] = field(default_factory=dict)
    takes_questions: bool = True
    instead: Department | None = None

    @property
    def reasons(self) -> str:
        """The names of the concepts, in the language of the page."""
        return listed(concept.label for concept in self.because.values())


@dataclass(frozen=True)
class Advice:
    """What is said to somebody who asks for a department; not `is_ready` while this machine has learnt nothing."""

    departments: list[SuggestedDepartment]
    is_ready: bool = True


def suggested_departments(text: str) -> list[SuggestedDepartment]:
    """The three departments that fit a text best; none where it does not say. Four queries."""
    ranking = ranking_of(text)
    return _named(ranking) if ranking else []


def advice_on(text: str, taking: Collection[Department]) -> Advice:
    """The same for somebody who asks. `taking` are the departments that take questions now; the others are marked."""
    ranking = ranking_of(text)
    if ranking is None:
        return Advice([], is_ready=False)
    suggested = _named(ranking)
    named = {each.department for each in suggested}
    for each in suggested:
        each.takes_questions = each.department in taking
        if not each.takes_questions:
            each.instead = _namesake(each.department, [other for other in taking if other not in named])
            named |= {each.instead} if each.instead else set()
    return Advice(suggested)


def _named(ranking: Ranking) -> list[SuggestedDepartment]:
    """What was deleted since it was learnt is passed over."""
    rows = Department.objects.in_bulk(ranking.departments)
    best = [rows[pk] for pk in ranking.departments if pk in rows][:SUGGESTED]
    concepts = Concept.objects.in_bulk(ranking.because) if best else {}
    return [SuggestedDepartment(each, ranking.scores[each.pk], _reasons(ranking, each.pk, concepts)) for each in best]


def _reasons(ranking: Ranking, department: int, concepts: dict[int, Concept]) -> dict[int, Concept]:
    """The concepts that speak most for a department."""
    weights = {pk: scores.get(department, 0) for pk, scores in ranking.because.items() if pk in concepts}
    best = sorted((pk for pk in weights if weights[pk] >= TELLING), key=lambda pk: -weights[pk])
    return {pk: concepts[pk] for pk in best[:REASONS]}


def _namesake(department: Department, others: Iterable[Department]) -> Department | None:
    """The first of `others` that is of the same specialty."""
    own = _specialties_of(department)
    return next((other for other in others if own & _specialties_of(other)), None)


def _specialties_of(department: Department) -> set[str]:
    return {each.key for each in specialties_called(department.name_en, department.name_zh_hant)}
