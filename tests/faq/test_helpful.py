""" "Was this helpful?": asked on a page of its own, counted once, shown on the question's page."""

from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from faq.forms.helpful import helpful_key_name
from faq.models import Question
from faq.states import Status
from people.models import RateCount
from people.visitors import new_key
from search.models import Change
from tests.factories import make_question, make_user
from tests.reading import links, read

pytestmark = pytest.mark.django_db


def address_of(question: Question, language: str = "en") -> str:
    with override(language):
        return reverse("faq:question_helpful", args=[question.pk])


def helpful_form(question: Question, **changes: str) -> dict[str, str]:
    return {
        "form_key": new_key(helpful_key_name(question.pk)),
        "homepage": "",
        "is_helpful": "yes",
        **changes,
    }


def press(question: Question, /, sender: str = "192.0.2.1", headers: Any = None, **changes: str) -> Any:
    form = helpful_form(question, **changes)
    return Client().post(address_of(question), form, REMOTE_ADDR=sender, headers=headers)


def counted(question: Question) -> tuple[int, int]:
    question.refresh_from_db()
    return question.helpful, question.unhelpful


def test_an_answer_is_counted_and_leads_back_to_the_thanks_on_the_question_s_page(client: Client) -> None:
    question = make_question(Status.PUBLISHED)

    responses = [press(question), press(question, "192.0.2.2", is_helpful="no")]

    address = f"{question.get_absolute_url()}#counted"
    assert [(response.status_code, response["Location"]) for response in responses] == [(303, address)] * 2
    assert counted(question) == (1, 1)
    assert read(client, question.get_absolute_url()).one("p", id="counted").words == (
        "Thank you, your answer has arrived."
    )


@pytest.mark.parametrize(
    ("helpful", "words"),
    [
        (0, "Was this helpful?"),
        (1, "1 reader found this helpful. Was this helpful?"),
        (12, "12 readers found this helpful. Was this helpful?"),
    ],
)
def test_the_question_s_page_shows_how_many_found_it_helpful_and_never_how_many_did_not(
    client: Client, helpful: int, words: str
) -> None:
    question = make_question(Status.PUBLISHED, helpful=helpful, unhelpful=777)

    response = client.get(question.get_absolute_url())

    part = read(client, question.get_absolute_url()).one("div", "helpful")
    assert part.every("p")[1].words == words
    assert links(part) == {"Was this helpful?": address_of(question)}
    assert b"777" not in response.content


def test_the_question_s_page_stays_without_form_cookie_and_token(client: Client) -> None:
    question = make_question(Status.PUBLISHED, helpful=3)

    response = client.get(question.get_absolute_url())

    held = [word in response.content for word in (b"form_key", b"csrfmiddlewaretoken", b'method="post"')]
    assert (held, dict(response.cookies), response["Cache-Control"]) == ([False] * 3, {}, "public, max-age=60")


def test_the_page_that_asks_is_kept_by_nobody_and_sets_no_cookie(client: Client) -> None:
    question = make_question(Status.PUBLISHED)

    answers = [client.get(address_of(question)), client.post(address_of(question), {}), press(question)]

    assert [answer.status_code for answer in answers] == [200, 400, 303]
    assert [dict(answer.cookies) for answer in answers] == [{}] * 3
    assert [answer["Cache-Control"] for answer in answers[:2]] == ["no-store, private"] * 2
    assert [answer["X-Robots-Tag"] for answer in answers[:2]] == ["noindex, nofollow, noarchive"] * 2
    assert read(client, address_of(question)).one("meta", name="robots")["content"] == "noindex, nofollow, noarchive"


def test_the_same_form_sent_again_is_counted_once_even_after_midnight_and_from_elsewhere() -> None:
    question = make_question(Status.PUBLISHED)
    with time_machine.travel(timezone.now().replace(hour=23, minute=50), tick=False) as clock:
        key = new_key(helpful_key_name(question.pk))
        first = press(question, form_key=key)
        clock.shift(20 * 60)
        again = [press(question, form_key=key), press(question, "192.0.2.2", form_key=key)]

    assert [response.status_code for response in (first, *again)] == [303] * 3
    assert counted(question) == (1, 0)


def test_a_connection_is_counted_once_a_day_for_each_question() -> None:
    question, other = make_question(Status.PUBLISHED), make_question(Status.PUBLISHED)
    with time_machine.travel(timezone.now().replace(hour=12, minute=10), tick=False) as clock:
        first = press(question)
        second = press(question, is_helpful="no")
        elsewhere = press(other)
        clock.shift(24 * 60 * 60)
        tomorrow = press(question)

    assert [answer.status_code for answer in (first, second, elsewhere, tomorrow)] == [303, 429, 303, 303]
    assert second.context["problems"] == [
        ("", "This question has been judged from your connection today. It is counted once a day.")
    ]
    assert (counted(question), counted(other)) == ((2, 0), (1, 0))


def test_who_judges_too_many_in_an_hour_is_held_up_and_a_repeat_is_not() -> None:
    first, *others = [make_question(Status.PUBLISHED) for _number in range(21)]
    with time_machine.travel(timezone.now().replace(minute=10, second=0, microsecond=0), tick=False):
        key = new_key(helpful_key_name(first.pk))
        sent = [press(first, form_key=key), *(press(question) for question in others)]
        repeat = press(first, form_key=key)

    assert [response.status_code for response in sent] == [303] * 20 + [429]
    assert (int(sent[-1]["Retry-After"]), counted(others[-1])) == (50 * 60, (0, 0))
    assert repeat.status_code == 303


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            {"form_key": "forged"},
            "This page had been open for too long. Your words are kept: press the button again.",
        ),
        (
            {"homepage": "spam"},
            "A hidden field was filled in, perhaps by your browser. It is empty again: press the button again.",
        ),
    ],
)
def test_robots_are_asked_again_and_people_press_once_more(change: dict[str, str], sentence: str) -> None:
    question = make_question(Status.PUBLISHED)

    refused = press(question, is_helpful="no", **change)
    before = counted(question)
    again = press(question, is_helpful="no", form_key=refused.context["form"].shown_key)

    assert (refused.status_code, refused.context["problems"], before) == (400, [("", sentence)], (0, 0))
    assert b'class="button button--primary" type="submit" name="is_helpful" value="no"' in refused.content
    assert (again.status_code, counted(question)) == (303, (0, 1))


def test_the_key_of_another_question_s_form_and_another_site_count_nothing() -> None:
    question, other = make_question(Status.PUBLISHED), make_question(Status.PUBLISHED)

    answers = [
        press(question, form_key=new_key(helpful_key_name(other.pk))),
        press(question, headers={"Origin": "https://evil.example"}),
    ]

    assert ([answer.status_code for answer in answers], counted(question)) == ([400, 400], (0, 0))


@pytest.mark.parametrize("status", [status for status in Status if status not in {Status.PUBLISHED, Status.CLOSED}])
def test_what_is_not_public_is_not_there(client: Client, status: Status) -> None:
    public, hidden = make_question(Status.CLOSED), make_question(Status.PUBLISHED)
    extra = {"merged_into": public} if status == Status.MERGED else {}
    texts = ("title", "body", "nickname", "teaser", "headline", "stand_in_title")
    empty = dict.fromkeys(texts, "") if status == Status.WITHDRAWN else {}
    Question.objects.filter(pk=hidden.pk).update(status=status, **extra, **empty)

    answers = [(client.get(address_of(row)).status_code, press(row).status_code) for row in (public, hidden)]

    assert answers == [(200, 303), (404, 404)]
    assert (counted(public), counted(hidden)) == ((1, 0), (0, 0))


def test_a_question_that_is_called_helpful_keeps_its_page(client: Client) -> None:
    question = make_question(Status.PUBLISHED, title="Helpful")

    address = question.get_absolute_url()

    assert (address, client.get(address).status_code) == (f"/en/questions/{question.pk}/helpful/", 200)


def test_only_what_everyone_sees_is_a_change() -> None:
    question = make_question(Status.PUBLISHED)
    Change.objects.all().delete()

    press(question, is_helpful="no")
    unseen = list(Change.objects.values_list("key", flat=True))
    press(question, "192.0.2.2")

    assert unseen == []
    assert list(Change.objects.values_list("key", flat=True)) == [f"question:{question.pk}"]


def test_no_address_is_kept() -> None:
    question = make_question(Status.PUBLISHED)

    press(question)

    kept = set(RateCount.objects.values_list("scope", flat=True))
    assert kept == {"helpful.form", "helpful.hour", f"helpful.{question.pk}"}
    assert not RateCount.objects.filter(visitor__contains="192.0.2.1").exists()


def test_staff_read_both_numbers(client: Client) -> None:
    question = make_question(Status.PUBLISHED, helpful=12, unhelpful=7)
    client.force_login(make_user(role="moderator"))

    page = read(client, reverse("admin:faq_question_change", args=[question.pk]))

    boxes = [box.words for box in page.every("div", "fieldBox")]
    assert [words for words in boxes if "helpful" in words] == ["Found helpful: 12", "Found not helpful: 7"]


@given(
    choice=st.text(st.characters(codec="utf-8"), max_size=20), key=st.text(st.characters(codec="utf-8"), max_size=60)
)
@settings(max_examples=30, deadline=None)
def test_whatever_is_sent_is_counted_or_said(choice: str, key: str) -> None:
    question = make_question(Status.PUBLISHED)

    responses = [press(question, is_helpful=choice), press(question, form_key=key)]

    expected = 303 if choice in {"yes", "no"} else 400
    assert [response.status_code for response in responses] == [expected, 400]
