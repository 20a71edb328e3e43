"""Real threads that lie beside a checkout, outside the project; a test that needs them says when they are absent."""

from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "data"


def shared_data(name: str) -> Path:
    """The path of one file of the shared data; skips the test where it is not there."""
    path = FOLDER / name
    if not path.exists():
        pytest.skip("shared data is not beside this checkout")
    return path


def shared_seed(number: str) -> Path:
    """The path of the seed whose name begins with that number; skips the test where it is not there."""
    found = sorted(FOLDER.with_name("seeds").glob(f"{number}_*.txt"))
    if not found:
        pytest.skip("shared data is not beside this checkout")
    return found[0]
