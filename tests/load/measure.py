"""What Wenyi costs at a size: `make measure ARGS="--threads 1000000 --folder /var/tmp/million"`.

Makes threads, builds the index as an operator would, asks the site's own code, watches a worker, and prints a table
with the goals. A folder that is given is kept, and used again the next time. Processor time is what counts; memory is
split into a process's own and the pages of files that it shares with the system.
"""

import argparse
import base64
import json
import os
import resource
import secrets
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tests.load.table import Figure, printed

SITE: Final = {
    # A proper site: with DEBUG every query would be kept in memory.
    "DJANGO_SETTINGS_MODULE": "portal.settings",
    "SECRET_KEY": secrets.token_urlsafe(60),
    "LOG_LEVEL": "WARNING",
    "SEALED_KEYS": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
}
ROOT: Final = Path(__file__).resolve().parents[2]
FIGURE: Final = '{"name"'
WATCHED: Final = 0.2
"""Seconds between two looks at the memory of a process."""
WORKS: Final = 40
"""Seconds that a worker is watched."""
MEGABYTE: Final = 1024
"""In the kilobytes of /proc."""


@dataclass
class Watched:
    """A process, what it has cost (seconds of processor time) and the most memory it had (megabytes)."""

    arguments: Sequence[str]
    environment: dict[str, str]
    output: str = ""
    seconds: float = 0
    own: float = 0
    """Memory of its own, the pages of mapped files left out."""
    whole: float = 0
    _ended: threading.Event = field(default_factory=threading.Event)

    def run(self, *, stop_after: float | None = None) -> "Watched":
        """Run it to its end, or until it is told to stop. Raises CalledProcessError where it fails."""
        before = _children()
        process = subprocess.Popen(
            [sys.executable, *self.arguments], cwd=ROOT, env=self.environment, stdout=subprocess.PIPE, text=True
        )
        watcher = threading.Thread(target=self._watch, args=[process.pid])
        watcher.start()
        if stop_after is not None:
            threading.Timer(stop_after, process.terminate).start()
        for line in process.stdout or ():
            self.output += line
            if line.startswith(FIGURE):
                print(line, end="", file=sys.stderr)  # noqa: T201 - a long run shows what it has
        process.wait()
        self._ended.set()
        watcher.join()
        self.seconds = _children() - before
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, self.arguments)
        return self

    def _watch(self, pid: int) -> None:
        while not self._ended.wait(WATCHED):
            try:
                status = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
            except OSError:
                return
            self.own = max(self.own, _megabytes(status.get("RssAnon", "0")))
            self.whole = max(self.whole, _megabytes(status.get("VmHWM", "0")))


def _megabytes(value: str) -> float:
    return int(value.split(maxsplit=1)[0]) / MEGABYTE


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measure(threads: int, folder: Path, environment: dict[str, str]) -> list[Figure]:
    """Every figure, in the order of the issue."""
    started = time.monotonic()
    made = Watched(["-m", "tests.load.generate", "--threads", str(threads)], environment).run()
    idle = Watched(["manage.py", "reindex", "--help"], environment).run()
    built = Watched(["manage.py", "reindex"], environment).run()
    asked = Watched(["-m", "tests.load.figures"], environment).run()
    renewed = Watched(["-m", "tests.load.all_neighbours"], environment).run()
    works = Watched(["manage.py", "work"], environment).run(stop_after=WORKS)
    files = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return [
        *_figures(asked),
        *_figures(renewed),
        Figure("rebuild of the index", "texts/s", [threads / (built.seconds - idle.seconds)], at_least=3000),
        *_memory("reindex", built),
        *_memory("neighbours of all", renewed),
        *_memory("worker with neighbours to compute", works),
        *_memory("process that searches", asked),
        Figure("making threads, if any were missing", "s", [made.seconds]),
        Figure("files of database and index", "MB", [files / 1e6]),
        Figure("everything, by the clock", "s", [time.monotonic() - started]),
    ]


def _figures(process: Watched) -> list[Figure]:
    return [Figure(**json.loads(line)) for line in process.output.splitlines() if line.startswith(FIGURE)]


def _memory(name: str, process: Watched) -> list[Figure]:
    return [
        Figure(f"memory of its own: {name}", "MB", [process.own], at_most=500),
        Figure(f"memory with mapped files: {name}", "MB", [process.whole], at_most=500),
    ]


def main() -> None:
    """Read the arguments, measure, print."""
    parser = argparse.ArgumentParser(prog="make measure", description=__doc__)
    parser.add_argument("--threads", type=int, default=20_000)
    parser.add_argument("--folder", type=Path, help="keep database and index here (default: a folder that goes away)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="wenyi-load-") as temporary:
        folder = options.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        environment = {**SITE, "DATABASE_URL": f"sqlite:///{folder.resolve() / 'wenyi.sqlite3'}", **os.environ}
        environment["INDEX_DIR"] = str(folder.resolve() / "index")
        print(printed(measure(options.threads, folder, environment), options.threads))  # noqa: T201


if __name__ == "__main__":
    main()
