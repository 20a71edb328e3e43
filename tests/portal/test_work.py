"""The worker: tasks run, lost ones come back, timed jobs run once wherever they run."""

import datetime as dt

import pytest
import time_machine
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from faq.models import Surroundings
from faq.neighbours import RULES, renew_neighbours
from faq.states import Status
from people.models import Lease
from portal.jobs import JOBS, Clock, Job
from portal.queue import ATTEMPTS, lease_of, prune_tasks, put_back, sweep_tasks
from search.index.reader import behind
from tests.factories import make_question
from tests.portal.tasks import fail, leave_a_mark

pytestmark = pytest.mark.django_db


def running_task(worker: str, attempts: int = 1) -> DBTaskResult:
    leave_a_mark.enqueue("mark")
    task = DBTaskResult.objects.get()
    for _attempt in range(attempts):
        task.claim(worker)
    return task


def state() -> tuple[str, int]:
    """Status of the only task, and in how many seconds it may run."""
    task = DBTaskResult.objects.get()
    return task.status, round((task.run_after - timezone.now()).total_seconds())


@pytest.mark.django_db(transaction=True)
def test_the_worker_does_what_is_waiting() -> None:
    leave_a_mark.enqueue("mark")

    call_command("work", once=True)

    assert DBTaskResult.objects.get().status == "SUCCESSFUL"
    assert Lease.objects.get(name="mark").holder == "task"
    assert not Lease.objects.filter(name__startswith="worker:").exists()


@pytest.mark.django_db(transaction=True)
def test_one_run_on_an_empty_folder_leaves_nothing_for_the_next() -> None:
    pair = [make_question(Status.PUBLISHED, title=title) for title in ("Hiccups at night", "My hiccups never end")]
    for question in pair:
        renew_neighbours(question)
    before = Surroundings.objects.provisional(RULES).count()

    call_command("work", once=True)

    assert (before, Surroundings.objects.provisional(RULES).count(), behind()) == (2, 0, 0)


def test_a_task_goes_with_the_transaction_that_wanted_it() -> None:
    with transaction.atomic():
        leave_a_mark.enqueue("mark")
        transaction.set_rollback(True)

    assert DBTaskResult.objects.count() == 0


def test_a_task_whose_worker_lives_is_left_alone() -> None:
    running_task("alive-0")
    Lease.take(lease_of("alive-0"), holder="alive", seconds=60)

    assert (sweep_tasks(), DBTaskResult.objects.get().status) == (0, "RUNNING")


@pytest.mark.parametrize(("attempts", "pause"), [(1, 10), (2, 40), (3, 160), (4, 640)])
def test_a_task_whose_worker_died_comes_back_after_a_growing_pause(attempts: int, pause: int) -> None:
    with time_machine.travel(timezone.now(), tick=False):
        Lease.take(lease_of("dead-0"), holder="dead", seconds=-1)
        running_task("dead-0", attempts)

        moved = sweep_tasks()

        assert (moved, state()) == (1, ("READY", pause))


def test_a_task_that_killed_every_worker_is_given_up() -> None:
    running_task("dead-0", ATTEMPTS)

    assert (sweep_tasks(), DBTaskResult.objects.get().status) == (1, "FAILED")
    assert sweep_tasks() == 0


@pytest.mark.django_db(transaction=True)
def test_a_task_that_fails_is_tried_five_times() -> None:
    fail.enqueue()

    with time_machine.travel(timezone.now()) as clock:
        for _attempt in range(ATTEMPTS + 3):
            call_command("work", once=True)
            sweep_tasks()
            clock.shift(dt.timedelta(hours=1))

    task = DBTaskResult.objects.get()
    assert (task.status, len(task.worker_ids)) == ("FAILED", ATTEMPTS)


def test_a_sweeper_that_comes_late_leaves_the_task_to_its_new_worker() -> None:
    stale = running_task("dead-0")
    sweep_tasks()
    DBTaskResult.objects.get().claim("alive-0")

    moved = put_back(stale)

    assert (moved, DBTaskResult.objects.get().status) == (0, "RUNNING")


@pytest.mark.django_db(transaction=True)
def test_finished_tasks_are_forgotten_after_a_month() -> None:
    leave_a_mark.enqueue("mark")
    call_command("work", once=True)
    leave_a_mark.enqueue("waiting")

    prune_tasks()
    kept = DBTaskResult.objects.count()
    with time_machine.travel(timezone.now() + dt.timedelta(days=31)):
        prune_tasks()

    assert (kept, DBTaskResult.objects.get().status) == (2, "READY")


def test_a_job_runs_when_it_is_due() -> None:
    runs: list[float] = []
    clock = Clock([Job("count", 60, lambda: runs.append(1))], holder="me")

    for now in (0.0, 1.0, 59.0, 60.0, 61.0, 121.0):
        clock.tick(now)

    assert len(runs) == 3


def test_a_job_runs_on_one_worker_at_a_time() -> None:
    runs: list[str] = []
    mine = Clock([Job("count", 60, lambda: runs.append("mine"))], holder="me")
    theirs = Clock([Job("count", 60, lambda: runs.append("theirs"))], holder="them")

    with time_machine.travel(timezone.now(), tick=False) as clock:
        mine.tick(0)
        theirs.tick(0)
        theirs.tick(14)
        clock.shift(61)
        theirs.tick(75)
        mine.tick(75)

    assert runs == ["mine", "theirs"]


def test_a_worker_that_died_in_a_job_blocks_it_for_its_limit_only() -> None:
    runs: list[str] = []

    def die() -> None:
        raise SystemExit

    dying = Clock([Job("count", 60, die, limit=300)], holder="dying")
    heir = Clock([Job("count", 60, lambda: runs.append("heir"), limit=300)], holder="heir")
    with time_machine.travel(timezone.now(), tick=False) as clock:
        with pytest.raises(SystemExit):
            dying.tick(0)
        clock.shift(299)
        heir.tick(299)
        before = len(runs)
        clock.shift(2)
        heir.tick(315)

    assert (before, runs) == (0, ["heir"])


def test_a_job_that_fails_comes_again() -> None:
    runs: list[float] = []

    def fail_once() -> None:
        runs.append(1)
        if len(runs) == 1:
            raise ValueError

    clock = Clock([Job("count", 60, fail_once)], holder="me")
    clock.tick(0)
    clock.tick(60)

    assert len(runs) == 2


def test_every_job_has_a_name_of_its_own_and_runs() -> None:
    names = [job.name for job in JOBS]

    for job in JOBS:
        job.run()

    assert len(names) == len(set(names))
