"""The demo's past. The verbs stamp what they write with the present, as they should; `settle` puts the days right.

Everything happens within seconds, one act after the other. After each act it is written down on which day of the
invented past it happened; in the end every stamp is the moment of the act during which it was made.
"""

import datetime as dt
from bisect import bisect_left
from typing import Final

from django.db.models import Model
from django.utils import timezone

from articles.models import ArticleEvent, ArticleRevision, Comment, CommentReport
from faq.models import (
    Answer,
    FeaturedQuestion,
    Finding,
    FollowUp,
    Question,
    QuestionEvent,
    ReviewEvent,
    SealedAccess,
    SealedText,
    Ticket,
)
from faq.models.sealed import KEPT_FOR
from faq.models.ticket import LIFETIME

STAMPS: Final[dict[type[Model], list[str]]] = {
    Question: ["created_at", "waiting_since", "paused_at", "answered_at", "published_at", "changed_at"],
    QuestionEvent: ["created_at"],
    Answer: ["created_at", "confirmed_at"],
    FollowUp: ["created_at"],
    Finding: ["created_at", "decided_at"],
    SealedAccess: ["created_at"],
    Ticket: ["created_at"],
    FeaturedQuestion: ["created_at"],
    ReviewEvent: ["created_at"],
    ArticleEvent: ["created_at"],
    ArticleRevision: ["saved_at"],
    Comment: ["created_at", "decided_at"],
    CommentReport: ["created_at", "settled_at"],
}
"""The columns that verbs stamp with the present."""
BATCH: Final = 100


class Days:
    """From days to moments, and from the stamps of the load to the moments they stand for."""

    def __init__(self) -> None:
        self.began = timezone.now()
        self._ends: list[dt.datetime] = []
        self._moments: list[dt.datetime] = []

    def ago(self, days: int, minutes: int = 0) -> dt.datetime:
        """Return a moment of the day so many days before the load: eight in the morning and some minutes."""
        return self.on(timezone.localdate(self.began) - dt.timedelta(days=days), minutes)

    def on(self, day: dt.date, minutes: int = 0) -> dt.datetime:
        """Return a moment of that day: eight in the morning and some minutes, in the time of the house."""
        morning = dt.datetime.combine(day, dt.time(8), tzinfo=timezone.get_default_timezone())
        return morning + dt.timedelta(minutes=minutes)

    def happened(self, moment: dt.datetime) -> None:
        """Say that all that was written since the last call happened at `moment`."""
        self._ends.append(timezone.now())
        self._moments.append(moment)

    def of(self, stamp: dt.datetime | None) -> dt.datetime | None:
        """Return the moment that a stamp of the load stands for; any other stamp as it is."""
        if stamp is None or stamp < self.began:
            return stamp
        act = bisect_left(self._ends, stamp)
        return self._moments[act] if act < len(self._moments) else stamp

    def settle(self) -> None:
        """Put every stamp of the load right, and what follows from it. Nothing but the demo has any questions."""
        for model, columns in STAMPS.items():
            rows = list(model._default_manager.all())
            for row in rows:
                for column in columns:
                    setattr(row, column, self.of(getattr(row, column)))
            model._default_manager.bulk_update(rows, columns, batch_size=BATCH)
        self._settle_ends()

    def _settle_ends(self) -> None:
        """How long a ticket lives and a sealed text is kept is counted from the day on which they were made; a review
        has a day beside its moment."""
        tickets = list(Ticket.objects.all())
        for ticket in tickets:
            ticket.expires_at = ticket.created_at + LIFETIME
        Ticket.objects.bulk_update(tickets, ["expires_at"], batch_size=BATCH)
        sealed = list(SealedText.objects.select_related("question"))
        for text in sealed:
            text.erase_on = timezone.localdate(text.question.created_at) + KEPT_FOR
        SealedText.objects.bulk_update(sealed, ["erase_on"], batch_size=BATCH)
        events = list(ReviewEvent.objects.all())
        for event in events:
            event.happened_on = timezone.localdate(event.created_at)
        ReviewEvent.objects.bulk_update(events, ["happened_on"], batch_size=BATCH)
