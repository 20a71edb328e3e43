"""The life of a question: the one table of its states and moves (DESIGN section 3)."""

from dataclasses import dataclass
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    """Where a question is."""

    SUBMITTED = "submitted", _("submitted")
    ACCEPTED = "accepted", _("waiting for an answer")
    NEEDS_INFO = "needs_info", _("waiting for the asker")
    ANSWERED = "answered", _("answered")
    PUBLISHED = "published", _("published")
    CLOSED = "closed", _("closed")
    REJECTED = "rejected", _("declined")
    MERGED = "merged", _("merged")
    WITHDRAWN = "withdrawn", _("withdrawn")
    IMPORTED = "imported", _("imported")


class Who(models.TextChoices):
    """Who may make a move."""

    ASKER = "asker", _("the asker")
    PHYSICIAN = "physician", _("physician")
    MODERATOR = "moderator", _("moderator")
    SYSTEM = "system", _("the system")


PUBLIC: Final = frozenset({Status.PUBLISHED, Status.CLOSED})
AWAITING: Final = frozenset({Status.ACCEPTED, Status.NEEDS_INFO})
MERGEABLE: Final = frozenset(
    {
        Status.SUBMITTED,
        Status.ACCEPTED,
        Status.ANSWERED,
        Status.PUBLISHED,
        Status.CLOSED,
    }
)


@dataclass(frozen=True)
class Move:
    """One row of the table. `target` None: the status stays, or returns to what it was ("as before")."""

    sources: frozenset[Status]
    target: Status | None
    who: frozenset[Who]
    needs_reason: bool = False
    returns: bool = False


def _move(
    sources: set[Status],
    target: Status | None,
    *who: Who,
    reason: bool = False,
    returns: bool = False,
) -> Move:
    return Move(frozenset(sources), target, frozenset(who), reason, returns)


MOVES: Final[dict[str, Move]] = {
    "accept": _move({Status.SUBMITTED}, Status.ACCEPTED, Who.MODERATOR),
    "decline": _move(
        {Status.SUBMITTED, Status.ACCEPTED, Status.NEEDS_INFO},
        Status.REJECTED,
        Who.MODERATOR,
        Who.PHYSICIAN,
        reason=True,
    ),
    "restore": _move({Status.REJECTED}, Status.SUBMITTED, Who.MODERATOR),
    "ask_asker": _move({Status.ACCEPTED}, Status.NEEDS_INFO, Who.PHYSICIAN, reason=True),
    "clarified": _move({Status.NEEDS_INFO}, Status.ACCEPTED, Who.ASKER, Who.SYSTEM),
    "answer": _move({Status.ACCEPTED}, Status.ANSWERED, Who.PHYSICIAN),
    "join": _move({Status.ANSWERED, Status.PUBLISHED, Status.CLOSED}, None, Who.PHYSICIAN),
    # Also in a public thread: a second answer that needs its second reading joins there, hidden until confirmed.
    "confirm": _move({Status.ANSWERED, *PUBLIC}, None, Who.PHYSICIAN),
    "send_back": _move({Status.ANSWERED}, Status.ACCEPTED, Who.MODERATOR, reason=True),
    "publish": _move({Status.ANSWERED, Status.IMPORTED}, Status.PUBLISHED, Who.MODERATOR, Who.SYSTEM),
    "unpublish": _move(set(PUBLIC), Status.ANSWERED, Who.MODERATOR, reason=True),
    "close": _move({Status.PUBLISHED}, Status.CLOSED, Who.MODERATOR, Who.SYSTEM),
    "reopen": _move({Status.CLOSED}, Status.PUBLISHED, Who.MODERATOR),
    "merge": _move(set(MERGEABLE), Status.MERGED, Who.MODERATOR),
    # The system parts what was merged into a question that its asker withdraws.
    "unmerge": _move({Status.MERGED}, None, Who.MODERATOR, Who.SYSTEM, returns=True),
    "withdraw": _move(set(Status) - {Status.WITHDRAWN}, Status.WITHDRAWN, Who.ASKER),
    # Not in the design's table but asked for by moderators: take back one's own last act while nobody built on it.
    "undo": _move(
        {Status.ACCEPTED, Status.REJECTED, Status.PUBLISHED, Status.ANSWERED},
        None,
        Who.MODERATOR,
        returns=True,
    ),
}
"""Every way in which a status changes, beside the creation as SUBMITTED (`submit`) and the archive's load as IMPORTED.

"answer" is two rows here because its effect differs: from ACCEPTED it moves the question, elsewhere it joins a thread.
"""


class InvalidMove(Exception):
    """The move is not possible (any more): the page was stale, or one of its conditions does not hold.

    `conditions` names what was missing, as sentences for the person who tried.
    """

    def __init__(self, move: str, conditions: list[str] | None = None) -> None:
        super().__init__(move)
        self.move = move
        self.conditions = conditions or []
