"""Every move of an article from every state: those of the table happen, no other does, and each leaves its event."""

import datetime as dt
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from django.utils import timezone

from articles.models import Article, ArticleEvent
from articles.states import MOVES, PUBLIC, Status
from faq.states import InvalidMove
from people.models import User
from search.models import Document
from tests.factories import make_article, make_physician, make_user

pytestmark = pytest.mark.django_db


class Cast:
    """Who may appear in a move: an editor, and a reviewer who has written nothing."""

    def __init__(self) -> None:
        self.editor: User = make_user(role="editor", second_factor=False)
        self.reviewer: User = make_user(role="medical_reviewer", second_factor=False)
        make_physician(user=self.reviewer)


def _tomorrow() -> dt.datetime:
    return timezone.now() + dt.timedelta(days=1)


VERBS: dict[str, Callable[[Article, Cast], Any]] = {
    "submit": lambda article, cast: article.submit(by=cast.editor),
    "approve": lambda article, cast: article.approve(by=cast.reviewer),
    "send_back": lambda article, cast: article.send_back(by=cast.reviewer, note="The dose is missing."),
    "schedule": lambda article, cast: article.schedule(_tomorrow(), by=cast.editor),
    "unschedule": lambda article, cast: article.unschedule(by=cast.editor),
    "publish": lambda article, cast: article.publish(by=cast.editor),
    "expire": lambda article, cast: article.expire(by=cast.editor),
    "withdraw": lambda article, cast: article.withdraw(by=cast.editor, note="It was wrong."),
    "reopen": lambda article, cast: article.reopen(by=cast.editor),
}

# Written by hand, so that a slip in states.py is seen: from where, and the state after it ("=": the status stays).
# What is scheduled or public goes on being so while its next text is handed in, reviewed, sent back and published.
DESIGN = {
    "submit": ("draft", "in_review"),
    "submit_changes": ("scheduled published", "="),
    "approve": ("draft in_review scheduled published expired", "="),
    "send_back": ("in_review", "draft"),
    "send_back_changes": ("scheduled published", "="),
    "schedule": ("draft in_review scheduled expired", "scheduled"),
    "unschedule": ("scheduled", "draft"),
    "publish": ("draft in_review scheduled expired", "published"),
    "republish": ("published", "="),
    "expire": ("published", "expired"),
    "withdraw": ("draft in_review scheduled published expired", "withdrawn"),
    "reopen": ("withdrawn expired", "draft"),
}
AMONG_PUBLIC = {"submit": "submit_changes", "send_back": "send_back_changes", "publish": "republish"}
"""The verbs that are another move for what is public already."""
WHO = {
    "editor": "submit submit_changes send_back send_back_changes schedule unschedule publish republish expire withdraw"
    " reopen",
    "reviewer": "approve send_back send_back_changes",
    "system": "publish expire",
}


def _started(status: str) -> tuple[Article, Cast]:
    """An article in that state whose newest text a stranger approved, and which was handed in where it can be."""
    cast = Cast()
    article = make_article(status=status, sources=["A book"])
    if status != Status.WITHDRAWN:
        article.approve(by=cast.reviewer)
    if status in {Status.IN_REVIEW, Status.SCHEDULED, Status.PUBLISHED}:
        Article.objects.filter(pk=article.pk).update(review_asked_at=timezone.now())
    return Article.objects.get(pk=article.pk), cast


def _move_of(verb: str, status: str) -> str | None:
    """The row of the table that a verb makes from a state; None where there is none."""
    rows = [verb, AMONG_PUBLIC.get(verb, verb)]
    return next((row for row in rows if status in DESIGN[row][0].split()), None)


def test_the_table_in_code_is_the_table_by_hand() -> None:
    in_code = {
        name: (" ".join(sorted(move.sources)), move.target.value if move.target else "=")
        for name, move in MOVES.items()
    }

    by_hand = {name: (" ".join(sorted(sources.split())), target) for name, (sources, target) in DESIGN.items()}

    assert in_code == by_hand


def test_each_move_is_made_by_those_of_the_table() -> None:
    in_code = {who: {name for name, move in MOVES.items() if who in move.who} for who in WHO}

    assert in_code == {who: set(names.split()) for who, names in WHO.items()}


def test_every_move_of_the_table_is_tried_here() -> None:
    assert {*VERBS, *AMONG_PUBLIC.values()} == set(MOVES)


@pytest.mark.parametrize("status", Status.values)
@pytest.mark.parametrize("verb", list(VERBS))
def test_a_move_happens_from_its_states_only_and_leaves_one_event(verb: str, status: str) -> None:
    article, cast = _started(status)
    before = ArticleEvent.objects.filter(article=article).count()
    move = _move_of(verb, status)

    if move is None:
        with pytest.raises(InvalidMove):
            VERBS[verb](article, cast)
        assert Article.objects.get(pk=article.pk).status == status
        assert ArticleEvent.objects.filter(article=article).count() == before
        return
    VERBS[verb](article, cast)

    stored = Article.objects.get(pk=article.pk)
    event = ArticleEvent.objects.filter(article=article).latest("pk")
    target = DESIGN[move][1]
    assert stored.status == (status if target == "=" else target)
    assert (event.act, event.from_status, event.to_status) == (move, status, stored.status)
    assert ArticleEvent.objects.filter(article=article).count() == before + 1


@pytest.mark.parametrize("status", Status.values)
@pytest.mark.parametrize("verb", list(VERBS))
def test_search_has_an_article_exactly_while_it_is_public(verb: str, status: str) -> None:
    article, cast = _started(status)

    with suppress(InvalidMove):
        VERBS[verb](article, cast)

    stored = Article.objects.get(pk=article.pk)
    live = Document.objects.live().filter(key=f"article:{article.pk}").exists()
    assert live == (stored.status in PUBLIC)


@pytest.mark.parametrize(("verb", "status"), [("send_back", Status.IN_REVIEW), ("withdraw", Status.PUBLISHED)])
def test_a_move_that_needs_a_reason_is_refused_without_one(verb: str, status: str) -> None:
    article, cast = _started(status)

    with pytest.raises(InvalidMove):
        getattr(article, verb)(by=cast.editor, note="  ")

    assert Article.objects.get(pk=article.pk).status == status


def test_a_stale_page_cannot_move_an_article_that_moved_meanwhile() -> None:
    stale, cast = _started(Status.PUBLISHED)
    Article.objects.get(pk=stale.pk).withdraw(by=cast.editor, note="It was wrong.")

    with pytest.raises(InvalidMove):
        stale.expire(by=cast.editor)

    assert Article.objects.get(pk=stale.pk).status == Status.WITHDRAWN


def test_the_log_is_never_rewritten() -> None:
    article, cast = _started(Status.DRAFT)
    article.submit(by=cast.editor)

    with pytest.raises(TypeError):
        article.events.latest("pk").save()
