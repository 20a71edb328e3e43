"""`manage.py serve`, what `make run` calls: lay out the database, start the server and the worker, say where."""

import http.client
import signal
import socket
import sys
import time
from hashlib import sha256
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from people.models import Department, User
from portal.processes import Children

HOST = "127.0.0.1"
START_SECONDS = 60.0
THREADS = "4"


class Stopped(Exception):
    """SIGINT or SIGTERM, before the first child was started."""


class Command(BaseCommand):
    help = "Runs the whole site on this machine: database, demo content, server and worker."
    requires_system_checks = []
    children: Children
    opening = False
    stopping = False

    def handle(self, *args: Any, **options: Any) -> None:
        self.children = Children()
        signal.signal(signal.SIGTERM, self.stop)
        signal.signal(signal.SIGINT, self.stop)
        try:
            self.prepare()
            self.run()
        except Stopped:
            pass
        finally:
            self.children.stop()

    def stop(self, number: int, frame: FrameType | None) -> None:
        """A signal breaks into the preparations; later the loops look for it, so that no child is lost."""
        self.stopping = True
        if not self.opening:
            raise Stopped

    def prepare(self) -> None:
        """Everything the site needs before it opens; what is there already is left alone."""
        refuse_taken_port()
        collect_changed_static_files()
        migrate_if_needed()
        call_command("createcachetable", verbosity=0)
        if "sync_roles" in get_commands():
            call_command("sync_roles", verbosity=0)
        if settings.DEMO and "demo" in get_commands() and not Department.objects.exists():
            call_command("demo")
        connections.close_all()

    def run(self) -> None:
        """Start both processes, say where the site is, and wait for a signal or for one of them to end."""
        self.opening = True
        self.children.start(server_command())
        deadline = time.monotonic() + START_SECONDS
        while not self.stopping and not answers():
            self.check_children()
            if time.monotonic() > deadline:
                raise CommandError(f"The server did not answer within {START_SECONDS:.0f} seconds.")
            time.sleep(0.05)
        if not self.stopping:
            # After the server, which a person waits for.
            self.children.start([sys.executable, "manage.py", "work"])
            self.announce()
        while not self.stopping:
            self.check_children()
            time.sleep(0.2)

    def check_children(self) -> None:
        if self.children.dead() and not self.stopping:
            raise CommandError("The server or the worker has ended by itself; its last lines are above.")

    def announce(self) -> None:
        site = f"http://{HOST}:{settings.PORT}"
        self.stdout.write("\nWenyi 問醫 is open. Ctrl-C closes it.\n")
        for path in ("/en/", "/zh-hant/", "/admin/"):
            self.stdout.write(f"  {site}{path}")
        if settings.DEMO_ACCOUNTS:
            self.stdout.write("\nDemo accounts: name, password, role")
            for line in demo_accounts():
                self.stdout.write(f"  {line}")
        self.stdout.flush()


def refuse_taken_port() -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, settings.PORT))
        except OSError as error:
            raise CommandError(
                f"Port {settings.PORT} cannot be used ({error.strerror}). Stop what listens there, "
                f"or choose another port: make run PORT={settings.PORT + 1}"
            ) from error


def collect_changed_static_files() -> None:
    """Compressing takes seconds, so it is done only when our files or the installed packages have changed."""
    files = sorted(path for folder in settings.STATICFILES_DIRS for path in folder.rglob("*") if path.is_file())
    state = [f"{path} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in files]
    state.append((settings.BASE_DIR / "requirements.txt").read_text())
    digest = sha256("\n".join(state).encode()).hexdigest()
    stamp = settings.STATIC_ROOT / "stamp"
    if not settings.DEBUG and (not stamp.exists() or stamp.read_text() != digest):
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp.write_text(digest)


def migrate_if_needed() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", interactive=False, verbosity=0)


def server_command() -> list[str]:
    options = {"--interface": "wsgi", "--host": HOST, "--port": str(settings.PORT), "--log-level": "warning"}
    options |= {"--workers": "1", "--blocking-threads": THREADS, "--http": "1"}
    flags = ["--no-ws", "--no-access-log"]
    pairs = [part for pair in options.items() for part in pair]
    return [sys.executable, "-m", "granian", *pairs, *flags, "portal.wsgi:application"]


def answers() -> bool:
    """Whether the site says that it is ready."""
    asking = http.client.HTTPConnection(HOST, settings.PORT, timeout=2)
    try:
        asking.request("GET", "/health/ready", headers={"Host": settings.ALLOWED_HOSTS[0].lstrip(".*") or HOST})
        return asking.getresponse().status == 200
    except OSError:
        return False
    finally:
        asking.close()


def demo_accounts() -> list[str]:
    """One line an account: name, password, groups."""
    accounts = User.objects.filter(is_demo=True, is_active=True).prefetch_related("groups").order_by("pk")
    roles = {user.username: ", ".join(group.name for group in user.groups.all()) for user in accounts}
    return [f"{name:<16} {settings.DEMO_PASSWORD:<12} {role}" for name, role in roles.items()]
