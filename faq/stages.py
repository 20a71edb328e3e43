"""The way of a question as its asker sees it on the ticket: what is done, where it is now, what comes."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from faq.states import AWAITING, PUBLIC, Status

Words = str | Promise


@dataclass(frozen=True)
class Stage:
    """One step: its name, whether it is "done", "now" or "ahead", when it was done, and what is happening now."""

    label: Words
    state: str
    at: dt.datetime | None = None
    note: Words = ""
    is_current: bool = False


_ENDING_NAMES: Final[Mapping[str, str]] = {
    Status.REJECTED: "declined",
    Status.MERGED: "merged",
    Status.WITHDRAWN: "withdrawn",
}
_ENDINGS: Final[Mapping[str, tuple[Words, Words]]] = {
    Status.REJECTED: (_("Not passed on to the physicians"), _("The reason stands below.")),
    Status.MERGED: (_("Joined with another question"), _("Somebody had asked the same: read on there.")),
    Status.WITHDRAWN: (_("Withdrawn and deleted"), _("Your words have been erased. Nothing more happens.")),
}
_CHECKED, _WAITING, _ANSWERED, _PUBLISHED = range(1, 5)


def stages(
    status: str,
    *,
    wants_public: bool,
    is_being_checked: bool = False,
    times: Mapping[str, dt.datetime] | None = None,
) -> list[Stage]:
    """Return the steps in their order. One is current: "now", or "done" where nothing is to come.

    `times` says when each act happened last (an act is the `act` of an event); `is_being_checked` that an answer is
    there and waits for its second reading.
    """
    times = times or {}
    if status in _ENDINGS:
        return _ended(status, times)
    place = _place(status, is_being_checked=is_being_checked)
    names = _names(status, place, wants_public=wants_public)
    done_at = [times.get(act) for act in ("submit", "accept", "answer")] + [
        times.get("confirm") or times.get("answer")
    ]
    before = [Stage(label, "done", done_at[number]) for number, (label, _note) in enumerate(names[:place])]
    after = [Stage(label, "ahead") for label, _note in names[place + 1 :]]
    label, note = names[place]
    is_over = place == _PUBLISHED and (status in PUBLIC or not wants_public)
    last = times.get("publish") if status in PUBLIC else None
    return [*before, Stage(label, "done" if is_over else "now", last, note, is_current=True), *after]


def ending(status: str) -> str:
    """Return "declined", "merged" or "withdrawn" where the way has ended so, else an empty text."""
    return _ENDING_NAMES.get(status, "")


def is_waiting(status: str) -> bool:
    """Say whether an answer is still to come, the first one or a better one."""
    return status in AWAITING or status == Status.SUBMITTED


def _ended(status: str, times: Mapping[str, dt.datetime]) -> list[Stage]:
    done = [Stage(_("Received"), "done", times.get("submit"))]
    if "accept" in times:
        done.append(Stage(_("Checked by a moderator"), "done", times["accept"]))
    label, note = _ENDINGS[status]
    return [*done, Stage(label, "now", None, note, is_current=True)]


def _place(status: str, *, is_being_checked: bool) -> int:
    """The number of the step that is going on."""
    if status in PUBLIC:
        return _PUBLISHED
    if status == Status.ANSWERED:
        return _ANSWERED if is_being_checked else _PUBLISHED
    return _CHECKED if status == Status.SUBMITTED else _WAITING


def _names(status: str, place: int, *, wants_public: bool) -> list[tuple[Words, Words]]:
    """Each step's name, and what to say while it is the present one."""
    return [
        (_("Received"), ""),
        (_("Checked by a moderator"), _("A moderator reads your question and hides what tells who you are.")),
        _waiting(status) if place <= _WAITING else (_("Read by a physician"), ""),
        (_("Answered"), _("An answer is written. A second physician reads it before you do.")),
        _last(status, wants_public=wants_public),
    ]


def _waiting(status: str) -> tuple[Words, Words]:
    if status == Status.NEEDS_INFO:
        return _("A physician asks you something"), _("Please answer below: the physician is waiting for you.")
    return _("Waiting for a physician"), _("It lies with the physicians of the department.")


def _last(status: str, *, wants_public: bool) -> tuple[Words, Words]:
    if status in PUBLIC:
        return _("Published"), _("Everyone can read the public text and the answer.")
    if not wants_public:
        return _("For you only"), _("The answer stands below. Nothing is published.")
    return _("Published"), _("The answer stands below. A moderator looks at it once more and publishes it.")
