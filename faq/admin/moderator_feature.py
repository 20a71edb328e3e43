"""Featuring a question on the topics it belongs to, from its page on the moderators' desk."""

from dataclasses import dataclass

from django.http import Http404

from faq.models import NotFeaturable, Question, Topic
from faq.models.topic import TopicQuerySet
from faq.states import InvalidMove
from people.languages import prefix_of
from people.models import User


@dataclass(frozen=True)
class TopicRow:
    """A topic that the question belongs to, and whether it stands among its first."""

    topic: Topic
    is_featured: bool


def topics_for(question: Question) -> list[TopicRow]:
    """The topics of a public question, and those that feature it; no query for one that is not public."""
    if not question.is_public:
        return []
    own = _own(question).select_related("concept", "department").order_by("concept__name", "pk")
    featured = set(question.featured_on.values_list("topic_id", flat=True))
    return [TopicRow(topic, topic.pk in featured) for topic in own]


def feature(question: Question, topic_id: int, *, by: User) -> None:
    """Feature it on one of its topics. Raises Http404 for none of its own, InvalidMove with a sentence."""
    try:
        _topic(question, topic_id).feature(question, by=by)
    except NotFeaturable as refusal:
        raise InvalidMove("feature", [str(refusal)]) from refusal


def unfeature(question: Question, topic_id: int, *, by: User) -> None:
    """Take it off a topic's featured ones."""
    _topic(question, topic_id).unfeature(question, by=by)


def _own(question: Question) -> TopicQuerySet:
    tagged = Topic.objects.filter(
        department=question.department_id, concept__tagged_questions__content_object=question
    )
    return tagged.under_prefix(prefix_of(question.language))


def _topic(question: Question, topic_id: int) -> Topic:
    topic = _own(question).filter(pk=topic_id).first()
    if topic is None:
        raise Http404
    return topic
