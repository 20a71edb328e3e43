"""`make floor`: the stylesheets and scripts of the site against the oldest browsers that it is made for."""

import sys
from collections.abc import Iterator
from pathlib import Path

from tests.floor.newer import Fault
from tests.floor.scripts import faults as faults_of_script
from tests.floor.styles import House, Sheet

STATIC = Path(__file__).resolve().parents[2] / "static"


def faults(folder: Path = STATIC) -> Iterator[Fault]:
    """Whatever in a folder is newer than the floor and has no fallback."""
    sheets = [Sheet(str(path.relative_to(folder)), path.read_text()) for path in sorted(folder.rglob("*.css"))]
    yield from House(sheets).faults()
    for path in sorted(folder.rglob("*.js")):
        yield from faults_of_script(str(path.relative_to(folder)), path.read_text())


if __name__ == "__main__":
    found = list(faults())
    for fault in found:
        print(fault)  # noqa: T201
    sys.exit(1 if found else 0)
