"""Every move from every state: those of the table happen, no other does, and each leaves its event."""

import uuid
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest

from faq.models import Answer, Question, QuestionEvent
from faq.states import MOVES, PUBLIC, InvalidMove, Status
from people.models import User
from search.models import Document
from tests.factories import (
    make_answer,
    make_concept,
    make_department,
    make_physician_user,
    make_question,
    make_user,
)

pytestmark = pytest.mark.django_db


class Cast:
    """Who may appear in a move: a moderator, a physician of the department, and another question."""

    def __init__(self, question: Question) -> None:
        self.moderator: User = make_user(role="moderator", second_factor=False)
        self.physician: User = make_physician_user(question.department, second_factor=False)
        self.question = question

    def other(self) -> Question:
        return make_question(Status.PUBLISHED, concepts=[make_concept()])

    def unconfirmed(self) -> Answer:
        return make_answer(self.question, needs_confirmation=True)


VERBS: dict[str, Callable[[Question, Cast], Any]] = {
    "accept": lambda q, cast: q.accept(by=cast.moderator),
    "decline": lambda q, cast: q.decline(by=cast.moderator, reason="spam"),
    "restore": lambda q, cast: q.restore(by=cast.moderator),
    "ask_asker": lambda q, cast: q.ask_asker(by=cast.physician, note="Since when?"),
    "clarified": lambda q, _cast: q.clarified_by_time(),
    "answer": lambda q, cast: q.answer(by=cast.physician, body="Rest.", key=uuid.uuid4()),
    "join": lambda q, cast: q.answer(by=cast.physician, body="Rest.", key=uuid.uuid4()),
    "confirm": lambda q, cast: q.confirm(cast.unconfirmed(), by=cast.physician),
    "send_back": lambda q, cast: q.send_back(by=cast.moderator, reason="Too short"),
    "publish": lambda q, cast: q.publish(by=cast.moderator),
    "unpublish": lambda q, cast: q.unpublish(by=cast.moderator, reason="Asked by the physician"),
    "close": lambda q, cast: q.close(by=cast.moderator),
    "reopen": lambda q, cast: q.reopen(by=cast.moderator),
    "merge": lambda q, cast: q.merge(into=cast.other(), by=cast.moderator),
    "unmerge": lambda q, cast: q.unmerge(by=cast.moderator),
    "withdraw": lambda q, _cast: q.withdraw(),
}

# What the design's table says, copied by hand, so that a slip in states.py is seen: sources, and the state after
# each ("=": the status stays). The desk's one button answers an accepted question or joins a thread.
DESIGN = {
    "accept": ("submitted", "accepted"),
    "decline": ("submitted accepted needs_info", "rejected"),
    "restore": ("rejected", "submitted"),
    "ask_asker": ("accepted", "needs_info"),
    "clarified": ("needs_info", "accepted"),
    "answer": ("accepted", "answered"),
    "join": ("answered published closed", "="),
    "confirm": ("answered published closed", "="),  # the design has answered alone; see states.py
    "send_back": ("answered", "accepted"),
    "publish": ("answered imported", "published"),
    "unpublish": ("published closed", "answered"),
    "close": ("published", "closed"),
    "reopen": ("closed", "published"),
    "merge": ("submitted accepted answered published closed", "merged"),
    "unmerge": ("merged", "submitted"),
    "withdraw": (
        "submitted accepted needs_info answered published closed rejected merged imported",
        "withdrawn",
    ),
}


def _started(status: str) -> tuple[Question, Cast]:
    question = make_question(status, concepts=[make_concept()], department=make_department())
    if status == Status.IMPORTED:
        make_answer(question)
    return question, Cast(question)


def _allowed(move: str, status: str) -> bool:
    sources = DESIGN[move][0].split()
    if move in {"answer", "join"}:
        sources = [*DESIGN["answer"][0].split(), *DESIGN["join"][0].split()]
    return status in sources


def _after(move: str, status: str) -> str:
    if move in {"answer", "join"}:
        move = "answer" if status == Status.ACCEPTED else "join"
    target = DESIGN[move][1]
    return status if target == "=" else target


def test_the_table_in_code_is_the_table_of_the_design() -> None:
    in_code = {name: " ".join(sorted(move.sources)) for name, move in MOVES.items() if name != "undo"}

    in_design = {name: " ".join(sorted(sources.split())) for name, (sources, _target) in DESIGN.items()}

    assert in_code == in_design


def test_every_move_of_the_table_is_tried_here() -> None:
    assert set(VERBS) == set(MOVES) - {"undo"}


@pytest.mark.parametrize("status", Status.values)
@pytest.mark.parametrize("move", list(VERBS))
def test_a_move_happens_from_its_states_only_and_leaves_one_event(move: str, status: str) -> None:
    question, cast = _started(status)
    before = QuestionEvent.objects.filter(question=question).count()

    if not _allowed(move, status):
        with pytest.raises(InvalidMove):
            VERBS[move](question, cast)
        question.refresh_from_db()
        assert question.status == status
        assert QuestionEvent.objects.filter(question=question).count() == before
        return
    VERBS[move](question, cast)

    stored = Question.objects.get(pk=question.pk)
    event = QuestionEvent.objects.filter(question=question).latest("pk")
    assert stored.status == _after(move, status)
    assert (event.from_status, event.to_status) == (status, stored.status)
    assert QuestionEvent.objects.filter(question=question).count() == before + 1


@pytest.mark.parametrize("status", Status.values)
@pytest.mark.parametrize("move", list(VERBS))
def test_search_has_a_question_exactly_while_it_is_public(move: str, status: str) -> None:
    question, cast = _started(status)

    with suppress(InvalidMove):
        VERBS[move](question, cast)

    stored = Question.objects.get(pk=question.pk)
    live = Document.objects.live().filter(key=f"question:{question.pk}").exists()
    assert live == (stored.status in PUBLIC)


@pytest.mark.parametrize(
    ("move", "act"),
    [
        ("decline", lambda q, cast: q.decline(by=cast.moderator, reason="")),
        ("ask_asker", lambda q, cast: q.ask_asker(by=cast.physician, note=" ")),
        ("send_back", lambda q, cast: q.send_back(by=cast.moderator, reason="")),
        ("unpublish", lambda q, cast: q.unpublish(by=cast.moderator, reason="")),
    ],
)
def test_a_move_that_needs_a_reason_is_refused_without_one(move: str, act: Callable[..., Any]) -> None:
    start = {"decline": "submitted", "ask_asker": "accepted", "send_back": "answered", "unpublish": "published"}
    question, cast = _started(start[move])

    with pytest.raises(InvalidMove):
        act(question, cast)

    assert Question.objects.get(pk=question.pk).status == start[move]


def test_a_stale_page_cannot_move_a_question_that_moved_meanwhile() -> None:
    stale, cast = _started(Status.SUBMITTED)
    Question.objects.get(pk=stale.pk).decline(by=cast.moderator, reason="spam")

    with pytest.raises(InvalidMove):
        stale.accept(by=cast.moderator)

    assert Question.objects.get(pk=stale.pk).status == Status.REJECTED


def test_the_log_is_never_rewritten() -> None:
    question, _cast = _started(Status.SUBMITTED)
    event = question.events.get()

    with pytest.raises(TypeError):
        event.save()
    with pytest.raises(TypeError):
        event.delete()
