"""The query for a question's page never reads all questions, whatever the database believes of its tables."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from faq.models import Question
from faq.states import Status
from faq.thread_page import question_for_page
from tests.factories import make_question

pytestmark = pytest.mark.django_db

MANY = 300


def copies_of(question: Question) -> None:
    """Rows enough for the database to see that hardly one is a translation or merged."""
    fields = [field for field in Question._meta.concrete_fields if not field.primary_key and field.name != "uuid"]
    values = {field.attname: getattr(question, field.attname) for field in fields if not field.generated}
    Question.objects.bulk_create(Question(**values | {"external_id": f"copy-{number}"}) for number in range(MANY))


def plan_of(pk: int) -> str:
    """How the database means to answer the query of a page."""
    with CaptureQueriesContext(connection) as asked:
        question_for_page(pk)
    explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # So few rows are read faster whole: what matters is that there is another way.
            cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"{explain} {asked[0]['sql']}")
        return "\n".join(str(row[-1]) for row in cursor.fetchall())


def test_with_statistics_the_page_of_a_question_scans_no_questions() -> None:
    question = make_question(Status.PUBLISHED)
    copies_of(question)

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    plan = plan_of(question.pk)

    # Departments and accounts are few; subqueries call questions U0 and the like.
    scans = [line for line in plan.splitlines() if line.startswith("SCAN") or "Seq Scan" in line]
    assert [line for line in scans if "people_" not in line] == []
