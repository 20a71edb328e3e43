"""The moderators' desk: what waits, in which order, whose next item is whose, and who gets in at all."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from faq.admin import moderator_queues
from faq.choices import Urgency
from faq.models import Question, Ticket
from faq.states import Status
from search.models import Concept
from tests.factories import (
    make_answer,
    make_concept,
    make_department,
    make_finding,
    make_follow_up,
    make_physician_user,
    make_question,
    make_topic,
    make_user,
    submit_question,
)
from tests.faq.moderating import DESK, client_of, item, moderator_client, press, stored
from text import codes

pytestmark = pytest.mark.django_db

ADDRESSES = {
    "desk": ["get"],
    "next": ["post"],
    "find": ["post"],
    "undo": ["post"],
    "bulk": ["post"],
    "concepts": ["get"],
    "question": ["get", "post"],
}
DOORS = [(name, method) for name, methods in ADDRESSES.items() for method in methods]
STRANGERS = ["physician", "editor", "medical_reviewer", "administrator"]


def address_of(name: str, question: Question) -> str:
    return reverse(f"admin:faq_moderator_{name}", args=[question.pk] if name == "question" else [])


def rows_of(client: Client, **query: str) -> list[Question]:
    response = client.get(reverse(DESK), query)
    return [row.question for row in response.context["rows"]]


@pytest.mark.parametrize("role", STRANGERS)
@pytest.mark.parametrize(("name", "method"), DOORS)
def test_whoever_does_not_moderate_finds_nothing_behind_any_door(name: str, method: str, role: str) -> None:
    question = make_question(Status.SUBMITTED)
    stranger = make_physician_user(question.department) if role == "physician" else make_user(role=role)

    response = getattr(client_of(stranger), method)(address_of(name, question), {"pk": question.pk, "act": "accept"})

    assert (response.status_code, stored(question).status) == (404, Status.SUBMITTED)


@pytest.mark.parametrize(("name", "method"), DOORS)
def test_whoever_is_not_signed_in_is_asked_to(client: Client, name: str, method: str) -> None:
    question = make_question(Status.SUBMITTED)

    response = getattr(client, method)(address_of(name, question), {"pk": question.pk, "act": "accept"})

    assert (response.status_code, response["Location"].split("?")[0]) == (302, reverse("admin:login"))


@pytest.mark.parametrize(("name", "method"), DOORS)
def test_a_moderator_gets_in_by_every_door(name: str, method: str) -> None:
    question = make_question(Status.SUBMITTED)
    client = moderator_client()

    response = getattr(client, method)(address_of(name, question), {"pk": question.pk, "act": "accept", "q": "x"})

    assert response.status_code in {200, 302}


@pytest.mark.parametrize("name", ["next", "find", "undo", "bulk"])
def test_what_changes_something_is_no_get(name: str) -> None:
    assert moderator_client().get(address_of(name, make_question())).status_code == 405


def test_the_most_urgent_comes_first_then_who_has_waited_longest() -> None:
    now = timezone.now()
    young = make_question(waiting_since=now)
    old = make_question(waiting_since=now - dt.timedelta(days=2))
    urgent = make_question(waiting_since=now, urgency=Urgency.URGENT)

    assert rows_of(moderator_client()) == [urgent, old, young]


def test_each_queue_holds_what_belongs_there_and_nothing_else() -> None:
    everything = {status: make_question(status) for status in Status}
    make_question(Status.ANSWERED, wants_public=False)
    make_finding(everything[Status.IMPORTED], basis="public")
    make_question(Status.IMPORTED)
    make_follow_up(everything[Status.PUBLISHED], is_accepted=False)
    make_follow_up(everything[Status.CLOSED])
    vague = make_question(Status.PUBLISHED, title="Please help!")
    client = moderator_client()

    shown = {name: rows_of(client, queue=name) for name in moderator_queues.QUEUES}

    assert shown == {
        "new": [everything[Status.SUBMITTED]],
        "answered": [everything[Status.ANSWERED]],
        "archive": [everything[Status.IMPORTED]],
        "follow_ups": [everything[Status.PUBLISHED]],
        "titles": [vague],
    }


def test_an_archive_thread_stays_on_the_desk_until_it_is_published() -> None:
    moderator = make_user(role="moderator")
    question = make_question(Status.IMPORTED, body="Call 0912-345-678.")
    make_answer(question)
    question.decide(make_finding(question, "0912-345-678", basis="public"), show=False, by=moderator)
    client = client_of(moderator)

    before = rows_of(client, queue="archive")
    press(client, question, "publish_next", queue="archive")

    assert (before, rows_of(client, queue="archive")) == ([question], [])


def test_a_queue_that_there_is_not_is_404() -> None:
    assert moderator_client().get(reverse(DESK), {"queue": "everything"}).status_code == 404


@pytest.mark.parametrize("after", ["x", "9" * 30, "-1", "0"])
def test_a_malformed_place_in_the_queue_does_no_harm(after: str) -> None:
    make_question()

    assert moderator_client().get(reverse(DESK), {"after": after}).status_code in {200, 404}


def test_the_numbers_of_the_queues_are_counted_no_further_than_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("faq.paging.COUNTED_TO", 2)
    for _number in range(3):
        make_question()

    tabs = moderator_client().get(reverse(DESK)).context["tabs"]

    assert (tabs[0][1].number, tabs[0][1].is_more) == (2, True)


def test_a_long_queue_is_read_page_by_page_and_shows_each_question_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moderator_queues, "PAGE", 2)
    same_moment = timezone.now()
    waiting = [make_question(waiting_since=same_moment, urgency=number % 2) for number in range(5)]
    client = moderator_client()
    seen: list[Question] = []
    query: dict[str, str] = {}
    while True:
        context = client.get(reverse(DESK), query).context
        seen += [row.question for row in context["rows"]]
        if not context["more"]:
            break
        query = {"after": str(context["more"])}

    assert seen == sorted(waiting, key=lambda question: (-question.urgency, question.pk))


def test_a_row_says_what_was_found_and_what_is_suggested() -> None:
    lupus = make_concept("lupus")
    home = make_department()
    make_topic(lupus, home)
    question = submit_question(title="lupus", body="Call 0912-345-678 or 0987-654-321")

    row = moderator_client().get(reverse(DESK)).context["rows"][0]

    assert (row.question, row.findings, [tag.concept for tag in row.tags], row.department) == (
        question,
        ["mobile number × 2"],
        [lupus],
        home,
    )


def test_a_department_that_is_right_already_is_not_suggested() -> None:
    home = make_department()
    make_topic(make_concept("lupus"), home)
    make_question(department=home, title="lupus")

    assert moderator_client().get(reverse(DESK)).context["rows"][0].department is None


@pytest.mark.parametrize("queue", ["new", "answered", "archive", "follow_ups", "done"])
def test_the_desk_costs_the_same_for_one_and_for_ten_rows(queue: str, django_assert_num_queries: Any) -> None:
    moderator = make_user(role="moderator")
    client = client_of(moderator)

    def add() -> None:
        question = make_question(Status.SUBMITTED, title="lupus")
        make_finding(question)
        make_finding(make_question(Status.IMPORTED, title="lupus"), basis="public")
        make_follow_up(make_question(Status.PUBLISHED), is_accepted=False)
        make_question(Status.ANSWERED, title="lupus")
        question.retitle("lupus", by=moderator)

    make_topic(make_concept("lupus"))
    add()
    client.get(reverse(DESK), {"queue": queue})
    with CaptureQueriesContext(connection) as one:
        client.get(reverse(DESK), {"queue": queue})
    for _number in range(9):
        add()

    with django_assert_num_queries(len(one)):
        client.get(reverse(DESK), {"queue": queue})


def test_next_holds_the_first_free_question_for_me() -> None:
    moderator = make_user(role="moderator")
    first, _second = make_question(), make_question()

    response = client_of(moderator).post(reverse("admin:faq_moderator_next"))

    assert response["Location"] == item(first)
    assert stored(first).held_by == moderator


def test_two_moderators_get_two_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moderator_queues, "TRIED", 1)
    first, second = make_question(), make_question()
    clients = [moderator_client(), moderator_client()]

    locations = [client.post(reverse("admin:faq_moderator_next"))["Location"] for client in clients]

    assert locations == [item(first), item(second)]


def test_next_goes_on_with_what_i_hold() -> None:
    moderator = make_user(role="moderator")
    make_question()
    mine = make_question()
    mine.hold(by=moderator)

    response = client_of(moderator).post(reverse("admin:faq_moderator_next"))

    assert response["Location"] == item(mine)


def test_a_hold_that_has_run_out_is_free() -> None:
    question = make_question()
    question.hold(by=make_user(role="moderator"))
    Question.objects.update(hold_expires_at=timezone.now() - dt.timedelta(seconds=1))

    response = moderator_client().post(reverse("admin:faq_moderator_next"))

    assert response["Location"] == item(question)


def test_next_with_nothing_waiting_leads_to_the_desk() -> None:
    make_question(Status.ACCEPTED)

    response = moderator_client().post(reverse("admin:faq_moderator_next"))

    assert response["Location"] == f"{reverse(DESK)}?queue=new"


def test_skipping_goes_round_the_queue_and_gives_each_question_back() -> None:
    questions = [make_question() for _number in range(3)]
    client = moderator_client()
    client.post(reverse("admin:faq_moderator_next"))

    visited = []
    for question in [*questions, questions[0]]:
        visited.append(press(client, question, "skip")["Location"])

    assert visited == [item(questions[at]) for at in (1, 2, 0, 1)]
    assert list(Question.objects.filter(held_by__isnull=False)) == [questions[1]]


def test_accepting_goes_on_behind_what_was_skipped() -> None:
    _skipped, second, third = make_question(), make_question(), make_question()

    response = press(moderator_client(), second, "accept_next")

    assert response["Location"] == item(third)


def test_another_queue_goes_on_in_itself() -> None:
    make_question()
    concept = make_concept()
    first, second = (make_question(Status.ANSWERED, concepts=[concept]) for _number in range(2))

    response = press(moderator_client(), first, "publish_next", queue="answered")

    assert response["Location"] == f"{item(second)}?queue=answered"


@pytest.mark.parametrize(
    "spelling", [str.upper, str.lower, lambda code: " ".join(codes.grouped(code)), "　{}　".format]
)
def test_a_ticket_code_in_any_spelling_finds_its_question_and_reaches_no_address(spelling: Any) -> None:
    make_question()
    question = make_question(Status.ACCEPTED)
    code = Ticket.objects.get(question=question).secret or ""

    response = moderator_client().post(reverse("admin:faq_moderator_find"), {"q": spelling(code)})

    assert response["Location"] == item(question)


def test_a_ticket_code_of_nobody_is_not_put_into_an_address() -> None:
    code = codes.encode(b"x" * 20)

    response = moderator_client().post(reverse("admin:faq_moderator_find"), {"q": code})

    assert code not in response["Location"]


def test_a_number_leads_to_the_question_and_words_to_the_list() -> None:
    question = make_question()
    client = moderator_client()

    found = [
        client.post(reverse("admin:faq_moderator_find"), {"q": typed})["Location"]
        for typed in (str(question.pk), "9" * 17, "stem cells")
    ]

    changelist = reverse("admin:faq_question_changelist")
    assert found == [item(question), f"{changelist}?q={'9' * 17}", f"{changelist}?q=stem+cells"]


def test_what_i_did_last_is_listed_with_a_way_back() -> None:
    moderator, colleague = make_user(role="moderator"), make_user(role="moderator")
    mine, theirs, built_on = make_question(), make_question(), make_question()
    theirs.accept(by=colleague)
    built_on.accept(by=moderator)
    built_on.retitle("Lupus", by=colleague)
    mine.accept(by=moderator)

    acts = client_of(moderator).get(reverse(DESK), {"queue": "done"}).context["last_acts"]

    assert [(act.question, act.act, act.is_undoable) for act in acts] == [
        (mine, "accept", True),
        (built_on, "accept", False),
    ]


def test_my_last_act_is_undone_from_the_list() -> None:
    moderator = make_user(role="moderator")
    question = make_question()
    question.accept(by=moderator)

    response = client_of(moderator).post(reverse("admin:faq_moderator_undo"), {"pk": question.pk})

    assert (response["Location"], stored(question).status) == (item(question), Status.SUBMITTED)


def test_an_act_of_somebody_else_is_not_undone() -> None:
    question = make_question()
    question.accept(by=make_user(role="moderator"))

    client = moderator_client()
    client.post(reverse("admin:faq_moderator_undo"), {"pk": question.pk})

    assert stored(question).status == Status.ACCEPTED


@pytest.mark.parametrize("pk", ["", "x", "9" * 40, "0"])
def test_undoing_on_no_question_is_404(pk: str) -> None:
    assert moderator_client().post(reverse("admin:faq_moderator_undo"), {"pk": pk}).status_code == 404


def test_concepts_are_offered_in_the_language_of_the_page_with_the_other_beside_it() -> None:
    lupus = make_concept("Lupus", "狼瘡", kind=Concept.Kind.DISEASE)
    make_concept("Gout", "痛風")
    client = moderator_client()

    offered = [
        client.get(reverse("admin:faq_moderator_concepts"), {"q": typed}, headers={"accept-language": "en"}).json()
        for typed in ("lup", "狼", "")
    ]

    offer = {"id": lupus.pk, "label": "Lupus", "other": "狼瘡", "kind": "disease"}
    assert offered == [{"concepts": [offer]}, {"concepts": [offer]}, {"concepts": []}]
