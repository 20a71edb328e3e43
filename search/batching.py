"""What a process notes in memory and a thread of its own writes down: never the page that was asked for."""

import threading
from abc import ABC, abstractmethod
from collections.abc import Sized
from typing import ClassVar

from django.db import connections


class Batches(ABC):
    """Notes that this process has not written down yet. Any thread may add to them, under `_lock`.

    `pause` is how many seconds pass from the first note of a batch until it is written: what a killed process loses
    at most.
    """

    thread_name: ClassVar[str]
    _counts: Sized

    def __init__(self, *, pause: float) -> None:
        self.pause = pause
        self.forget()

    def forget(self) -> None:
        """Begin with nothing, as a process must that was forked: what its parent noted, its parent writes down."""
        self._lock = threading.Lock()
        self._writer: threading.Thread | None = None

    @abstractmethod
    def write(self) -> int:
        """Write down what was noted, and empty `_counts`; returns how much was written."""

    def _open_batch(self) -> None:
        """Have the batch written after the pause; the caller holds the lock and has noted something."""
        if self._writer is None or not self._writer.is_alive():
            # Said, for a thread inherits it, and the server's own are daemons.
            self._writer = threading.Thread(target=self._write_batches, name=self.thread_name, daemon=False)
            self._writer.start()

    def _write_batches(self) -> None:
        """A batch after each pause; the thread ends with the first pause in which nothing came.

        It is no daemon: a process that is told to stop waits for it, and it waits no longer then. (Neither atexit nor
        a signal is something that a worker of the server gets to see.)
        """
        main, we = threading.main_thread(), threading.current_thread()
        while self._is_open():
            main.join(self.pause)
            if self._writer is not we:
                # What was noted is forgotten, and what came since has a thread of its own.
                break
            try:
                self.write()
            finally:
                connections.close_all()
            if not main.is_alive():
                break

    def _is_open(self) -> bool:
        with self._lock:
            if not self._counts:
                self._writer = None
            return bool(self._counts)
