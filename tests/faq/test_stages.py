"""The way of a question as its asker sees it."""

import datetime as dt

import pytest

from faq.stages import ending, stages
from faq.states import Status

DAY = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("status", "wants_public", "is_being_checked", "states"),
    [
        (Status.SUBMITTED, True, False, ["done", "now!", "ahead", "ahead", "ahead"]),
        (Status.ACCEPTED, True, False, ["done", "done", "now!", "ahead", "ahead"]),
        (Status.NEEDS_INFO, True, False, ["done", "done", "now!", "ahead", "ahead"]),
        (Status.ANSWERED, True, True, ["done", "done", "done", "now!", "ahead"]),
        (Status.ANSWERED, True, False, ["done", "done", "done", "done", "now!"]),
        (Status.ANSWERED, False, False, ["done", "done", "done", "done", "done!"]),
        (Status.PUBLISHED, True, False, ["done", "done", "done", "done", "done!"]),
        (Status.CLOSED, True, False, ["done", "done", "done", "done", "done!"]),
        (Status.REJECTED, True, False, ["done", "now!"]),
        (Status.MERGED, True, False, ["done", "now!"]),
        (Status.WITHDRAWN, True, False, ["done", "now!"]),
        (Status.IMPORTED, True, False, ["done", "done", "now!", "ahead", "ahead"]),
    ],
)
def test_one_stage_is_the_current_one(
    status: Status, wants_public: bool, is_being_checked: bool, states: list[str]
) -> None:
    found = stages(status, wants_public=wants_public, is_being_checked=is_being_checked)

    assert [f"{stage.state}{'!' if stage.is_current else ''}" for stage in found] == states


def test_every_status_has_its_stages() -> None:
    assert [len(stages(status, wants_public=True)) > 1 for status in Status] == [True] * len(Status)


def test_stages_that_are_done_say_when() -> None:
    times = {"submit": DAY, "accept": DAY + dt.timedelta(1), "answer": DAY + dt.timedelta(2)}

    found = stages(Status.ANSWERED, wants_public=True, times=times)

    assert [stage.at and stage.at.day for stage in found] == [22, 23, 24, 24, None]


def test_the_ways_that_end_early_have_a_name() -> None:
    names = {status: ending(status) for status in Status if ending(status)}

    assert names == {Status.REJECTED: "declined", Status.MERGED: "merged", Status.WITHDRAWN: "withdrawn"}
