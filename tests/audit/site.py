"""The demo site on the loopback, in a folder of its own, as an operator would run it: not DEBUG, files compressed."""

import base64
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from tests.pgplugin import OURS, free_port

ROOT: Final = Path(__file__).resolve().parents[2]
READY: Final = "Ctrl-C"
STOPS_IN: Final = 15
"""Seconds that the site has to close."""


class Site:
    """A folder with database, index and static files, and the server with its worker.

    `environment` is what a process needs to look into that database; `with Site() as site:` opens and closes it. A
    folder that is given is kept, and used again the next time.
    """

    def __init__(self, port: int = 0, folder: Path | None = None) -> None:
        self.is_kept = folder is not None
        self.folder = (folder or Path(tempfile.mkdtemp(prefix="wenyi-audit-"))).resolve()
        port = port or free_port()
        self.url = f"http://127.0.0.1:{port}"
        self.environment = {name: value for name, value in os.environ.items() if name not in OURS}
        self.environment |= {
            "AUDIT_FOLDER": str(self.folder),
            "DATABASE_URL": f"sqlite:///{self.folder}/wenyi.sqlite3",
            "DEMO": "1",
            "DJANGO_SETTINGS_MODULE": "tests.audit.settings",
            "EMAIL_URL": "dummy://",
            "INDEX_DIR": f"{self.folder}/index",
            "LOG_LEVEL": "ERROR",
            "MEDIA_DIR": f"{self.folder}/media",
            "PORT": str(port),
            # One visitor opens every page within minutes.
            "RATE_LIMIT_SCALE": "1000",
            "SEALED_KEYS": self._kept("sealed_keys", base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()),
            "SECRET_KEY": self._kept("secret_key", secrets.token_urlsafe(60)),
            "SITE_URL": self.url,
        }
        self.server: subprocess.Popen[str] | None = None

    def __enter__(self) -> "Site":
        (self.folder / "static").mkdir(exist_ok=True)
        command = [sys.executable, "manage.py", "serve"]
        self.server = subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=subprocess.PIPE, text=True)
        assert self.server.stdout
        for line in self.server.stdout:
            if READY in line:
                return self
        self.__exit__()
        raise RuntimeError("The site did not open; its last lines are above.")

    def __exit__(self, *exception: object) -> None:
        if self.server and self.server.poll() is None:
            self.server.send_signal(signal.SIGTERM)
            try:
                self.server.wait(timeout=STOPS_IN)
            except subprocess.TimeoutExpired:
                self.server.kill()
        if not self.is_kept:
            shutil.rmtree(self.folder, ignore_errors=True)

    def _kept(self, name: str, value: str) -> str:
        """What the folder holds under that name, written there first where it is new."""
        path = self.folder / name
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(value)
        return path.read_text()
