"""Topics that readers search for and that somebody of the staff asked for, above the list of topics."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.urls import reverse

from search.models import Concept, ConceptName, WantedTopic

SHOWN: Final = 20
"""How many are shown, those searched for most; the next come when these are written."""


@dataclass(frozen=True)
class Wanted:
    """One wish with the concept that it is about, if the vocabulary has one by now, and where to write it."""

    row: WantedTopic
    concept: Concept | None

    @property
    def url(self) -> str:
        """The form for a new topic, filled in as far as it is known."""
        known = {"language": self.row.language, **({"concept": self.concept.pk} if self.concept else {})}
        return f"{reverse('admin:faq_topic_add')}?{urlencode(known)}"


def wanted_topics() -> list[Wanted]:
    """The wishes that are open, in two statements."""
    rows = list(WantedTopic.objects.open().select_related("concept", "by")[:SHOWN])
    names = ConceptName.objects.filter(folded__in={row.folded for row in rows}, concept__in=Concept.objects.accepted())
    called = {name.folded: name.concept for name in names.select_related("concept")} if rows else {}
    return [Wanted(row, row.concept or called.get(row.folded)) for row in rows]
