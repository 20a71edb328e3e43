"""What `make run` fills in for a person who has set nothing."""

import os
import secrets
from collections.abc import Callable, MutableMapping
from pathlib import Path

from cryptography.fernet import Fernet

VAR_DIR = Path(__file__).resolve().parent.parent / "var"


def fill_in(environment: MutableMapping[str, str], folder: Path = VAR_DIR) -> None:
    """Set the keys, DEMO and SITE_URL in `environment` where they are unset or empty.

    The keys are made once and kept in `folder`, readable by their owner alone. Runs before the settings are read.
    """
    folder.mkdir(parents=True, exist_ok=True)
    defaults: dict[str, Callable[[], str]] = {
        "SECRET_KEY": lambda: kept(folder / "secret_key", lambda: secrets.token_urlsafe(60)),
        "SEALED_KEYS": lambda: kept(folder / "sealed_keys", lambda: Fernet.generate_key().decode()),
        "DEMO": lambda: "1",
        "SITE_URL": lambda: f"http://127.0.0.1:{environment.get('PORT', '').strip() or 8000}",
        "LOG_LEVEL": lambda: "WARNING",
    }
    for name, value in defaults.items():
        if not environment.get(name, "").strip():
            environment[name] = value()


def kept(path: Path, make: Callable[[], str]) -> str:
    """The text in the file, made and written first where there is no such file."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(descriptor, "w") as file:
        text = make()
        file.write(f"{text}\n")
        file.flush()
        os.fsync(file.fileno())
    return text
