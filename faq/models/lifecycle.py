"""The one writer of a question's status, and what follows every move: the event, the mail, the public form."""

from collections.abc import Callable
from typing import Any, Final

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from faq.models.event import QuestionEvent
from faq.models.notification import Notification
from faq.models.publication import show
from faq.models.thread import Thread
from faq.states import MOVES, InvalidMove, Status, Who
from people.models import User
from search.changes import changing

TELLS_THE_ASKER: Final = frozenset(
    {
        "submit",
        "decline",
        "ask_asker",
        "answer",
        "join",
        "confirm",
        "publish",
        "unpublish",
        "merge",
        "unmerge",
        "published_there",
    }
)
"""Acts after which the asker gets a mail, where one left an address."""


class Lifecycle(Thread):
    """What all verbs stand on."""

    class Meta:
        abstract = True

    def _move(
        self,
        move: str,
        *,
        who: Who,
        by: User | None,
        reason: str = "",
        note: str = "",
        condition: Q | None = None,
        missing: list[str] | Callable[[], list[str]] | None = None,
        **columns: Any,
    ) -> QuestionEvent:
        """Make one move of the table: a conditional UPDATE on the expected status, and its event.

        `condition` is what must hold beside the status, in the same UPDATE; `missing` are the sentences that say what
        did not, or what finds them when it is asked; `columns` are written with the status. Raises InvalidMove and
        changes nothing if it cannot be made.
        """
        rule = MOVES[move]
        before = Status(self.status)
        if who not in rule.who or before not in rule.sources or (rule.needs_reason and not (reason or note).strip()):
            raise InvalidMove(move, _said(missing))
        target = Status(columns.pop("status")) if rule.returns else (rule.target or before)
        with changing():
            rows = self._rows().filter(status=before).filter(condition or Q())
            if not rows.update(status=target, **columns):
                raise InvalidMove(move, _said(missing))
            event = self._log(
                move,
                who=who,
                by=by,
                reason=reason,
                note=note,
                before=before,
                after=target,
            )
            self.refresh_from_db()
            show(self)
        return event

    def _log(
        self,
        act: str,
        *,
        who: Who,
        by: User | None,
        reason: str = "",
        note: str = "",
        before: Status | None = None,
        after: Status | None = None,
    ) -> QuestionEvent:
        """Write the event of an act, and the mail it owes."""
        here = Status(self.status)
        event = QuestionEvent.objects.create(
            question_id=self.pk,
            act=act,
            from_status=before or here,
            to_status=after or here,
            who=who,
            actor=by,
            reason=reason,
            note=note,
        )
        if act in TELLS_THE_ASKER:
            Notification.objects.create(event=event)
        return event

    def _lock(self, act: str) -> None:
        """Lock the row to the end of the transaction and read it anew; refuses what the asker has withdrawn."""
        self._rows().select_for_update().get()
        self.refresh_from_db()
        if self.status == Status.WITHDRAWN:
            raise InvalidMove(act, [_("The asker has withdrawn this question.")])

    def _rows(self) -> models.QuerySet[Any]:
        return type(self)._default_manager.filter(pk=self.pk)

    def _translations(self) -> models.QuerySet[Any]:
        manager: models.Manager[Any] = type(self)._default_manager
        return manager.filter(translation_of=self.pk)

    def renew_document(self) -> None:
        """Make it public as its page is now, or bury it; a supplement asks for it when it changes."""
        show(self)

    def _shown_again(self) -> None:
        """Renew what is public after the public text changed without a move."""
        self._rows().update(changed_at=timezone.now())
        self.refresh_from_db()
        show(self)


def _said(missing: list[str] | Callable[[], list[str]] | None) -> list[str] | None:
    return missing() if callable(missing) else missing
