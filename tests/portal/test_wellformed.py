"""What is malformed is answered 400, what is too long 413, and nothing 500: on both databases, in both languages."""

import io
from collections.abc import Iterable
from typing import Any

import pytest
from django.test import Client, RequestFactory
from hypothesis import HealthCheck, example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from portal.wsgi import application

pytestmark = [pytest.mark.urls("tests.portal.broken_urls"), pytest.mark.django_db]

FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data; boundary=b"
FIELDS_1001 = "&".join(f"f{number}=1" for number in range(1001))


def part(value: bytes, filename: bytes = b"") -> bytes:
    name = b'; filename="%s"' % filename if filename else b""
    return b'--b\r\nContent-Disposition: form-data; name="word"%s\r\n\r\n%s\r\n--b--\r\n' % (name, value)


BODIES = {
    "a NUL in a form": (FORM, b"word=%00"),
    "a NUL in a field's name": (FORM, b"%00=word"),
    "broken UTF-8 in a form": (FORM, b"word=%ff"),
    "half a surrogate pair": (FORM, b"word=%ed%a0%80"),
    "1001 fields": (FORM, FIELDS_1001.encode()),
    "a foreign charset": (f"{FORM}; charset=utf-16", b"word=w"),
    "another foreign charset": (f"{FORM}; charset=big5", b"word=w"),
    "a charset that is none": (f"{FORM}; charset=hex", b"word=w"),
    "a NUL in a part": (MULTIPART, part(b"\0")),
    "broken UTF-8 in a part": (MULTIPART, part(b"\xff")),
    "parts without a boundary": ("multipart/form-data", part(b"w")),
    "a part with a foreign charset": (f"{MULTIPART}; charset=utf-16", part(b"w")),
    "broken JSON": ("application/json", b"{"),
    "JSON with an escaped NUL": ("application/json", rb'["\u0000"]'),
    "JSON with half a surrogate pair": ("application/json", rb'{"\ud800": 1}'),
    "JSON of a thousand brackets": ("application/json", b"[" * 100_000),
}


@pytest.mark.parametrize("language", ["en", "zh-hant"])
@pytest.mark.parametrize("name", BODIES)
def test_a_malformed_body_is_answered_400(client: Client, language: str, name: str) -> None:
    content_type, body = BODIES[name]

    response = client.generic("POST", f"/{language}/echo/", body, content_type=content_type)

    assert (response.status_code, response.headers["Content-Language"]) == (400, language)


@pytest.mark.parametrize("language", ["en", "zh-hant"])
@pytest.mark.parametrize(
    "query", ["q=%00", "%00=q", "q=%ff", "q=%ed%a0%80", "q=\x00", FIELDS_1001], ids=lambda query: query[:12]
)
def test_a_malformed_query_is_answered_400(client: Client, language: str, query: str) -> None:
    response = client.get(f"/{language}/echo/", QUERY_STRING=query)

    assert (response.status_code, response.headers["Content-Language"]) == (400, language)


@pytest.mark.parametrize("cookie", [r'session="\000abcdefgh"', r'word="\000"'])
def test_a_nul_in_a_cookie_is_answered_400(client: Client, cookie: str) -> None:
    assert client.get("/en/echo/", headers={"cookie": cookie}).status_code == 400


@pytest.mark.parametrize("host", ["other.example", "testserver:port", "a b", "", "[::1", "例え.jp"])
def test_a_host_that_is_not_ours_is_answered_400(client: Client, host: str) -> None:
    assert client.get("/en/echo/", headers={"host": host}).status_code == 400


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        (FORM, "word=狼瘡%E7%8B%BC&word=%2B+😀".encode()),
        (f"{FORM}; charset=UTF-8", "word=狼瘡".encode()),
        (MULTIPART, part("狼瘡\ufffd".encode())),
        (MULTIPART, part(b"\xff\0", filename=b"picture.png")),
        ("application/json", '{"word": ["狼瘡", "\\\\u0000", "\\ud83d\\ude00"]}'.encode()),
        ("text/plain", b"\xff"),
        ("", b""),
    ],
    ids=str,
)
def test_what_is_well_formed_passes(client: Client, content_type: str, body: bytes) -> None:
    assert client.generic("POST", "/en/echo/", body, content_type=content_type).status_code == 200


@pytest.mark.parametrize("language", ["en", "zh-hant"])
@pytest.mark.parametrize("content_type", [FORM, MULTIPART, "application/json", "text/plain"])
def test_a_body_that_says_it_is_too_long_is_refused_unread(language: str, content_type: str) -> None:
    body = Unread()

    status, headers = ask(f"/{language}/echo/", body, CONTENT_LENGTH=str(256 * 1024 + 1), CONTENT_TYPE=content_type)

    assert (status, headers["Content-Language"], body.reads) == ("413", language, 0)


def test_a_form_of_the_longest_length_is_read(client: Client) -> None:
    body = b"word=" + b"w" * (256 * 1024 - 5)

    assert client.post("/en/echo/", body, content_type=FORM).status_code == 200


def test_staff_may_send_longer_forms_with_files(client: Client) -> None:
    file = part(b"w" * 300_000, filename=b"picture.png")

    assert client.post("/admin/", file, content_type=MULTIPART).status_code == 302
    assert client.post("/admin/", part(b"w" * 9_000_000), content_type=MULTIPART).status_code == 413


@pytest.mark.parametrize(
    "environ",
    [
        {"PATH_INFO": "/en/\xff/"},
        {"PATH_INFO": "/en/\0/"},
        {"CONTENT_TYPE": "text/plain; charset*=nosuch''%41"},
        {"HTTP_TRANSFER_ENCODING": "chunked"},
    ],
    ids=str,
)
def test_what_breaks_before_any_middleware_is_answered_400(environ: dict[str, str]) -> None:
    status, _headers = ask("/en/echo/", None, **environ)

    assert status == "400"


def test_a_chinese_address_of_any_length_is_only_not_found() -> None:
    long = ("/en/" + "狼瘡" * 3000 + "/").encode().decode("latin-1")

    assert ask(long)[0] == "404"


ANY_BYTES = st.binary(max_size=40)
TYPES = st.sampled_from([FORM, MULTIPART, "application/json", "text/plain", f"{FORM}; charset=utf-16", "a;b=c;d*0=e"])


@hypothesis_settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(path=ANY_BYTES, query=ANY_BYTES, cookie=ANY_BYTES, kind=TYPES | st.text(max_size=30), body=ANY_BYTES)
@example(path=b"", query=b"", cookie=b'session="\\000aaaaaaaa"', kind=FORM, body=b"")
def test_no_bytes_make_an_error_of_ours(path: bytes, query: bytes, cookie: bytes, kind: str, body: bytes) -> None:
    for address in ("/en/", "/admin/", "/accounts/login/"):
        status, _headers = ask(
            address + path.decode("latin-1"),
            io.BytesIO(body),
            QUERY_STRING=query.decode("latin-1"),
            HTTP_COOKIE=cookie.decode("latin-1"),
            CONTENT_TYPE=kind,
            CONTENT_LENGTH=str(len(body)),
        )

        assert int(status) < 500


class Unread(io.BytesIO):
    """A body that counts how often it is read."""

    reads = 0

    def read(self, size: int | None = -1) -> bytes:
        self.reads += 1
        return super().read(size)


def ask(path: str, body: io.BytesIO | None = None, **environ: Any) -> tuple[str, dict[str, str]]:
    """POST to the application as a server does: status and headers."""
    base = RequestFactory().post("/").environ | {"PATH_INFO": path}
    answers: list[tuple[str, dict[str, str]]] = []

    def start(status: str, headers: Iterable[tuple[str, str]], error: Any = None) -> None:
        answers.append((status[:3], dict(headers)))

    list(application({**base, "wsgi.input": body or io.BytesIO(), **environ}, start))  # type: ignore[arg-type]
    return answers[0]
