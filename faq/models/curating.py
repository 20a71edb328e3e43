"""What moderators settle about a question beside its moves: what is hidden, how urgent it is, when it is published."""

import datetime as dt
from collections.abc import Iterable
from typing import Final

from faq.choices import Urgency
from faq.models.event import QuestionEvent
from faq.models.lifecycle import Lifecycle
from faq.models.redacting import conceal
from faq.models.similar import SimilarQuestion
from faq.states import Who
from people.models import User
from search.changes import changing

_SETTLED: Final[dict[str, str]] = {
    SimilarQuestion.Origin.PINNED: "pin",
    SimilarQuestion.Origin.BLOCKED: "block",
    SimilarQuestion.Origin.COMPUTED: "leave",
}


class Curating(Lifecycle):
    """The moderators' verbs that move nothing."""

    class Meta:
        abstract = True

    def mark(self, phrases: Iterable[str], *, by: User) -> list[str]:
        """Hide words that no guard found, wherever they stand; returns the phrases that do not occur."""
        phrases = list(phrases)
        with changing():
            self._lock("mark")
            missed = conceal(self, phrases, by=by)
            if len(missed) < len(phrases):
                self._log("mark", who=Who.MODERATOR, by=by)
                self._shown_again()
        return missed

    def triage(self, urgency: int, *, by: User) -> QuestionEvent:
        """Say how far the question goes before others on the desks (one of `choices.Urgency`)."""
        with changing():
            self._rows().update(urgency=urgency)
            self.urgency = urgency
            return self._log("triage", who=Who.MODERATOR, by=by, note=Urgency(urgency).name.lower())

    def schedule(self, not_before: dt.datetime | None, *, by: User) -> QuestionEvent:
        """Set the moment before which it is not published and at which the system does so; None takes it away."""
        with changing():
            self._rows().update(publish_after=not_before)
            self.publish_after = not_before
            note = not_before.isoformat(timespec="minutes") if not_before else ""
            return self._log("schedule", who=Who.MODERATOR, by=by, note=note)

    def settle_neighbour(self, other: Lifecycle, origin: str, *, by: User) -> None:
        """Pin or block a similar question, or leave it to the computation (`SimilarQuestion.Origin`)."""
        with changing():
            self._lock(origin)
            if SimilarQuestion.decide(self, other, origin):
                self._log(_SETTLED[origin], who=Who.MODERATOR, by=by, note=str(other.pk))

    def let_go(self, *, by: User) -> None:
        """Give back a question that one held as the next item; nothing if it is another's."""
        self._rows().filter(held_by=by).update(held_by=None, hold_expires_at=None)
