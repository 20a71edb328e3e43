"""Background tasks for the tests of the queue."""

from people.models import Lease
from search.background import task


@task()
def leave_a_mark(name: str) -> None:
    Lease.take(name, holder="task", seconds=60)


@task()
def fail() -> None:
    raise ValueError("as it always does")
