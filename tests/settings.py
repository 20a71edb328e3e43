"""The site's settings with what only tests may do; tests.pgplugin has prepared the environment they read."""

import os
from pathlib import Path

from portal.settings import *  # noqa: F403
from portal.settings import DATABASES, PLAIN, STORAGES

folder = Path(os.environ["TEST_FOLDER"])

# A file, not memory: browser tests and tests of two connections need a database that several threads can open. In
# memory-backed storage and without waiting for a disk it costs next to nothing.
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["TEST"] = {"NAME": str(folder / "wenyi.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF"

# No collectstatic before a test; a real hash of a password takes a third of a second.
STORAGES["staticfiles"] = {"BACKEND": PLAIN}
STATIC_ROOT = folder / "static"
STATIC_ROOT.mkdir(exist_ok=True)
MEDIA_ROOT = MEDIA_DIR = folder / "media"
INDEX_DIR = folder / "index"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
