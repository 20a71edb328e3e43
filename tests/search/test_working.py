"""Long work tells how far it is, what came of it, and what stopped it."""

import datetime as dt

import pytest
from django.utils import timezone

from search import working as module
from search.models import Work
from search.models.work import KEPT, SILENT
from search.working import both, working

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "EVERY", 0)


def stopped_at(done: int) -> None:
    with working("reindex", total=10) as work:
        work.advance(done)
        raise KeyError


def test_while_it_runs_the_row_says_how_much_is_done() -> None:
    with working("reindex", subject="all", total=10) as work:
        work.advance(3)
        work.advance()
        row = Work.objects.get()
        assert (row.kind, row.subject, row.done, row.total, row.is_over) == ("reindex", "all", 4, 10, False)


def test_at_the_end_it_says_what_came_of_it() -> None:
    with working("reindex", total=10) as work:
        work.advance(9)
        work.told(texts=9)

    row = Work.objects.get()

    assert (row.done, row.figures, row.error, row.is_over) == (10, {"texts": 9}, "", True)


def test_more_than_was_foreseen_is_no_more_than_all() -> None:
    with working("reindex", total=2) as work:
        work.advance(5)

    row = Work.objects.get()

    assert (row.done, row.total) == (5, 5)


def test_what_stops_it_is_written_down_and_raised_on() -> None:
    with pytest.raises(KeyError):
        stopped_at(4)

    row = Work.objects.get()

    assert (row.done, row.error, row.is_over) == (4, "KeyError", True)


def test_a_task_that_is_put_back_begins_again_with_the_same_row() -> None:
    with pytest.raises(KeyError):
        stopped_at(4)

    with working("reindex", row=Work.objects.get(), total=10):
        row = Work.objects.get()
        assert (row.done, row.error, row.is_over) == (0, "", False)

    assert Work.objects.get().is_over


def test_fast_work_is_not_told_of_at_every_step(
    monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: object
) -> None:
    monkeypatch.setattr(module, "EVERY", 60)

    with working("reindex", total=10) as work, django_assert_num_queries(0):  # type: ignore[operator]
        for _step in range(10):
            work.advance()

    assert Work.objects.get().done == 10


def test_work_that_is_divided_is_over_with_its_last_part_however_often_a_part_runs() -> None:
    row = Work.objects.create(kind="merge")
    row.begin(total=5)
    for count in (2, 2):
        Work.part_done(row.pk, count)
    assert not Work.objects.get().is_over

    for _time in range(2):
        Work.part_done(row.pk, 2)

    row = Work.objects.get()
    assert (row.done, row.is_over) == (5, True)


def test_work_without_a_sign_of_life_is_silent_and_not_under_way() -> None:
    row = Work.objects.create(kind="reindex")
    assert list(Work.objects.under_way()) == [row]
    Work.objects.update(touched_at=timezone.now() - SILENT - dt.timedelta(seconds=1))

    row.refresh_from_db()

    assert (row.is_silent, list(Work.objects.under_way())) == (True, [])


def test_old_work_is_forgotten() -> None:
    old, new = Work.objects.create(kind="reindex"), Work.objects.create(kind="reindex")
    Work.objects.filter(pk=old.pk).update(touched_at=timezone.now() - KEPT - dt.timedelta(days=1))

    Work.objects.all().forget_old()

    assert list(Work.objects.all()) == [new]


def test_the_terminal_and_the_row_hear_the_same() -> None:
    heard: list[int] = []

    both(heard.append, heard.append)(3)

    assert heard == [3, 3]
