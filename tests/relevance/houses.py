"""Throw-away databases: each set in its own, on SQLite or on a PostgreSQL server that goes away with the run."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from tests.pgplugin import OURS, Cluster

Environment = dict[str, str]


class SQLite:
    """One file a set, copied from one that was migrated once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.template = folder / "template.sqlite3"
        _manage(_environment(f"sqlite:///{self.template}", folder), "migrate", "--verbosity", "0")

    def house(self, name: str) -> Environment:
        """The environment of an empty site."""
        folder = self.folder / name
        folder.mkdir()
        shutil.copy(self.template, folder / "db.sqlite3")
        return _environment(f"sqlite:///{folder}/db.sqlite3", folder)


class PostgreSQL:
    """One database a set, copied by the server from one that was migrated once."""

    def __init__(self, folder: Path, cluster: Cluster) -> None:
        self.folder, self.cluster = folder, cluster
        self._ask("CREATE DATABASE template_of_sets")
        _manage(_environment(self._url("template_of_sets"), folder), "migrate", "--verbosity", "0")

    def house(self, name: str) -> Environment:
        """The environment of an empty site."""
        folder = self.folder / name
        folder.mkdir()
        self._ask(f'CREATE DATABASE "{name}" TEMPLATE template_of_sets')
        return _environment(self._url(name), folder)

    def _url(self, name: str) -> str:
        return self.cluster.url.removesuffix("/postgres") + f"/{name}"

    def _ask(self, statement: Any) -> None:
        with psycopg.connect(self.cluster.url, autocommit=True) as connection:
            connection.execute(statement)


@contextmanager
def houses(*, postgresql: bool) -> Iterator[SQLite | PostgreSQL]:
    """Where sets can be loaded; all of it is removed afterwards."""
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108
    with tempfile.TemporaryDirectory(prefix="wenyi-relevance-", dir=memory) as name:
        if not postgresql:
            yield SQLite(Path(name))
            return
        cluster = Cluster()
        try:
            cluster.start()
            yield PostgreSQL(Path(name), cluster)
        finally:
            cluster.stop()


def _environment(address: str, folder: Path) -> Environment:
    own = {name: value for name, value in os.environ.items() if name not in OURS}
    settings = {"DEBUG": "1", "SECRET_KEY": "x" * 60, "DATABASE_URL": address, "INDEX_DIR": str(folder / "index")}
    return own | settings | {"DJANGO_SETTINGS_MODULE": "portal.settings"}


def _manage(environment: Environment, *words: str) -> None:
    subprocess.run([sys.executable, "manage.py", *words], check=True, env=environment)
