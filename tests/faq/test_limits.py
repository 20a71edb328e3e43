"""Who sends too much is held up, told why, and loses nothing; nobody's address is stored."""

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from ipaddress import ip_network

import pytest
import time_machine
from django.db import connection
from django.test import Client
from pytest_django import Settings

from faq.models import Question
from people.limits import Limit, take, visitor_of
from people.models import RateCount
from tests.factories import make_department, submit_question
from tests.faq.sent import BODY, act_form, act_on, ask_form, send, ticket_address, ticket_of

NOON = dt.datetime(2026, 11, 22, 12, 10, tzinfo=dt.UTC)


@pytest.fixture
def at() -> Callable[[dt.datetime], time_machine.travel]:
    return lambda moment: time_machine.travel(moment, tick=False)


def test_the_whole_ipv4_address_and_the_household_of_an_ipv6_address_are_one_visitor() -> None:
    same = [
        ("192.0.2.1", "::ffff:192.0.2.1"),
        ("2001:db8::1", "2001:db8::ffff:1"),
        ("2001:db8::1", "2001:0db8:0000:0000:abcd::%eth0"),
        ("", "not an address"),
    ]
    other = [("192.0.2.1", "192.0.2.2"), ("2001:db8::1", "2001:db8:0:1::1"), ("192.0.2.1", "")]

    assert [visitor_of(one) == visitor_of(two) for one, two in same] == [True] * 4
    assert [visitor_of(one) == visitor_of(two) for one, two in other] == [False] * 3


def test_a_visitor_is_another_one_every_day_and_with_another_secret(settings: Settings) -> None:
    with time_machine.travel(NOON):
        today = visitor_of("192.0.2.1")
    with time_machine.travel(NOON + dt.timedelta(days=1)):
        tomorrow = visitor_of("192.0.2.1")
    settings.SECRET_KEY = "another" * 10
    with time_machine.travel(NOON):
        elsewhere = visitor_of("192.0.2.1")

    assert len({today, tomorrow, elsewhere}) == 3


@pytest.mark.django_db
def test_a_limit_says_how_long_to_wait_until_its_window_ends() -> None:
    limit = Limit("test", 2)
    with time_machine.travel(NOON, tick=False):
        within = [take("visitor", [limit]) for _attempt in range(3)]
        other = take("other", [limit])
    with time_machine.travel(NOON + dt.timedelta(minutes=50), tick=False):
        later = take("visitor", [limit])

    assert (within, other, later) == ([0, 0, 50 * 60], 0, 0)


@pytest.mark.django_db
def test_every_limit_is_multiplied(settings: Settings) -> None:
    settings.RATE_LIMIT_SCALE = 2.0

    with time_machine.travel(NOON, tick=False):
        waits = [take("visitor", [Limit("test", 2)]) > 0 for _attempt in range(5)]

    assert waits == [False, False, False, False, True]


@pytest.mark.django_db(transaction=True)
def test_requests_at_the_same_moment_get_no_more_places_than_there_are() -> None:
    limit = Limit("test", 3, 24 * 60 * 60)

    def attempt(_number: int) -> bool:
        try:
            return take("visitor", [limit]) == 0
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        admitted = list(threads.map(attempt, range(12)))

    assert (sum(admitted), RateCount.objects.get().count) == (3, 3)


@pytest.mark.django_db
def test_the_sixth_question_of_an_hour_waits_with_every_word_kept(client: Client) -> None:
    department = make_department()
    with time_machine.travel(NOON, tick=False):
        sent = [send(client, ask_form(department)).status_code for _number in range(5)]
        form = ask_form(department)
        held_up = send(client, form)
    with time_machine.travel(NOON + dt.timedelta(minutes=51), tick=False):
        later = send(client, form)

    assert (sent, held_up.status_code, held_up["Retry-After"]) == ([303] * 5, 429, str(50 * 60))
    assert "Wait 50 minutes, then press the button again." in held_up.content.decode()
    shown = held_up.context["form"]
    assert (shown["body"].value(), shown.shown_key) == (BODY, form["form_key"])
    assert (later.status_code, Question.objects.count()) == (303, 6)


@pytest.mark.django_db
def test_a_day_has_room_for_twenty_questions(client: Client, settings: Settings) -> None:
    department = make_department()
    answers = []
    for hour in range(8):
        with time_machine.travel(NOON.replace(hour=1) + dt.timedelta(hours=hour), tick=False):
            answers += [send(client, ask_form(department)).status_code for _number in range(3)]

    assert answers == [303] * 20 + [429] * 4


@pytest.mark.django_db
def test_mistakes_do_not_count(client: Client) -> None:
    department = make_department()
    with time_machine.travel(NOON, tick=False):
        for _attempt in range(10):
            send(client, ask_form(department, title=""))

        answer = send(client, ask_form(department))

    assert (answer.status_code, RateCount.objects.filter(scope="ask.hour").get().count) == (303, 1)


@pytest.mark.django_db
def test_two_clients_behind_one_trusted_proxy_have_two_limits(client: Client, settings: Settings) -> None:
    settings.TRUSTED_PROXIES = [ip_network("127.0.0.1")]
    settings.RATE_LIMIT_SCALE = 0.2
    department = make_department()

    with time_machine.travel(NOON, tick=False):
        answers = [
            send(client, ask_form(department), headers={"X-Forwarded-For": address}).status_code
            for address in ["192.0.2.1", "192.0.2.2", "192.0.2.1", "192.0.2.2"]
        ]

    assert answers == [303, 303, 429, 429]


@pytest.mark.django_db
def test_a_forged_forwarded_header_has_no_effect(client: Client, settings: Settings) -> None:
    settings.TRUSTED_PROXIES = []
    settings.RATE_LIMIT_SCALE = 0.2
    department = make_department()

    with time_machine.travel(NOON, tick=False):
        answers = [
            send(client, ask_form(department), headers={"X-Forwarded-For": address, "X-Real-IP": address}).status_code
            for address in ["192.0.2.1", "192.0.2.2"]
        ]

    assert answers == [303, 429]


@pytest.mark.django_db
def test_what_a_client_writes_before_the_proxys_word_has_no_effect(client: Client, settings: Settings) -> None:
    settings.TRUSTED_PROXIES = [ip_network("127.0.0.1")]
    settings.RATE_LIMIT_SCALE = 0.2
    department = make_department()

    with time_machine.travel(NOON, tick=False):
        answers = [
            send(client, ask_form(department), headers={"X-Forwarded-For": f"{forged}, 192.0.2.1"}).status_code
            for forged in ["198.51.100.1", "198.51.100.2"]
        ]

    assert answers == [303, 429]


@pytest.mark.django_db
def test_guessing_codes_is_held_up_and_the_right_code_is_not(client: Client, settings: Settings) -> None:
    settings.RATE_LIMIT_SCALE = 0.1
    question = submit_question()

    with time_machine.travel(NOON, tick=False):
        wrong = [client.post("/en/ticket/", {"code": str(number) * 32}).status_code for number in range(3)]
        wrong.append(client.get(f"/en/ticket/{'7' * 32}/").status_code)
        right = client.post("/en/ticket/", {"code": ticket_of(question)})

    assert wrong == [404, 404, 429, 429]
    assert (right.status_code, right["Location"]) == (303, ticket_address(question))


@pytest.mark.django_db
def test_acts_on_tickets_are_held_up_and_a_repeat_is_not(client: Client, settings: Settings) -> None:
    settings.RATE_LIMIT_SCALE = 1 / 30
    question = submit_question()
    form = act_form(question, "add", body="Some more words.")

    with time_machine.travel(NOON, tick=False):
        first = act_on(client, question, "add", **form)
        again = act_on(client, question, "add", **form)
        other = act_on(client, question, "add", body="Still more.")

    assert [first.status_code, again.status_code, other.status_code] == [303, 303, 429]
    assert other.context["forms"]["add"]["body"].value() == "Still more."


@pytest.mark.django_db
def test_no_address_stands_in_the_database(client: Client) -> None:
    send(client, ask_form(make_department()), REMOTE_ADDR="192.0.2.77")

    rows = [value for row in RateCount.objects.values_list("scope", "visitor") for value in row]

    assert len(rows) == 4
    assert [value for value in rows if "192.0.2.77" in value] == []
