"""The private ticket page: found by its code, read by the asker, told to nobody."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from faq.choices import DeclineReason
from faq.models import Answer, Question, SealedAccess, SealedText, Ticket
from faq.states import Status
from faq.ticket_page import segments
from tests.factories import (
    make_answer,
    make_department,
    make_follow_up,
    make_intake_field,
    make_question,
    make_user,
    submit_question,
)
from tests.faq.sent import ticket_address, ticket_of
from text import codes

pytestmark = pytest.mark.django_db

HEADERS = {
    "Cache-Control": "no-store, private",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}


def read(client: Client, question: Question) -> str:
    response = client.get(ticket_address(question))
    assert response.status_code == 200
    return response.content.decode()


# Finding it


@pytest.mark.parametrize(
    "spelt",
    [
        lambda code: code,
        lambda code: code.upper(),
        lambda code: " ".join(codes.grouped(code)),
        lambda code: "－".join(codes.grouped(code)),
        lambda code: "".join(chr(ord(character) + 0xFEE0) for character in code),
        lambda code: f"http://testserver/zh-hant/ticket/{code}/?done=add",
        lambda code: f"\n\t {code} ",
    ],
)
def test_a_code_is_found_however_it_is_typed(client: Client, spelt: object) -> None:
    question = submit_question()

    response = client.post("/en/ticket/", {"code": spelt(ticket_of(question))})  # type: ignore[operator]

    assert (response.status_code, response["Location"]) == (303, ticket_address(question))


@pytest.mark.parametrize("spelt", [str.upper, lambda code: " ".join(codes.grouped(code))])
def test_an_address_typed_by_hand_leads_to_the_right_one(client: Client, spelt: object) -> None:
    question = submit_question()

    response = client.get(f"/en/ticket/{spelt(ticket_of(question))}/")  # type: ignore[operator]

    assert (response.status_code, response["Location"]) == (302, ticket_address(question))


def test_an_unknown_and_an_expired_code_get_the_same_answer_with_the_form(client: Client) -> None:
    question = submit_question()
    secret = ticket_of(question)
    Ticket.objects.update(expires_at=timezone.now() - dt.timedelta(seconds=1))

    answers = [
        client.get(f"/en/ticket/{secret}/"),
        client.get(f"/en/ticket/{'7' * 32}/"),
        client.post(f"/en/ticket/{secret}/add/", {"body": "words"}),
        client.post("/en/ticket/", {"code": secret}),
        client.post("/en/ticket/", {"code": "7" * 32}),
    ]

    assert [answer.status_code for answer in answers] == [404] * 5
    pages = {answer.content.decode().replace(secret, "code").replace("7" * 32, "code") for answer in answers[3:]}
    assert len(pages) == 1
    assert [answer.context["problems"] for answer in answers] == [answers[0].context["problems"]] * 5


def test_an_empty_search_says_what_to_type(client: Client) -> None:
    response = client.post("/en/ticket/", {"code": " "})

    assert (response.status_code, list(response.context["form"].errors)) == (400, ["code"])


@given(code=st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=60))
@settings(max_examples=40, deadline=None)
def test_whatever_is_typed_as_a_code_is_answered(code: str) -> None:
    assert Client().post("/en/ticket/", {"code": code}).status_code in (400, 404, 429)


@pytest.mark.parametrize("path", ["ticket/x/", "ticket/%F0%9F%98%80/", f"ticket/{'9' * 3000}/", "ticket/x/nonsense/"])
def test_nonsense_in_the_address_is_not_found(client: Client, path: str) -> None:
    assert client.get(f"/en/{path}").status_code == 404


# What it is


def test_every_answer_of_the_ticket_is_kept_out_of_caches_referrers_and_search(client: Client) -> None:
    question = submit_question()
    address = ticket_address(question)

    answers = [
        client.get(address),
        client.get(f"{address}withdraw/"),
        client.post(f"{address}add/", {}),
        client.get("/en/ticket/"),
        client.get(f"/en/ticket/{'7' * 32}/"),
        client.post("/en/ticket/", {"code": ticket_of(question)}),
    ]

    assert [answer.status_code for answer in answers] == [200, 200, 400, 200, 404, 303]
    assert [{name: answer[name] for name in HEADERS} for answer in answers] == [HEADERS] * 6
    assert [dict(answer.cookies) for answer in answers] == [{}] * 6
    assert '<meta name="robots" content="noindex' in answers[0].content.decode()


def test_the_address_is_in_no_link_that_leads_elsewhere(client: Client) -> None:
    question = submit_question()
    secret = ticket_of(question)

    page = read(client, question)

    links = re.findall(r'(?:href|src|action)="([^"]*)"', page)
    with_secret = [link for link in links if secret in link]
    assert len(with_secret) > 1
    assert [link for link in with_secret if not link.startswith(("/en/ticket/", "/zh-hant/ticket/"))] == []
    assert 'rel="canonical"' not in page


def test_a_new_ticket_offers_every_way_of_keeping_it(client: Client) -> None:
    question = submit_question()
    secret = ticket_of(question)

    page = read(client, question)

    groups = '</span> <span class="code__group">'.join(codes.grouped(secret))
    assert '<details class="card keep" id="keep" open>' in page
    assert groups in page
    assert f'data-copy="http://testserver{ticket_address(question)}"' in page
    assert page.count("data-print") == 1
    assert '<svg class="qr"' in page


def test_later_the_way_back_is_still_there_but_folded(client: Client) -> None:
    question = submit_question()
    Ticket.objects.update(created_at=timezone.now() - dt.timedelta(days=2))

    page = read(client, question)

    assert '<details class="card keep" id="keep">' in page


def test_reading_a_ticket_is_logged_like_every_opening_of_sealed_text(client: Client) -> None:
    question = submit_question()

    read(client, question)

    assert SealedAccess.objects.get().reason == "the asker's ticket"


# What it shows


def test_the_own_words_stand_beside_the_public_ones(client: Client) -> None:
    question = submit_question(body="Call me: 0912345678, thanks.")

    page = read(client, question)

    assert "Call me: <mark>0912345678</mark>, thanks." in page
    assert "<p>Call me: [phone number hidden], thanks.</p>" in page


def test_what_people_write_is_escaped(client: Client) -> None:
    question = submit_question(title="<b>Title</b>", body="<script>alert(1)</script>", nickname="<i>me</i>")

    page = read(client, question)

    assert [page.count(mark) for mark in ("<b>Title", "<script>alert", "<i>me")] == [0, 0, 0]
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;") == 2


def test_words_that_were_erased_leave_the_public_text(client: Client) -> None:
    question = submit_question()
    SealedText.objects.all().delete()

    page = read(client, question)

    assert page.count("I have had joint pain for three weeks.") == 1


def test_a_confirmed_answer_is_shown_before_it_is_public(client: Client) -> None:
    question = make_question(Status.ANSWERED)
    Answer.objects.update(body="Drink water.", body_html="<p>Drink water.</p>")

    assert "<p>Drink water.</p>" in read(client, question)


def test_an_answer_that_waits_for_its_second_reading_is_not_shown(client: Client) -> None:
    question = make_question(Status.ANSWERED)
    Answer.objects.update(body_html="<p>Drink water.</p>", needs_confirmation=True)

    page = read(client, question)

    assert "Drink water." not in page
    assert "A second physician reads it before you do." in page


def test_an_answer_that_was_sent_back_is_not_shown(client: Client) -> None:
    question = make_question(Status.ANSWERED)
    Answer.objects.update(body_html="<p>Drink water.</p>")
    question.send_back(by=make_user(role="moderator"), reason="Too short.")

    page = read(client, question)

    assert "Drink water." not in page
    assert "Too short." not in page


def test_the_physicians_question_is_shown_with_a_form(client: Client) -> None:
    question = make_question(Status.NEEDS_INFO)
    question.events.create(act="ask_asker", who="system", note="Since <when> exactly?")

    page = read(client, question)

    assert "<p>Since &lt;when&gt; exactly?</p>" in page
    assert f'action="{ticket_address(question, "add")}"' in page


def test_a_declined_question_says_why(client: Client) -> None:
    question = make_question(Status.SUBMITTED)
    question.decline(by=make_user(role="moderator"), reason=DeclineReason.OUT_OF_SCOPE, note="Ask the insurance.")

    page = read(client, question)

    assert str(DeclineReason.OUT_OF_SCOPE.label) in page
    assert "Ask the insurance." in page


def test_a_merged_question_leads_to_the_public_one(client: Client) -> None:
    target = make_question(Status.PUBLISHED)
    question = make_question(Status.ACCEPTED)
    question.merge(into=target, by=make_user(role="moderator"))

    page = read(client, question)

    assert f'<a href="{target.get_absolute_url()}">{target.title}</a>' in page


def test_a_merged_question_tells_nothing_about_one_that_is_not_public(client: Client) -> None:
    target = make_question(Status.ACCEPTED, title="Somebody else's secret")
    question = make_question(Status.ACCEPTED)
    question.merge(into=target, by=make_user(role="moderator"))

    page = read(client, question)

    assert "The other question is not public yet." in page
    assert "Somebody else" not in page.replace("Somebody had", "")


def test_a_question_taken_out_of_the_public_says_why(client: Client) -> None:
    question = make_question(Status.PUBLISHED)
    public = read(client, question)
    question.unpublish(by=make_user(role="moderator"), reason="A relative asked for it.")

    page = read(client, question)

    assert (question.get_absolute_url() in public, question.get_absolute_url() in page) == (True, False)
    assert "A relative asked for it." in page


def test_a_follow_up_stands_under_the_answer_in_the_persons_own_words(client: Client) -> None:
    question = make_question(Status.ANSWERED)
    follow_up = make_follow_up(question, body="And my number 0912345678?")
    type(follow_up).objects.update(body="And my number [hidden]?")
    make_answer(question, follow_up=follow_up, body="Never mind.")

    page = read(client, question)

    assert page.count("And my number 0912345678?") == 1
    assert page.index("And my number") < page.index("Never mind.")


def test_the_page_is_there_in_both_languages_and_marks_the_questions_own(client: Client) -> None:
    question = submit_question(language="zh-hant", title="關節疼痛三週", body="膝蓋痛了三個星期,怎麼辦?")

    page = client.get(f"/en/ticket/{ticket_of(question)}/").content.decode()

    assert '<html lang="en">' in page
    assert '<p class="own" lang="zh-Hant">膝蓋痛了三個星期,怎麼辦?' in page


@pytest.mark.parametrize("status", list(Status))
def test_the_ticket_opens_in_every_state(client: Client, status: Status) -> None:
    question = make_question(status)
    if status == Status.IMPORTED:
        Ticket.issue(question)

    assert 'aria-current="step"' in read(client, question)


def test_the_ticket_costs_the_same_with_a_long_thread_but_for_the_sealed_words(
    client: Client, django_assert_max_num_queries: object
) -> None:
    question = make_question(Status.PUBLISHED)
    make_answer(question)
    make_answer(question)

    with django_assert_max_num_queries(20):  # type: ignore[operator]
        read(client, question)


# Cutting a text at what is hidden


def test_a_text_is_cut_at_spans_that_overlap() -> None:
    assert segments("abcdef", [(1, 3), (2, 4), (2, 3)]) == [("a", False), ("bc", True), ("d", True), ("ef", False)]


@given(text=st.text(max_size=20), spans=st.lists(st.tuples(st.integers(0, 19), st.integers(1, 9)), max_size=6))
def test_the_pieces_of_a_text_are_the_text(text: str, spans: list[tuple[int, int]]) -> None:
    pieces = segments(text, [(start, start + length) for start, length in spans])

    hidden = {place for start, length in spans for place in range(start, min(start + length, len(text)))}
    assert "".join(piece for piece, _hidden in pieces) == text
    assert sum(len(piece) for piece, is_hidden in pieces if is_hidden) == len(hidden)


def test_what_the_department_asked_is_read_at_one_cost(client: Client) -> None:
    department = make_department()
    keys = ["weight", "height", "pulse"]
    for key in keys:
        make_intake_field(department, key)
    few = submit_question(department=department, intake={"weight": "65"})
    many = submit_question(department=department, intake=dict.fromkeys(keys, "65"))

    with CaptureQueriesContext(connection) as one:
        read(client, few)
    with CaptureQueriesContext(connection) as three:
        page = read(client, many)

    assert (len(three), page.count("<dd>65</dd>")) == (len(one), 3)
