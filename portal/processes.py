"""Child processes that end with us, however we end."""

import ctypes
import os
import signal
import subprocess  # nosec B404
import sys
import time
from collections.abc import Sequence
from contextlib import suppress

PR_SET_PDEATHSIG = 1
# granian once survived a SIGTERM that came while it started.
PATIENCE = 5.0


def end_with_parent() -> None:
    """In the child, before its program starts: the kernel ends it when the parent is killed. Linux only."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Children:
    """Processes in groups of their own, so that Ctrl-C reaches only us and we stop them in order."""

    def __init__(self) -> None:
        self.started: list[subprocess.Popen[bytes]] = []

    def start(self, command: Sequence[str]) -> subprocess.Popen[bytes]:
        # The command is ours, and we have no threads that a function between fork and exec could meet.
        child = subprocess.Popen(  # noqa: S603  # nosec B603
            command,
            start_new_session=True,
            preexec_fn=end_with_parent,  # noqa: PLW1509
        )
        self.started.append(child)
        return child

    def dead(self) -> list[subprocess.Popen[bytes]]:
        return [child for child in self.started if child.poll() is not None]

    def stop(self) -> None:
        """SIGTERM to all, then SIGKILL to the groups of those that are left after five seconds."""
        for child in self.started:
            child.terminate()
        deadline = time.monotonic() + PATIENCE
        for child in self.started:
            with suppress(subprocess.TimeoutExpired):
                child.wait(max(0.0, deadline - time.monotonic()))
            kill_group(child.pid)
            child.wait()


def kill_group(leader: int) -> None:
    """The leader has become the number of its group, which may outlive it."""
    with suppress(ProcessLookupError):
        os.killpg(leader, signal.SIGKILL)
