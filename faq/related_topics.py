"""The neighbours of topics: computed when a topic is saved and once a day for all, never at reading.

Two topics are near when the same public questions are about both; a topic of the same department is a weak neighbour,
so that no page ends in nothing. What is shown is checked at reading: a topic that is taken down is gone at once, and
only the choice among public ones can be a day old.
"""

from typing import Final

from django.db.models import Count, Q

from faq.models import RelatedTopic, TaggedQuestion, Topic
from people.languages import prefix_of
from search.background import task
from search.changes import changing

KEPT: Final = 8
"""How many neighbours a topic has."""
NEWEST: Final = 200
"""How many public questions of a topic's concept, the newest, are looked at."""
CANDIDATES: Final = 500
"""How many topics are compared at most."""
SAME_DEPARTMENT: Final = 0.5
"""What standing in the same department counts; a shared question counts one."""


@task()
def renew_topic(topic_id: int) -> None:
    """Renew the neighbours of a topic in the background; nothing if it is gone."""
    topic = Topic.objects.filter(pk=topic_id).first()
    if topic is not None:
        renew_related(topic)


def renew_all() -> int:
    """Renew the neighbours of every public topic; returns how many lists changed."""
    return sum(renew_related(topic) for topic in Topic.objects.published().order_by("pk").iterator(500))


def renew_related(topic: Topic) -> bool:
    """Compute the neighbours of a topic: four queries where nothing changed. Whether the list is another now."""
    wanted = related_to(topic)
    with changing() as keys:
        rows = {row.other_id: row for row in RelatedTopic.objects.filter(topic=topic)}
        if {pk: row.score for pk, row in rows.items()} == wanted:
            return False
        RelatedTopic.objects.filter(topic=topic).exclude(other__in=wanted).delete()
        RelatedTopic.objects.bulk_create(
            [RelatedTopic(topic=topic, other_id=pk, score=score) for pk, score in wanted.items()],
            update_conflicts=True,
            unique_fields=["topic", "other"],
            update_fields=["score"],
        )
        keys.add(topic.text_key)
    return True


def related_to(topic: Topic) -> dict[int, float]:
    """The nearest public topics of the same language (primary keys) with their scores, the nearest first.

    Those about the same concept are left out: the page names them by their departments.
    """
    shared = _shared_with(topic)
    near = Topic.objects.published().under_prefix(prefix_of(topic.language)).exclude(concept=topic.concept_id)
    rows = near.filter(Q(concept__in=shared) | Q(department=topic.department_id)).order_by("pk")[:CANDIDATES]
    scores = {
        pk: shared.get(concept, 0) + (SAME_DEPARTMENT if department == topic.department_id else 0)
        for pk, concept, department in rows.values_list("pk", "concept_id", "department_id")
    }
    best = sorted(scores, key=lambda pk: (-scores[pk], pk))[:KEPT]
    return {pk: scores[pk] for pk in best}


def _shared_with(topic: Topic) -> dict[int, int]:
    """How many of the newest public questions about the topic's concept are about each other concept too."""
    public = TaggedQuestion.objects.on_public(prefix_of(topic.language)).filter(tag=topic.concept_id)
    newest = list(public.order_by("-content_object_id").values_list("content_object_id", flat=True)[:NEWEST])
    others = TaggedQuestion.objects.filter(content_object__in=newest).exclude(tag=topic.concept_id)
    return dict(others.values_list("tag").annotate(number=Count("pk")).order_by())
