"""`manage.py serve` opens the whole site on a machine where nothing is set, and closes all that it opened."""

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.pgplugin import ENGINE, OURS, free_port

ROOT = Path(__file__).parents[2]
LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "var", "tests", "__pycache__", ".*_cache", "node_modules")


class Site:
    """A copy of the project in a folder of its own, with a port and an empty database."""

    def __init__(self, folder: Path, database_url: str) -> None:
        self.folder = folder
        self.port = free_port()
        # Children inherit it: whoever has it in its environment was started by us.
        self.mark = uuid.uuid4().hex
        clean = {name: value for name, value in os.environ.items() if name not in OURS}
        clean.pop("DJANGO_SETTINGS_MODULE", None)
        self.environment = clean | {"PORT": str(self.port), "DATABASE_URL": database_url, "MARK": self.mark}

    def start(self, **environment: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "manage.py", "serve"],
            cwd=self.folder,
            env=self.environment | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def wait(self, process: subprocess.Popen[str], seconds: float = 90) -> None:
        """Until the banner is printed, and so the server answers and the worker has been started."""
        assert process.stdout
        deadline = time.monotonic() + seconds
        lines = []
        while time.monotonic() < deadline:
            line = process.stdout.readline()
            lines.append(line)
            if "Ctrl-C" in line:
                return
            if not line:
                break
        raise AssertionError("".join(lines))

    def status(self, path: str) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request("GET", path)
        return connection.getresponse().status

    def processes(self) -> dict[int, str]:
        """Number and command of every process that was started by us and lives."""
        found = {}
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                if f"MARK={self.mark}".encode() in (entry / "environ").read_bytes():
                    found[int(entry.name)] = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except OSError:
                continue
        return found

    def none_left(self, seconds: float = 10) -> bool:
        deadline = time.monotonic() + seconds
        while self.processes() and time.monotonic() < deadline:
            time.sleep(0.05)
        return not self.processes()


@pytest.fixture(scope="module")
def database_url() -> Iterator[str]:
    name = f"serve_{uuid.uuid4().hex}"
    if ENGINE == "sqlite":
        yield f"sqlite:///{os.environ['TEST_FOLDER']}/{name}.sqlite3"
        return
    server = os.environ["DATABASE_URL"]
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield f"{server.rpartition('/')[0]}/{name}"
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, database_url: str) -> Iterator[Site]:
    """A site that has been opened once, and so has its keys, its tables and its static files."""
    folder = tmp_path_factory.mktemp("site") / "wenyi"
    shutil.copytree(ROOT, folder, ignore=LEFT_OUT)
    site = Site(folder, database_url)
    try:
        first = site.start(DEMO="0")
        # It makes keys, tables and static files: on a busy machine that takes minutes.
        site.wait(first, 300)
        first.terminate()
        first.wait(20)
        yield site
    finally:
        # A first start that fails leaves nothing running either.
        for number in site.processes():
            os.kill(number, signal.SIGKILL)


def test_a_first_start_leaves_keys_that_only_their_owner_reads(site: Site) -> None:
    kept = sorted((site.folder / "var").glob("*_key*"))

    assert [(path.name, oct(path.stat().st_mode & 0o777)) for path in kept] == [
        ("sealed_keys", "0o600"),
        ("secret_key", "0o600"),
    ]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_site_answers_and_a_signal_ends_all_of_it(site: Site, number: int) -> None:
    process = site.start(DEMO="0")
    site.wait(process)
    answered = [site.status(path) for path in ("/health/ready", "/", "/accounts/login/", "/static/admin/css/base.css")]
    commands = " ".join(site.processes().values())

    process.send_signal(number)

    assert process.wait(20) == 0
    assert answered == [200, 302, 200, 200]
    assert [name for name in ("manage.py serve", "manage.py work", "granian") if name not in commands] == []
    assert site.none_left()


@pytest.mark.parametrize("seconds", [0.2, 0.6, 1.0, 1.2, 1.4, 1.6, 2.0, 2.5])
def test_a_signal_during_the_start_leaves_nothing_behind(site: Site, seconds: float) -> None:
    process = site.start(DEMO="0")
    time.sleep(seconds)

    process.terminate()

    process.communicate(timeout=20)
    assert site.none_left()


def test_a_killed_parent_takes_its_children_along(site: Site) -> None:
    process = site.start(DEMO="0")
    site.wait(process)

    process.kill()

    process.wait(20)
    assert site.none_left()


@pytest.mark.parametrize("part", ["granian", "manage.py work"])
def test_when_one_part_dies_the_others_stop_and_say_so(site: Site, part: str) -> None:
    process = site.start(DEMO="0")
    site.wait(process)
    victim = min(number for number, command in site.processes().items() if part in command)

    os.kill(victim, signal.SIGKILL)

    output, _nothing = process.communicate(timeout=20)
    assert process.returncode == 1
    assert "has ended by itself" in output
    assert site.none_left()


def test_a_taken_port_is_answered_with_a_sentence(site: Site) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", site.port))
        taken.listen()

        process = site.start(DEMO="0")
        output, _nothing = process.communicate(timeout=30)

    assert process.returncode == 1
    assert f"Port {site.port} cannot be used" in output
    assert f"make run PORT={site.port + 1}" in output
    assert site.none_left()
