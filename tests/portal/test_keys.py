"""`make run` needs nothing set: it makes its keys once and keeps them to itself."""

from pathlib import Path

from cryptography.fernet import Fernet

from portal.keys import fill_in


def test_keys_are_made_once_and_only_their_owner_reads_them(tmp_path: Path) -> None:
    first: dict[str, str] = {}
    second: dict[str, str] = {"SECRET_KEY": " "}

    fill_in(first, tmp_path / "var")
    fill_in(second, tmp_path / "var")

    assert first == second
    assert len(first["SECRET_KEY"]) == 80
    assert Fernet(first["SEALED_KEYS"])
    assert [oct(path.stat().st_mode & 0o777) for path in sorted((tmp_path / "var").iterdir())] == ["0o600", "0o600"]


def test_what_is_set_stays(tmp_path: Path) -> None:
    given = {
        "SECRET_KEY": "mine",
        "SEALED_KEYS": "mine",
        "DEMO": "0",
        "SITE_URL": "https://wenyi.example",
        "LOG_LEVEL": "INFO",
    }
    environment = dict(given)

    fill_in(environment, tmp_path)

    assert environment == given
    assert list(tmp_path.iterdir()) == []


def test_the_site_is_where_its_port_is(tmp_path: Path) -> None:
    environment = {"PORT": "8123"}

    fill_in(environment, tmp_path)

    assert (environment["SITE_URL"], environment["DEMO"]) == ("http://127.0.0.1:8123", "1")
