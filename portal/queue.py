"""Background tasks that nobody finished: found, and put back in line with a growing pause."""

import datetime as dt

import structlog
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from people.models import Lease
from search.background import TaskResultStatus

log = structlog.stdlib.get_logger("wenyi.queue")

ATTEMPTS = 5
FIRST_PAUSE = dt.timedelta(seconds=10)


def lease_of(worker: str) -> str:
    """The lease that a worker renews while it lives; `worker` may be one of its threads (`name-2`)."""
    return f"worker:{worker.partition('-')[0]}"


def sweep_tasks() -> int:
    """Put back what failed and what a dead worker left running; the number of tasks moved.

    A task gets five attempts, after pauses of 10, 40, 160 and 640 seconds. It may therefore run twice, and has to be
    written so that a second run changes nothing.
    """
    # In this order: who claims a task after the first line has long had the lease that the second line reads.
    running = list(DBTaskResult.objects.running())
    leases = Lease.objects.filter(name__startswith="worker:", until__gt=timezone.now())
    alive = set(leases.values_list("name", flat=True))
    lost = [task for task in running if lease_of(task.worker_ids[-1]) not in alive]
    failed = [task for task in DBTaskResult.objects.failed() if len(task.worker_ids) < ATTEMPTS]
    return sum(put_back(task) for task in lost + failed)


def put_back(task: DBTaskResult) -> int:
    """1 when the task was moved, 0 when another sweeper was faster: the UPDATE is guarded by what was read."""
    attempts = len(task.worker_ids)
    unchanged = DBTaskResult.objects.filter(pk=task.pk, status=task.status, started_at=task.started_at)
    log.warning("task put back", task=task.task_path, id=str(task.pk), attempts=attempts, was=task.status)
    if attempts >= ATTEMPTS:
        dead = {"status": TaskResultStatus.FAILED, "traceback": "Its worker died.", "finished_at": timezone.now()}
        return unchanged.update(**dead)
    pause = FIRST_PAUSE * 4 ** (attempts - 1)
    return unchanged.update(status=TaskResultStatus.READY, run_after=timezone.now() + pause, finished_at=None)


def prune_tasks() -> None:
    """Forget finished tasks after a month, and the leases of workers long gone."""
    month_ago = timezone.now() - dt.timedelta(days=30)
    DBTaskResult.objects.finished().filter(finished_at__lt=month_ago).delete()
    Lease.objects.filter(name__startswith="worker:", until__lt=month_ago).delete()
