"""Questions in the admin's list: found by everything that staff know, read with their log, edited nowhere."""

import datetime as dt

import pytest
from django.contrib.admin import site
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from faq.models import Question, SealedText, Ticket
from faq.states import Status
from tests.factories import (
    make_department,
    make_finding,
    make_physician_user,
    make_question,
    make_user,
    submit_question,
)
from tests.faq.moderating import client_of, moderator_client, stored
from text import codes

pytestmark = pytest.mark.django_db

LIST = "admin:faq_question_changelist"
HIDDEN_FROM_PHYSICIANS = {Status.SUBMITTED, Status.IMPORTED, Status.WITHDRAWN, Status.REJECTED}
PAGES = ["change", "history", "delete"]


def listed(client: Client, **query: str) -> set[Question]:
    return set(client.get(reverse(LIST), query).context["cl"].result_list)


def page(name: str, question: Question) -> str:
    return reverse(f"admin:faq_question_{name}", args=[question.pk])


def test_a_physician_s_list_holds_what_was_passed_on_to_the_own_departments() -> None:
    mine = make_department()
    questions = [make_question(status, mine) for status in Status]
    for status in Status:
        make_question(status)

    assert listed(client_of(make_physician_user(mine))) == {
        question for question in questions if question.status not in HIDDEN_FROM_PHYSICIANS
    }


@pytest.mark.parametrize("name", PAGES)
def test_a_question_of_another_department_does_not_exist_for_a_physician(name: str) -> None:
    question = make_question(Status.ACCEPTED)
    client = client_of(make_physician_user(make_department()))

    assert client.get(page(name, question)).status_code == 404


@pytest.mark.parametrize("status", sorted(HIDDEN_FROM_PHYSICIANS))
def test_what_no_moderator_has_passed_on_does_not_exist_for_a_physician(status: str) -> None:
    question = make_question(status)
    client = client_of(make_physician_user(question.department))

    assert client.get(page("change", question)).status_code == 404


def test_a_physician_cannot_act_on_many() -> None:
    question = make_question(Status.ACCEPTED)
    client = client_of(make_physician_user(question.department))
    sent = {"action": "decline_questions", "_selected_action": [question.pk], "is_answered": "1", "reason": "spam"}

    client.post(reverse(LIST), sent)

    assert (client.get(reverse(LIST)).context["action_form"], stored(question).status) == (None, Status.ACCEPTED)


def test_a_physician_cannot_act_on_many_of_another_department() -> None:
    question = make_question(Status.ACCEPTED)
    client = client_of(make_physician_user(make_department()))

    response = client.post(reverse(LIST), {"action": "decline_questions", "_selected_action": [question.pk]})

    assert response.status_code == 404


@pytest.mark.parametrize("role", ["editor", "medical_reviewer", "administrator"])
@pytest.mark.parametrize("name", ["changelist", *PAGES])
def test_the_other_roles_find_no_questions_here(role: str, name: str) -> None:
    question = make_question(Status.PUBLISHED)
    address = reverse(LIST) if name == "changelist" else page(name, question)

    assert client_of(make_user(role=role)).get(address).status_code == 404


@pytest.mark.parametrize("name", ["changelist", *PAGES])
def test_whoever_is_not_signed_in_is_asked_to(client: Client, name: str) -> None:
    question = make_question(Status.PUBLISHED)
    address = reverse(LIST) if name == "changelist" else page(name, question)

    assert client.get(address)["Location"].split("?")[0] == reverse("admin:login")


@pytest.mark.parametrize("name", ["add", "delete"])
def test_nobody_adds_or_deletes_a_question(name: str) -> None:
    question = make_question()
    address = reverse("admin:faq_question_add") if name == "add" else page("delete", question)
    root = make_user(is_superuser=True)

    assert [client_of(root).get(address).status_code, client_of(root).post(address).status_code] == [404, 404]


def test_nobody_edits_a_question_but_by_its_verbs() -> None:
    question = make_question(title="As it was")

    response = moderator_client().post(page("change", question), {"title": "Edited", "status": "published"})

    assert (response.status_code, stored(question).title, stored(question).status) == (404, "As it was", "submitted")


def test_a_question_is_found_by_number_old_number_nickname_and_every_word_of_its_titles() -> None:
    question = make_question(
        Status.PUBLISHED,
        source="archive",
        external_id="193985",
        nickname="jimmy",
        title="Stem cell therapy",
        editorial_title="Lupus and sport",
    )
    make_question(title="Stem", nickname="Anna")
    client = moderator_client()
    terms = [
        str(question.pk),
        f"#{question.pk}",
        "193985",
        "jim",
        "JIMMY",
        "therapy stem",
        "LUPUS",
        "ｌｕｐｕｓ sport",
    ]

    assert [listed(client, q=term) for term in terms] == [{question}] * len(terms)


def test_a_chinese_title_is_found_by_a_part_of_it() -> None:
    question = make_question(title="紅斑性狼瘡可以運動嗎", language="zh-hant")
    make_question(title="頭痛", language="zh-hant")

    assert listed(moderator_client(), q="狼瘡") == {question}


def test_a_ticket_code_in_any_spelling_finds_its_question_and_a_part_of_it_nothing() -> None:
    question = make_question(Status.ACCEPTED)
    make_question()
    code = Ticket.objects.get(question=question).secret or ""
    client = moderator_client()

    found = [listed(client, q=typed) for typed in (code, code.upper(), " ".join(codes.grouped(code)), code[:30])]

    assert found == [{question}, {question}, {question}, set()]


def test_a_search_reaches_only_what_the_account_sees() -> None:
    question = make_question(Status.ACCEPTED, title="Lupus")
    code = Ticket.objects.get(question=question).secret or ""
    client = client_of(make_physician_user(make_department()))

    assert [listed(client, q=term) for term in ("Lupus", str(question.pk), code)] == [set(), set(), set()]


@pytest.mark.parametrize("term", ["%", "_", "'", "\\", "9" * 40, "#", "　", "x" * 500, "a b c d e f g h i j k"])
def test_no_search_breaks_the_list(term: str) -> None:
    make_question(title="Lupus")

    assert listed(moderator_client(), q=term) in (set(), set(Question.objects.all()))


def test_the_list_filters_by_status_department_and_language() -> None:
    question = make_question(Status.ACCEPTED, language="zh-hant")
    make_question(Status.SUBMITTED)
    client = moderator_client()

    found = [
        listed(client, status__exact="accepted"),
        listed(client, department__id__exact=str(question.department_id)),
        listed(client, language__exact="zh-hant"),
    ]

    assert found == [{question}] * 3


def test_a_row_says_how_long_somebody_waits_and_how_many_findings_are_open() -> None:
    question = make_question(waiting_since=timezone.now() - dt.timedelta(days=3, minutes=1))
    make_finding(question)
    make_finding(question, decision="hidden", decided_at=timezone.now())
    client = moderator_client()

    row = client.get(reverse(LIST)).context["cl"].result_list[0]
    page_of_list = client.get(reverse(LIST)).content.decode()

    assert row.findings_open == 1
    assert '<td class="field-waiting">3\xa0days</td>' in page_of_list
    assert '<td class="field-open_findings">1</td>' in page_of_list


def test_the_list_costs_the_same_for_one_and_for_many_rows() -> None:
    client = moderator_client()
    make_finding(make_question())
    client.get(reverse(LIST))
    with CaptureQueriesContext(connection) as one:
        client.get(reverse(LIST))
    department = Question.objects.get().department
    for _number in range(9):
        make_finding(make_question(department=department))

    with CaptureQueriesContext(connection) as many:
        client.get(reverse(LIST))

    assert len(many) == len(one)


def test_the_log_stands_under_the_question_and_the_openings_only_before_moderators() -> None:
    question = make_question(Status.ACCEPTED)
    moderator = make_user(role="moderator")
    question.retitle("Lupus", by=moderator)
    SealedText.objects.get(question=question).open(by=moderator, reason="To check a name")

    for_moderator = client_of(moderator).get(page("change", question))
    for_physician = client_of(make_physician_user(question.department)).get(page("change", question))

    assert [event.act for event in for_moderator.context["events"]] == ["retitle", "submit"]
    assert [event.act for event in for_physician.context["events"]] == ["retitle", "submit"]
    assert "To check a name" in for_moderator.content.decode()
    assert "To check a name" not in for_physician.content.decode()
    assert "Who opened the sealed words" not in for_physician.content.decode()


def test_what_is_sealed_is_on_no_page_of_a_physician() -> None:
    question = submit_question(title="0912-345-678", body="Write to a@example.org", nickname="0987-654-321")
    Question.objects.update(status=Status.ACCEPTED)
    client = client_of(make_physician_user(question.department))

    pages = client.get(reverse(LIST)).content.decode() + client.get(page("change", question)).content.decode()

    assert "phone number hidden" in pages
    assert [marker in pages for marker in ("0912", "a@example.org", "0987")] == [False, False, False]


def test_the_history_of_a_question_is_its_log() -> None:
    question = make_question()

    response = moderator_client().get(page("history", question))

    assert response["Location"] == f"{page('change', question)}#events"


def test_autocomplete_offers_a_physician_only_the_own_departments() -> None:
    make_question(Status.PUBLISHED, title="Lupus elsewhere")
    mine = make_question(Status.PUBLISHED, title="Lupus here")
    request = client_of(make_physician_user(mine.department)).get(reverse(LIST)).wsgi_request
    question_admin = site.get_model_admin(Question)

    rows, _may_repeat = question_admin.get_search_results(request, question_admin.get_queryset(request), "lupus")

    assert set(rows) == {mine}
