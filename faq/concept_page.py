"""What the landing page of a concept shows: its names, its topics in the departments, where it is public at all."""

from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils.translation import get_language, override

from faq.choices import TextFormat
from faq.models import Topic
from people.languages import prefix_of
from search.concept_documents import is_carried
from search.models import Concept, ConceptName
from text.render import to_plain
from text.slug import slugify
from text.teaser import brief

TEASER: Final = 200
"""Characters of an introduction's start."""


@dataclass(frozen=True)
class Names:
    """What a concept is called in one language ("en" or "zh-hant"): the name in full, and the others."""

    language: str
    full: str
    others: list[str]


@dataclass(frozen=True)
class TopicStart:
    """A topic in a department, and how its reviewed introduction begins."""

    topic: Topic
    teaser: str


def concept_address(concept: Concept, prefix: str = "") -> str:
    """The address of a concept's page under a prefix, without one in the language of the page that links."""
    with override(prefix or prefix_of(get_language() or "en")):
        return reverse("faq:concept_detail", args=[concept.pk, slugify(concept.label, fallback="concept")])


def names_of(concept: Concept) -> list[Names]:
    """All its names, by the languages it has one in: one query."""
    rows = list(ConceptName.objects.filter(concept=concept).order_by("text", "pk"))
    full = {"en": concept.name_en, "zh-hant": concept.name_zh_hant}
    names = [
        Names(language, name, [row.text for row in rows if row.language == language and row.text != name])
        for language, name in full.items()
    ]
    return [each for each in names if each.full or each.others]


def topics_about(concept: Concept, prefix: str) -> list[TopicStart]:
    """Its public topics of a language in the order of the departments: one query."""
    topics = Topic.objects.published().under_prefix(prefix).filter(concept=concept)
    rows = topics.select_related("concept", "department", "reviewed_by").order_by("department__order", "pk")
    return [TopicStart(topic, _teaser(topic)) for topic in rows]


def is_public_anywhere(concept: Concept) -> bool:
    """Whether anything public carries it, in whichever app: a topic, or what can be tagged."""
    return is_carried(concept.pk)


def _teaser(topic: Topic) -> str:
    """The start of the introduction; nothing where somebody has called it outdated."""
    return "" if topic.outdated_on else brief(to_plain(topic.introduction, TextFormat.MARKDOWN), TEASER)
