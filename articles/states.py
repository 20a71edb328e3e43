"""The life of an article: the one table of its states and moves, as `faq/states.py` is for questions."""

from dataclasses import dataclass
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    """Where an article is."""

    DRAFT = "draft", _("draft")
    IN_REVIEW = "in_review", _("in review")
    SCHEDULED = "scheduled", _("scheduled")
    PUBLISHED = "published", _("published")
    EXPIRED = "expired", _("expired")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Who(models.TextChoices):
    """Who may make a move."""

    EDITOR = "editor", _("editor")
    REVIEWER = "reviewer", _("medical reviewer")
    SYSTEM = "system", _("the system")


PUBLIC: Final = frozenset({Status.PUBLISHED})
GOING_PUBLIC: Final = frozenset({Status.SCHEDULED, Status.PUBLISHED})
"""What has an edition: the revision that readers see, or will see at its time."""


@dataclass(frozen=True)
class Move:
    """One row of the table. `target` None: the status stays."""

    sources: frozenset[Status]
    target: Status | None
    who: frozenset[Who]
    needs_note: bool = False


def _move(sources: set[Status], target: Status | None, *who: Who, note: bool = False) -> Move:
    return Move(frozenset(sources), target, frozenset(who), note)


MOVES: Final[dict[str, Move]] = {
    "submit": _move({Status.DRAFT}, Status.IN_REVIEW, Who.EDITOR),
    # A public article goes on being public while its next text is written and reviewed.
    "submit_changes": _move(set(GOING_PUBLIC), None, Who.EDITOR),
    "approve": _move(set(Status) - {Status.WITHDRAWN}, None, Who.REVIEWER),
    "send_back": _move({Status.IN_REVIEW}, Status.DRAFT, Who.REVIEWER, Who.EDITOR, note=True),
    "send_back_changes": _move(set(GOING_PUBLIC), None, Who.REVIEWER, Who.EDITOR, note=True),
    "schedule": _move(
        {Status.DRAFT, Status.IN_REVIEW, Status.SCHEDULED, Status.EXPIRED}, Status.SCHEDULED, Who.EDITOR
    ),
    "unschedule": _move({Status.SCHEDULED}, Status.DRAFT, Who.EDITOR),
    "publish": _move(
        {Status.DRAFT, Status.IN_REVIEW, Status.SCHEDULED, Status.EXPIRED}, Status.PUBLISHED, Who.EDITOR, Who.SYSTEM
    ),
    "republish": _move({Status.PUBLISHED}, None, Who.EDITOR),
    "expire": _move({Status.PUBLISHED}, Status.EXPIRED, Who.EDITOR, Who.SYSTEM),
    "withdraw": _move(set(Status) - {Status.WITHDRAWN}, Status.WITHDRAWN, Who.EDITOR, note=True),
    "reopen": _move({Status.WITHDRAWN, Status.EXPIRED}, Status.DRAFT, Who.EDITOR),
}
"""Every way in which the status of an article changes, beside its creation as DRAFT."""
