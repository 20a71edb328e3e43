"""A question page with everything on it, as often as a test wants."""

import datetime as dt

from articles.models import Article
from faq.models import IntakeValue, Question, SimilarQuestion
from faq.states import Status
from search.models import Concept
from tests.factories import (
    make_answer,
    make_article,
    make_concept,
    make_department,
    make_follow_up,
    make_intake_field,
    make_more_info,
    make_page,
    make_physician,
    make_question,
    make_topic,
    make_user,
)

ASKED = dt.date(2011, 5, 1)


def make_full_thread(rows: int, language: str = "en") -> Question:
    """A public question with so many answers, corrections, additions, neighbours, topics, articles, footer pages."""
    department = make_department()
    concepts = [make_concept() for _row in range(rows)]
    question = make_question(Status.PUBLISHED, department, language, concepts=concepts, asked_on=ASKED)
    make_question(Status.PUBLISHED, department, "zh-hant" if language == "en" else "en", translation_of=question)
    make_more_info(question)
    make_answer(question, follow_up=make_follow_up(question, is_public=True))
    corrector, physician = make_user(second_factor=False), make_physician(departments=[department])
    for concept in concepts:
        answer = make_answer(question, physician)
        for _twice in range(2):
            answer.corrections.create(old_body="Old.", notice="A notice.", corrected_by=corrector)
        _add_row(question, concept)
    return question


def _add_row(question: Question, concept: Concept) -> None:
    make_follow_up(question, "addition", is_public=True)
    field = make_intake_field(question.department, key=f"key-{concept.pk}", is_public=True)
    IntakeValue.objects.create(question=question, field=field, value="1", is_public=True)
    other = make_question(Status.PUBLISHED, language=question.language, concepts=[concept])
    SimilarQuestion.objects.create(question=question, other=other, score=1, shared=str(concept.pk))
    make_topic(concept, question.department, question.language)
    article: Article = make_article(question.language, department=question.department)
    article.tagged.create(tag=concept)
    make_page(language=question.language)
