"""The settings fail closed, and say what to set."""

import ast
import re
import runpy
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured
from django.db.utils import ConnectionHandler

from tests.pgplugin import OURS

SETTINGS = Path(__file__).parents[2] / "portal" / "settings.py"
SECRET = "s3cr3t-" * 10
SEALED = "dGVzdHMtb25seS1rZXktb2YtdGhpcnR5LXR3by1ieXQ="  # the same in every worker: it names tests


@pytest.fixture
def load(monkeypatch: pytest.MonkeyPatch) -> Any:
    """`load(NAME="value")`: the settings as they are with these variables, and both keys unless given."""

    def load(**environment: str) -> dict[str, Any]:
        for name in OURS:
            monkeypatch.delenv(name, raising=False)
        for name, value in {"SECRET_KEY": SECRET, "SEALED_KEYS": SEALED, **environment}.items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(str(SETTINGS))

    return load


def test_the_table_names_exactly_what_the_settings_read() -> None:
    calls = [node for node in ast.walk(ast.parse(SETTINGS.read_text())) if isinstance(node, ast.Call)]
    read = [
        ast.literal_eval(call.args[1]) for call in calls if isinstance(call.func, ast.Name) and call.func.id == "read"
    ]

    assert sorted(OURS) == sorted(read)


def test_nothing_but_settings_and_the_filling_in_of_make_run_reads_the_environment() -> None:
    root = SETTINGS.parents[1]
    folders = ["portal", "articles", "faq", "people", "search", "text"]
    sources = [path for folder in folders for path in (root / folder).rglob("*.py")]
    readers = [
        path.name
        for path in sources
        if re.search(r"os\.environ\b(?!\.setdefault\(\"DJANGO_S)|getenv", path.read_text())
    ]

    assert readers == ["environment.py"]


@pytest.mark.parametrize("missing", ["SECRET_KEY", "SEALED_KEYS"])
def test_a_missing_key_is_answered_with_a_sentence_that_says_what_to_set(load: Any, missing: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=rf"^{missing} is not set\. Set it to .*make run"):
        load(**{missing: "  "})


def test_development_needs_no_keys(load: Any) -> None:
    settings = load(DEBUG="1", SECRET_KEY="", SEALED_KEYS="")

    assert Fernet(settings["SEALED_KEYS"][0])


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEBUG", "perhaps"),
        ("DEMO", "2"),
        ("PORT", "http"),
        ("PORT", "70000"),
        ("SEALED_KEYS", "tooshort"),
        ("SEALED_KEYS", f"{SEALED},tooshort"),
        ("SITE_URL", "health.example"),
        ("SITE_URL", "https://wenyi.example/path"),
        ("SITE_URL", "ftp://wenyi.example"),
        ("SITE_URL", "https://wenyi.example:port"),
        ("TRUSTED_PROXIES", "10.0.0.300"),
        ("TRUSTED_PROXIES", "10.0.0.1/8"),
        ("DATABASE_URL", "mysql://u:verysecret@localhost/db"),
        ("DATABASE_URL", "postgresql://u:p[verysecret@localhost/db"),
        ("REPLICA_URLS", "nonsense"),
        ("EMAIL_URL", "pigeon://u:verysecret@host"),
        ("EMAIL_URL", "smtp://"),
        ("EMAIL_URL", "smtp://host:mail"),
        ("RATE_LIMIT_SCALE", "0"),
        ("RATE_LIMIT_SCALE", "nan"),
        ("LOG_LEVEL", "LOUD"),
    ],
)
def test_a_malformed_value_is_named_but_not_repeated(load: Any, name: str, value: str) -> None:
    with pytest.raises(ImproperlyConfigured) as refusal:
        load(**{name: value})

    assert re.fullmatch(rf"{name} is malformed: expected .+\.", str(refusal.value))
    assert value not in str(refusal.value)


def test_an_empty_value_counts_as_unset(load: Any) -> None:
    assert load(**dict.fromkeys(set(OURS) - {"SECRET_KEY", "SEALED_KEYS"}, ""))["SITE_URL"] == "http://127.0.0.1:8000"


def test_https_decides_redirect_hsts_and_cookies(load: Any) -> None:
    names = (
        "SECURE_SSL_REDIRECT SECURE_HSTS_SECONDS SECURE_HSTS_INCLUDE_SUBDOMAINS SECURE_HSTS_PRELOAD "
        "SESSION_COOKIE_SECURE CSRF_COOKIE_SECURE SESSION_COOKIE_NAME CSRF_COOKIE_NAME"
    )

    https = load(SITE_URL="https://wenyi.example")
    http = load(SITE_URL="http://wenyi.example")

    year = 31_536_000
    assert [https[n] for n in names.split()] == [True, year, True, True, True, True, "__Host-session", "__Host-csrf"]
    assert [http[n] for n in names.split()] == [False, 0, False, False, False, False, "session", "csrf"]


def test_the_site_answers_to_its_own_name_alone(load: Any) -> None:
    assert load(SITE_URL="https://wenyi.example:8443")["ALLOWED_HOSTS"] == ["wenyi.example"]
    assert load()["ALLOWED_HOSTS"] == ["127.0.0.1", "localhost", "[::1]"]
    assert load(ALLOWED_HOSTS="a.example, b.example")["ALLOWED_HOSTS"] == ["a.example", "b.example"]


@pytest.mark.parametrize(
    ("demo", "site", "opened"),
    [
        ("1", "http://127.0.0.1:8000", True),
        ("1", "http://localhost:8000", True),
        ("1", "http://[::1]:8000", True),
        ("0", "http://127.0.0.1:8000", False),
        ("1", "https://wenyi.example", False),
        ("1", "http://127.0.0.1.example", False),
    ],
)
def test_demo_accounts_open_only_in_a_demo_on_this_machine(load: Any, demo: str, site: str, opened: bool) -> None:
    assert load(DEMO=demo, SITE_URL=site)["DEMO_ACCOUNTS"] is opened


def test_sqlite_keeps_what_it_acknowledged(load: Any, tmp_path: Path, django_db_blocker: Any) -> None:
    settings = load(DATABASE_URL=f"sqlite:///{tmp_path / 'wenyi.sqlite3'}")
    connection = ConnectionHandler(settings["DATABASES"])["default"]

    with django_db_blocker.unblock(), connection.cursor() as cursor:
        pragmas = ["journal_mode", "synchronous", "foreign_keys", "busy_timeout"]
        found = [cursor.execute(f"PRAGMA {pragma}").fetchone()[0] for pragma in pragmas]
        connection.close()

    assert found == ["wal", 2, 1, 20_000]
    assert settings["DATABASES"]["default"]["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


@pytest.mark.parametrize(
    ("url", "host", "name", "options"),
    [
        ("postgresql://u:p%40ss@db.example/wenyi", "db.example", "wenyi", {"connect_timeout": 3}),
        ("postgresql://%2Fvar%2Frun%2Fpostgresql/wenyi", "/var/run/postgresql", "wenyi", {"connect_timeout": 3}),
        (
            "postgresql:///wenyi?host=a,b&port=1,2&target_session_attrs=read-write&connect_timeout=9",
            "",
            "wenyi",
            {"host": "a,b", "port": "1,2", "target_session_attrs": "read-write", "connect_timeout": 9},
        ),
    ],
)
def test_postgresql_is_found_by_host_socket_or_several_hosts(
    load: Any, url: str, host: str, name: str, options: dict[str, Any]
) -> None:
    database = load(DATABASE_URL=url)["DATABASES"]["default"]

    assert (database["HOST"], database["NAME"], database["OPTIONS"]) == (host, name, options)
    assert (database["CONN_MAX_AGE"], database["CONN_HEALTH_CHECKS"]) == (60, True)
    assert "ATOMIC_REQUESTS" not in database


def test_replicas_are_databases_with_a_router(load: Any) -> None:
    settings = load(DATABASE_URL="postgresql://a/w", REPLICA_URLS="postgresql://b/w postgresql:///w?host=c,d")

    assert settings["REPLICAS"] == ["replica1", "replica2"]
    assert settings["DATABASES"]["replica2"]["OPTIONS"]["host"] == "c,d"
    assert settings["DATABASE_ROUTERS"] == ["portal.replicas.Replicas"]
    assert load()["DATABASE_ROUTERS"] == []


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("console://", ("console", "localhost", 25, "", "", False, False)),
        ("smtp+tls://me:p%40ss@mail.example", ("smtp", "mail.example", 587, "me", "p@ss", False, True)),
        ("smtps://mail.example", ("smtp", "mail.example", 465, "", "", True, False)),
        ("smtp://127.0.0.1:8025", ("smtp", "127.0.0.1", 8025, "", "", False, False)),
    ],
)
def test_mail_leaves_by_one_address(load: Any, url: str, expected: tuple[object, ...]) -> None:
    names = ["EMAIL_HOST", "EMAIL_PORT", "EMAIL_HOST_USER", "EMAIL_HOST_PASSWORD", "EMAIL_USE_SSL", "EMAIL_USE_TLS"]

    settings = load(EMAIL_URL=url)

    assert (settings["EMAIL_BACKEND"].split(".")[4], *(settings[name] for name in names)) == expected


def test_one_scale_multiplies_every_limit(load: Any) -> None:
    doubled, quartered = (
        load(RATE_LIMIT_SCALE=scale)["ACCOUNT_RATE_LIMITS"]["login_failed"] for scale in ("2", "0.1")
    )

    assert (doubled, quartered) == ("20/m/ip,10/300s/key", "1/m/ip,1/300s/key")


def test_static_files_are_open_to_this_site_alone(load: Any) -> None:
    assert load()["WHITENOISE_ALLOW_ALL_ORIGINS"] is False
