"""What the system publishes by itself: where a department's policy says so, and when a set time has come."""

from typing import Final

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from faq import neighbours
from faq.models import Question, QuestionEvent
from faq.states import InvalidMove
from people.models import Department
from search.changes import changing

AT_ONCE: Final = 200
"""How many questions one sweep publishes; the next sweep takes the rest."""
TAKEN_OUT: Final = Q(act="unpublish") | Q(act="undo", note="publish")


def publish_due() -> int:
    """Publish every answered question whose turn it is and whose conditions hold; returns how many.

    Its turn it is in a department that publishes automatically, and anywhere when the set time has passed. What a
    moderator took out of the public, or back from there, only a moderator publishes again.
    """
    automatic = Q(department__publish_policy=Department.PublishPolicy.AUTOMATIC)
    due = automatic | Q(publish_after__lte=timezone.now())
    taken_out = QuestionEvent.objects.filter(TAKEN_OUT, question=OuterRef("pk"))
    waiting = Question.objects.answered_unpublished().filter(due, Question.publishable()).exclude(Exists(taken_out))
    return sum(_publish(question) for question in waiting.order_by("pk")[:AT_ONCE])


def _publish(question: Question) -> bool:
    try:
        with changing():
            question.publish(by=None)
            neighbours.renew.enqueue(question.pk)
    except InvalidMove:
        # Somebody was faster, or a condition has just ceased to hold: the next sweep asks again.
        return False
    return True
