"""`manage.py work`: background tasks and timed jobs, until told to stop."""

import signal
import threading
import time
from argparse import ArgumentParser
from types import FrameType
from typing import Any

import structlog
from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from faq.department_learning import learn_if_due
from people.models import Lease
from portal.jobs import JOBS, Clock
from portal.queue import lease_of
from search.index.follower import Follower

log = structlog.stdlib.get_logger("wenyi.work")

HEARTBEAT = 10.0  # seconds
LOOK = 60.0  # seconds between two looks whether departments are to be learnt anew
GLANCE = 0.4  # seconds between two looks at the change sequence: what is published is found within two
MISSED_HEARTBEATS = 6
# A task that is running when we are told to stop has this long; what is cut off is swept up and runs again.
GRACE = 4.0


class Command(BaseCommand):
    help = "Runs background tasks and timed jobs until it is told to stop."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--threads", type=int, default=1, help="Tasks that run at the same time (default: 1).")
        parser.add_argument("--once", action="store_true", help="Do what is waiting, run each job once, and stop.")

    def handle(self, *args: Any, threads: int, once: bool, **options: Any) -> None:
        name = get_random_string(12)
        if once:
            beat(name)
            # First and last: jobs and tasks ask the index, and publish what it is to have.
            Follower(settings.INDEX_DIR).step()
            Clock(JOBS, holder=name).tick(time.monotonic())
            worker(f"{name}-0", batch=True).run()
            Follower(settings.INDEX_DIR).step()
            learn_if_due()
        else:
            Shift(name, threads).run()
        Lease.objects.filter(name=lease_of(name)).delete()


class Shift:
    """The threads of one worker: some for tasks, one for the clock; the main thread keeps the lease."""

    def __init__(self, name: str, threads: int) -> None:
        self.name = name
        self.stopping = threading.Event()
        self.workers = [worker(f"{name}-{number}", batch=False) for number in range(threads)]

    def run(self) -> None:
        signal.signal(signal.SIGTERM, self.stop)
        signal.signal(signal.SIGINT, self.stop)
        beat(self.name)
        targets = [
            self.keep_time,
            self.keep_following,
            self.keep_fresh,
            self.keep_learning,
            *(self.keep_working(worker) for worker in self.workers),
        ]
        threads = [threading.Thread(target=target, daemon=True) for target in targets]
        for thread in threads:
            thread.start()
        while not self.stopping.wait(HEARTBEAT):
            self.guarded(lambda: beat(self.name))
        deadline = time.monotonic() + GRACE
        for thread in threads:
            thread.join(max(0, deadline - time.monotonic()))

    def stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping.set()
        for worker in self.workers:
            worker.running = False

    def keep_time(self) -> None:
        clock = Clock(JOBS, holder=self.name)
        while not self.stopping.wait(1):
            close_old_connections()
            clock.tick(time.monotonic())

    def keep_following(self) -> None:
        """Every worker keeps the index of its own machine: no lease."""
        follower = Follower(settings.INDEX_DIR)
        while not self.stopping.wait(GLANCE):
            self.guarded(lambda: self.follow(follower))
        follower.close()

    def follow(self, follower: Follower) -> None:
        """A folder that cannot be written is said, and tried again; searches go on in what there is."""
        try:
            follower.step()
        except (OSError, ValueError):
            log.exception("index not written")
            self.stopping.wait(HEARTBEAT)

    def keep_fresh(self) -> None:
        """Once a day the index of this machine is built anew beside the one that is followed: no lease."""
        follower = Follower(settings.INDEX_DIR)
        while not self.stopping.wait(LOOK):
            self.guarded(lambda: self.renew(follower))

    def renew(self, follower: Follower) -> None:
        """A full disk leaves the index as it is; the next look tries again."""
        try:
            follower.renew()
        except (OSError, ValueError):
            log.exception("index not renewed")

    def keep_learning(self) -> None:
        """Every worker keeps what its own machine knows about departments: no lease."""
        self.guarded(self.learn)
        while not self.stopping.wait(LOOK):
            self.guarded(self.learn)

    def learn(self) -> None:
        """A folder that cannot be written is said, and tried again; suggestions go on from what there is."""
        try:
            learn_if_due()
        except OSError:
            log.exception("departments not learnt")

    def keep_working(self, worker: Worker) -> Any:
        def work() -> None:
            while not self.stopping.is_set():
                self.guarded(worker.run)

        return work

    def guarded(self, action: Any) -> None:
        """A database that is away is waited for."""
        close_old_connections()
        try:
            action()
        except DatabaseError:
            log.exception("database away")
            self.stopping.wait(HEARTBEAT)


def beat(name: str) -> None:
    """Say that this worker lives; the sweeper puts back the tasks of those that have not for a minute."""
    Lease.take(lease_of(name), holder=name, seconds=HEARTBEAT * MISSED_HEARTBEATS)


def worker(name: str, *, batch: bool) -> Worker:
    return Worker(
        queue_names=["*"],
        excluded_queue_names=[],
        interval=1,
        batch=batch,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=name,
    )
