"""The index of this machine brought up to what is public now, for whoever cannot wait for the worker."""

import time
from pathlib import Path
from typing import Final

from search.index.folder import generation_in_use, manifest_of
from search.index.follower import Follower
from search.index.schema import SCHEMA_VERSION
from search.models import ChangeCounter

PAUSE: Final = 0.1
"""Seconds between two looks at a folder that another process is writing."""


def catch_up(folder: Path, *, patience: float = 3600.0) -> None:
    """Write into the index below `folder` all that is public by now, or wait while another process does.

    Raises OSError where the folder cannot be written, TimeoutError after `patience` seconds.
    """
    counter, _made = ChangeCounter.objects.get_or_create(pk=1)
    follower = Follower(folder)
    deadline = time.monotonic() + patience
    try:
        while not _holds(folder, str(counter.identity), counter.last):
            if follower.step() == 0 and not _holds(folder, str(counter.identity), counter.last):
                if time.monotonic() > deadline:
                    raise TimeoutError(f"The index in {folder} is written by another process.")
                time.sleep(PAUSE)
    finally:
        follower.close()


def _holds(folder: Path, identity: str, number: int) -> bool:
    generation = generation_in_use(folder)
    manifest = manifest_of(generation) if generation else None
    if manifest is None or (manifest.identity, manifest.version) != (identity, SCHEMA_VERSION):
        return False
    return manifest.number >= number
