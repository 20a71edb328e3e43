"""The overview: what waits for each role, the oldest of it, and the figures of the departments that concern it."""

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from faq.answered_days import count_answered
from faq.models import AnsweredDay, Question
from faq.states import Status
from people.models import Department, User
from portal.dashboard_charts import HEIGHT, Value, drawn
from portal.dashboard_figures import Waits, figures_of, spoken
from tests.factories import (
    make_answer,
    make_article,
    make_comment,
    make_concept,
    make_department,
    make_physician,
    make_physician_user,
    make_question,
    make_user,
)
from tests.searching import write

pytestmark = pytest.mark.django_db

INDEX = "/admin/"


def board(user: User, address: str = INDEX) -> Any:
    """What the overview shows to an account."""
    client = Client()
    client.force_login(user)
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.context["board"]


def numbers(user: User) -> dict[str, int]:
    """What waits, by its words; what is empty is left out."""
    return {str(each.pile.label): each.count.number for each in board(user)["piles"]}


def waited(question: Question, **ago: float) -> None:
    Question.objects.filter(pk=question.pk).update(waiting_since=timezone.now() - dt.timedelta(**ago))


def answered_on(department: Department, days_ago: int, hours: dict[str, int]) -> None:
    day = timezone.localdate() - dt.timedelta(days=days_ago)
    AnsweredDay.objects.create(department=department, day=day, hours=hours)


def test_a_moderator_sees_what_waits_with_the_way_there_and_the_age_of_the_oldest() -> None:
    make_question(Status.SUBMITTED)
    waited(make_question(Status.SUBMITTED), days=3, minutes=1)
    make_question(Status.ANSWERED)
    make_question(Status.ANSWERED, wants_public=False)
    make_comment(is_approved=False)
    make_concept("Hiccups", is_proposal=True)
    write("Dengue and travel").want_topic(by=make_user())

    piles = board(make_user(role="moderator"))["piles"]

    assert [(str(each.pile.label), each.count.number, each.url) for each in piles] == [
        ("Just in", 2, "/admin/faq/question/moderate/?queue=new"),
        ("Waiting for publication", 1, "/admin/faq/question/moderate/?queue=answered"),
        ("Comments to decide on", 1, "/admin/articles/comment/"),
        ("Topics that are wanted", 1, "/admin/faq/topic/"),
        ("Concepts proposed", 1, "/admin/search/concept/suggestions/"),
    ]
    assert timezone.now() - piles[0].since > dt.timedelta(days=3)


def test_a_physician_sees_what_waits_in_the_own_departments_alone() -> None:
    own, other = make_department("own"), make_department("other")
    for department in (own, other, other):
        make_question(Status.ACCEPTED, department)
        make_answer(make_question(Status.ANSWERED, department), needs_confirmation=True)

    seen = board(make_physician_user(own))

    assert {str(each.pile.label): each.count.number for each in seen["piles"]} == {
        "Waiting for an answer": 1,
        "Answers for a second reading": 1,
    }
    assert [row.department for row in seen["figures"].departments] == [own]
    assert [row.department for row in board(make_user(role="moderator"))["figures"].departments] == [own, other]


def test_a_physician_whom_nobody_has_verified_sees_no_number() -> None:
    department = make_department()
    make_question(Status.ACCEPTED, department)
    user = make_physician_user(department)
    assert numbers(user) == {"Waiting for an answer": 1}
    user.physician.withdraw_verification()

    seen = board(User.objects.get(pk=user.pk))

    assert (seen["piles"], seen["figures"], seen["can_answer"]) == ([], None, False)


@pytest.mark.parametrize(
    ("role", "waits"),
    [
        ("editor", {"Concepts proposed": 1}),
        ("medical_reviewer", {"Articles to review": 1, "Texts whose review is due": 2}),
        ("administrator", {"Physicians to verify": 1}),
    ],
)
def test_every_role_sees_what_is_its_business(role: str, waits: dict[str, int]) -> None:
    due = timezone.localdate() - dt.timedelta(days=3)
    make_question(Status.SUBMITTED)
    make_comment(is_approved=False)
    make_concept("Hiccups", is_proposal=True)
    make_article(review_asked_at=timezone.now())
    make_article(next_review_on=due)
    make_answer(make_question(Status.PUBLISHED), next_review_on=due)
    physician = make_physician(user=make_user(role="physician"))
    physician.withdraw_verification()

    assert numbers(make_user(role=role)) == waits


@pytest.mark.parametrize("role", ["editor", "medical_reviewer"])
def test_figures_of_departments_are_for_those_who_answer_or_see_to_it(role: str) -> None:
    answered_on(make_department(), 1, {"5": 1})
    assert board(make_user(role="administrator"))["figures"].total == 1

    assert board(make_user(role=role))["figures"] is None


def test_the_table_says_what_waits_and_what_was_answered_in_four_weeks() -> None:
    busy, quiet, done = (make_department(slug) for slug in ("busy", "quiet", "done"))
    waited(make_question(Status.ACCEPTED, busy), days=2)
    waited(make_question(Status.NEEDS_INFO, busy), days=5)
    make_question(Status.SUBMITTED, busy)
    answered_on(busy, 29, {"1": 7})
    answered_on(busy, 27, {"5": 2, "30": 1})
    answered_on(done, 1, {"100": 1})

    figures = figures_of([busy, quiet, done], 12)

    rows = [(row.department, row.waiting, row.answered, row.median) for row in figures.departments]
    assert rows == [(busy, 2, 3, "5 hours"), (done, 0, 1, "4 days")]
    assert figures.quiet == [quiet]


def test_the_chart_and_its_table_have_the_same_weeks_and_numbers() -> None:
    department = make_department()
    today = timezone.localdate()
    answered_on(department, today.weekday(), {"3": 2})
    answered_on(department, today.weekday() + 1, {"50": 1})
    answered_on(department, today.weekday() + 7, {"48": 3})

    figures = figures_of([department], 12)

    assert [row.answered for row in figures.weeks] == [0] * 10 + [4, 2]
    assert [bar.value.number for bar in figures.answered.bars] == [0] * 10 + [4, 2]
    assert [(row.median, row.most) for row in figures.weeks[-2:]] == [("2 days", "2 days"), ("3 hours", "3 hours")]
    assert [bar.value.text for bar in figures.times.bars[-2:]] == ["2", "0.1"]
    assert figures.weeks[-1].monday == today - dt.timedelta(days=today.weekday())


@pytest.mark.parametrize(("typed", "span"), [("", 12), ("12", 12), ("26", 26), ("27", 12), ("x", 12), ("1" * 99, 12)])
def test_the_charts_show_one_of_two_spans(typed: str, span: int) -> None:
    make_department()

    figures = board(make_user(role="moderator"), f"{INDEX}?weeks={typed}")["figures"]

    assert (figures.span, len(figures.weeks), len(figures.answered.bars)) == (span, span, span)


def test_a_chart_is_a_picture_with_a_name_and_words_and_no_style() -> None:
    answered_on(make_department(), 0, {"5": 2})
    client = Client()
    client.force_login(make_user(role="moderator"))

    page = client.get(INDEX).content.decode()

    pictures = re.findall(r"<svg role=\"img\" aria-labelledby=\"(\S+)\" aria-describedby=\"(\S+)\"", page)
    assert pictures == [("answered-title", "answered-text"), ("times-title", "times-text")]
    assert '<span id="answered-text">2 in 12 weeks.</span>' in page
    assert re.findall(r"style=", page) == []


@pytest.mark.parametrize("role", ["physician", "moderator", "administrator", "editor", "medical_reviewer"])
def test_the_overview_costs_the_same_for_one_and_for_three_of_everything(
    role: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first = make_department("first")
    user = make_physician_user(first) if role == "physician" else make_user(role=role)
    client = Client()
    client.force_login(user)

    def more(department: Department) -> None:
        for status in (Status.SUBMITTED, Status.ACCEPTED, Status.ANSWERED, Status.PUBLISHED):
            make_question(status, department)
        make_answer(make_question(Status.ANSWERED, department), needs_confirmation=True)
        make_comment(is_approved=False)
        make_article(review_asked_at=timezone.now(), department=department)
        make_concept(is_proposal=True)
        physician = make_physician(departments=[department], user=make_user(role="physician"))
        physician.withdraw_verification()
        answered_on(department, 3, {"5": 1})

    more(first)
    client.get(INDEX)
    with django_assert_num_queries(QUERIES[role]):
        client.get(INDEX)
    for slug in ("second", "third"):
        department = make_department(slug)
        more(department)
        if role == "physician":
            user.physician.departments.add(department)

    with django_assert_num_queries(QUERIES[role]):
        client.get(INDEX)


QUERIES = {"physician": 23, "moderator": 21, "administrator": 12, "editor": 10, "medical_reviewer": 12}
"""Two for each pile, two for the figures, the rest for the session, the permissions and what one did last."""


@pytest.mark.parametrize(
    ("hours", "shown"),
    [(None, "–"), (0, "less than an hour"), (1, "1 hour"), (47, "47 hours"), (48, "2 days"), (60, "2 days")],
)
def test_a_time_is_told_as_people_would(hours: int | None, shown: str) -> None:
    assert spoken(hours) == shown


@pytest.mark.parametrize(
    ("hours", "median", "most"),
    [({}, None, None), ({"5": 1}, 5, 5), ({"1": 1, "9": 1}, 1, 9), ({"1": 9, "9": 1}, 1, 1), ({"2": 1, "3": 2}, 3, 3)],
)
def test_half_and_nine_of_ten_are_told_from_counted_hours(
    hours: dict[str, int], median: int | None, most: int | None
) -> None:
    waits = Waits()
    waits.add(AnsweredDay(hours=hours))

    assert (waits.within(0.5), waits.within(0.9)) == (median, most)


@pytest.mark.parametrize(("highest", "scale"), [(0, 5), (5, 5), (6, 10), (10, 10), (11, 20), (21, 50), (1001, 2000)])
def test_the_scale_of_a_chart_ends_at_a_round_number(highest: float, scale: int) -> None:
    assert drawn([Value("a", "a", highest, "")]).scale == scale


def test_a_bar_is_as_high_as_its_number_and_what_is_little_is_still_seen() -> None:
    chart = drawn([Value("", "", number, "") for number in (0, None, 1000, 1, 500)])

    assert [bar.height for bar in chart.bars] == [0, 0, HEIGHT, 2, HEIGHT // 2]
    assert [bar.is_named for bar in drawn([Value("", "", 1, "")] * 8).bars] == [False, True] * 4


def test_counting_and_showing_go_together() -> None:
    department = make_department()
    question = make_question(Status.ACCEPTED, department)
    question.answer(by=make_physician_user(department), body="Rest.")

    count_answered()

    assert figures_of([department], 12).total == 1
