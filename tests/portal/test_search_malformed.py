"""Whatever is sent to the addresses of the search gets a page, 400, 403, 404, 405 or 413: on both databases."""

from pathlib import Path
from urllib.parse import quote

import pytest
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from faq.states import Status
from search.index.follower import Follower
from tests.factories import make_concept, make_physician, make_question, make_topic

pytestmark = pytest.mark.django_db

READ = ("/en/search/", "/zh-hant/search/feed/", "/zh-hant/search/suggest")
SENT = ("/clicks", "/en/ask/nearest/", "/zh-hant/ask/answered/")
NAMES = ("q", "after", "order", "kind", "department", "language", "year", "care")
FORM = "application/x-www-form-urlencoded"
BROKEN = ("%00", "a%00b", "%ED%A0%80", "%ff", "%c3", "%F4%90%80%80")
ODD = {
    "quotes": '"' * 5000,
    "open quotes": "“「『" * 60,
    "minus signs": "-" * 190,
    "unwanted alone": '-"lupus" -狼瘡',
    "only signs": "?!…·、。（）",
    "marks of direction": "\u202elupus\u202c \u200f狼瘡\u2067",
    "invisible": "\u200b\u200d\ufeff\u00ad",
    "marks without a letter": "\u0301" * 150,
    "digits of other scripts": "١٢٣ ৪৫ ２０２４ 𝟚",
    "beyond the first plane": "𠮷野家 😀 \U000e0041\U0010ffff",
    "one letter": "b",
    "one character": "狼",
    "words of a query language": "title:lupus AND (a OR b) [a TO b] ~2 ^9 * \\ / {} <a>",
    "a long story": "狼瘡" * 3000,
    "ligatures that unfold": "\ufdfa" * 60,
    "two hundred words": " ".join(map(chr, range(0x4E00, 0x4E64))),
    "line ends": "a\r\nSet-Cookie: x=1\n\u2028b",
    "negative": "-1",
    "huge": "9" * 400,
    "place beyond the list": "9999.999999999999999999",
    "cursor of other digits": "１.２",
    "cursor of nobody": "1.1",
    "year of other digits": "２０２４",
    "year of none": "0000",
}


@pytest.fixture
def filled(index: Follower) -> None:
    lupus = make_concept("Lupus", "狼瘡")
    topic = make_topic(lupus)
    make_physician(departments=[topic.department])
    make_question(Status.PUBLISHED, topic.department, title="Lupus b 狼", concepts=[lupus])
    index.step()


@pytest.mark.parametrize("address", READ)
@pytest.mark.parametrize("value", BROKEN)
def test_what_is_no_text_is_answered_400(address: str, value: str) -> None:
    client = Client(raise_request_exception=False)

    answers = {name: client.get(f"{address}?q=a&{name}={value}").status_code for name in NAMES}

    assert answers == dict.fromkeys(NAMES, 400)


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("address", READ)
def test_whatever_is_asked_for_gets_a_page_without_a_cookie(address: str) -> None:
    client = Client(raise_request_exception=False)
    queries = {
        f"{what} as {name}": f"{'' if name == 'q' else 'q=lupus&'}{name}={quote(value)}"
        for what, value in ODD.items()
        for name in NAMES
    }
    queries |= {"arrays": "q[]=a&q[0]=b&after[]=1", "repeated": "q=a&q=lupus&kind=x&kind=topic&after=1.1&after=x"}

    answers = {what: client.get(f"{address}?{query}") for what, query in queries.items()}

    assert {what: answer.status_code for what, answer in answers.items() if answer.status_code != 200} == {}
    assert {what for what, answer in answers.items() if answer.cookies or "Set-Cookie" in answer.headers} == set()


@pytest.mark.usefixtures("filled")
def test_the_same_without_an_index(settings: Settings, tmp_path: Path) -> None:
    settings.INDEX_DIR = tmp_path / "none"
    client = Client(raise_request_exception=False)

    answers = {what: client.get("/en/search/", {"q": value}).status_code for what, value in ODD.items()}

    assert answers == dict.fromkeys(ODD, 200)


@pytest.mark.usefixtures("filled")
@hypothesis_settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60))
def test_any_words_get_a_page(typed: str) -> None:
    client = Client(raise_request_exception=False)

    assert {client.get(address, {"q": typed}).status_code for address in READ} == {200}


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("address", SENT)
def test_no_body_is_an_error(address: str) -> None:
    client = Client(raise_request_exception=False)
    values = [quote(value) for value in ODD.values()] + list(BROKEN)
    bodies = [f"{name}={value}" for value in values for name in ("title", "body", "document", "language", "title[]")]
    sent = [(body.encode(), FORM) for body in bodies]
    sent += [(f"en 1 question:1 {value}".encode(), "text/plain") for value in ODD.values()]
    sent += [(f"en {value} question:1 lupus".encode(), "text/plain") for value in ODD.values()]
    sent += [(f"en 1 {value} lupus".encode(), "text/plain") for value in ODD.values()]
    sent += [(b"en 1 question:1 \xff\xed\xa0\x80", "text/plain"), (b"en 1 question:1 \0", "text/plain")]
    sent += [("title=狼".encode("utf-16"), f"{FORM}; charset=utf-16"), (b"[" * 5000, "application/json")]
    sent += [(b"x" * 300_000, kind) for kind in (FORM, "text/plain", "application/octet-stream")]
    sent += [(b"body=" + b"%E7%8B%BC" * 33_000, FORM), (b"", FORM), (b"", "text/plain")]

    answers = {(body[:40], kind): client.generic("POST", address, body, content_type=kind) for body, kind in sent}

    allowed = {200, 204, 400, 403, 404, 413}
    assert {what: answer.status_code for what, answer in answers.items() if answer.status_code not in allowed} == {}
    assert {what for what, answer in answers.items() if answer.cookies} == set()


@pytest.mark.parametrize(
    ("address", "method"), [*((each, "POST") for each in READ), *((each, "GET") for each in SENT)]
)
def test_the_other_method_is_refused(address: str, method: str) -> None:
    assert Client().generic(method, address).status_code == 405
