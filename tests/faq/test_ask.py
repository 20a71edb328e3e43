"""Asking without an account."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from faq.choices import ForWhom
from faq.models import IntakeValue, Question, SealedText
from people.models import IntakeField
from people.visitors import new_key
from tests.factories import make_consent, make_department, make_intake_field, make_question
from tests.faq.sent import BODY, TITLE, ask_form, send, ticket_of

pytestmark = pytest.mark.django_db


def own_words(question: Question) -> dict[str, object]:
    sealed = SealedText.objects.get(question=question, follow_up=None)
    return sealed.open(by=None, reason="test")


def test_a_sent_question_leads_to_its_private_ticket(client: Client) -> None:
    department = make_department()

    response = send(client, ask_form(department))

    question = Question.objects.get()
    assert (response.status_code, response["Location"]) == (303, f"/en/ticket/{ticket_of(question)}/")
    assert own_words(question) == {"title": TITLE, "body": BODY, "nickname": "jimmy", "email": "", "intake": {}}


def test_what_was_chosen_is_kept_with_the_question(client: Client) -> None:
    department = make_department()
    child = make_consent(ForWhom.CHILD)
    form = ask_form(department, for_whom="child", consent_seen=str(child.pk), wants_public="no", language="zh-hant")

    send(client, {**form, "age_band": "10-19", "sex": "male", "email": "someone@example.org"})

    question = Question.objects.get()
    chosen = (question.department, question.for_whom, question.consent, question.wants_public, question.language)
    assert chosen == (department, "child", child, False, "zh-hant")
    assert (question.age_band, question.sex) == ("10-19", "male")
    assert own_words(question)["email"] == "someone@example.org"


def test_the_first_step_offers_the_departments_that_take_questions(client: Client) -> None:
    make_consent()
    make_department("skin")
    make_department("heart", is_open=False)

    page = client.get("/en/ask/").content.decode()

    assert 'href="/en/ask/?department=skin"' in page
    assert "?department=heart" not in page


def test_the_page_of_a_form_carries_the_key_with_which_it_is_sent(client: Client) -> None:
    department = make_department()
    form = ask_form(department)

    page = client.get(f"/en/ask/?department={department.slug}")
    response = send(client, {**form, "form_key": page.context["form"].shown_key})

    assert (page.status_code, response.status_code) == (200, 303)


def test_every_wording_of_the_consent_stands_on_the_page(client: Client) -> None:
    department = make_department()
    for whom in ForWhom.values:
        make_consent(whom, text_en=f"Wording for {whom}.")

    page = client.get(f"/en/ask/?department={department.slug}").content.decode()

    assert [f"Wording for {whom}." in page for whom in ForWhom.values] == [True] * 4


def test_without_a_wording_in_force_nothing_is_asked(client: Client) -> None:
    department = make_department()
    make_consent(active_from=timezone.now() + dt.timedelta(days=1))

    first = client.get("/en/ask/").content.decode()
    form = ask_form(department)
    response = send(client, form)

    assert f"?department={department.slug}" not in first
    assert (response.status_code, Question.objects.count()) == (400, 0)


def test_a_wording_that_changed_meanwhile_is_shown_before_it_counts(client: Client) -> None:
    department = make_department()
    form = ask_form(department)
    newer = make_consent(version="2")

    refused = send(client, form)
    accepted = send(client, {**form, "consent_seen": refused.context["form"].shown_consents})

    assert (refused.status_code, list(refused.context["form"].errors)) == (400, ["has_consented"])
    assert (accepted.status_code, Question.objects.get().consent) == (303, newer)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("department", "no-such-department"),
        ("department", None),
        ("for_whom", None),
        ("for_whom", "dog"),
        ("language", "tlh"),
        ("title", "abc"),
        ("title", "x" * 121),
        ("title", "\u200b\u200b\u200b\u200b\u200b"),
        ("body", "too short"),
        ("body", "x" * 5001),
        ("nickname", "x" * 21),
        ("age_band", ""),
        ("age_band", "10**30"),
        ("sex", None),
        ("email", "someone@"),
        ("email", f"{'x' * 250}@example.org"),
        ("wants_public", None),
        ("has_consented", None),
    ],
)
def test_bad_input_is_answered_at_the_field_with_every_word_kept(
    client: Client, field: str, value: str | None
) -> None:
    form = ask_form(make_department(), **{field: value})

    response = send(client, form)

    page = response.content.decode()
    problems = response.context["problems"]
    assert (response.status_code, Question.objects.count()) == (400, 0)
    assert list(response.context["form"].errors) == [field]
    assert f'href="#{problems[0][0]}"' in page
    assert f'id="{problems[0][0]}"' in page
    assert page.count("<title>Error: ") == 1
    kept = [response.context["form"][name].value() for name in ("title", "body", "nickname", "email")]
    assert kept == [form[name] for name in ("title", "body", "nickname", "email")]


@pytest.mark.parametrize(
    "nickname",
    [
        "Dr. Lin",
        "ＤＲ林",
        "d r lin",
        "林醫師",
        "林医生",
        "管理員",
        "admin",
        "Wenyi",
        "問醫小幫手",
        "d\u200br. lin",
        "客服",
        "Doctor",
    ],
)
def test_a_nickname_that_looks_like_staff_is_refused(client: Client, nickname: str) -> None:
    response = send(client, ask_form(make_department(), nickname=nickname))

    assert (response.status_code, list(response.context["form"].errors)) == (400, ["nickname"])


@pytest.mark.parametrize("nickname", ["", "小美", "Andrew", "drizzle", "Sandra", "阿公", "jimmy 1950"])
def test_other_nicknames_are_taken(client: Client, nickname: str) -> None:
    response = send(client, ask_form(make_department(), nickname=nickname))

    assert response.status_code == 303
    assert Question.objects.get().nickname == nickname


def test_what_nobody_sees_in_a_nickname_is_taken_out(client: Client) -> None:
    send(client, ask_form(make_department(), nickname="ji\u202emmy\u2066"))

    assert Question.objects.get().nickname == "jimmy"


def test_a_filled_trap_is_said_and_not_swallowed(client: Client) -> None:
    form = ask_form(make_department(), homepage="https://spam.example/")

    refused = send(client, form)
    accepted = send(client, {**form, "homepage": ""})

    assert (refused.status_code, len(refused.context["problems"])) == (400, 1)
    assert "https://spam.example/" not in refused.content.decode()
    assert (accepted.status_code, Question.objects.count()) == (303, 1)


# The department's own fields


def test_the_departments_own_fields_are_asked_and_kept(client: Client) -> None:
    department = make_department()
    weight = make_intake_field(department, "weight", kind=IntakeField.Kind.NUMBER, unit="kg")
    smokes = make_intake_field(
        department,
        "smokes",
        kind=IntakeField.Kind.CHOICE,
        choices_en="Yes\nNo",
        choices_zh_hant="是\n否",
        is_public=True,
    )
    make_intake_field(department, "remark")

    send(client, ask_form(department, intake_weight="６５.５ KG", intake_smokes="No", intake_remark=""))

    kept = [(value.field, value.value, value.is_public) for value in IntakeValue.objects.order_by("pk")]
    assert kept == [(weight, "65.5", False), (smokes, "No", True)]
    assert own_words(Question.objects.get())["intake"] == {"weight": "65.5", "smokes": "No"}


@pytest.mark.parametrize(
    ("kind", "value"),
    [("number", "heavy"), ("number", "1" * 30), ("choice", "Perhaps"), ("text", "x" * 201), ("text", "")],
)
def test_a_field_of_the_department_says_what_is_wrong(client: Client, kind: str, value: str) -> None:
    department = make_department()
    lists = {"choices_en": "Yes\nNo", "choices_zh_hant": "是\n否"} if kind == "choice" else {}
    make_intake_field(department, "weight", kind=kind, is_required=True, **lists)

    response = send(client, ask_form(department, intake_weight=value))

    assert (response.status_code, list(response.context["form"].errors)) == (400, ["intake_weight"])
    assert response.context["form"]["intake_weight"].value() == value


def test_changing_the_department_keeps_every_word(client: Client) -> None:
    first, second = make_department(), make_department()
    make_intake_field(second, "height")
    form = ask_form(first, email="someone@example.org", step="department")

    response = send(client, {**form, "department": second.slug})

    shown = response.context["form"]
    words = ("title", "body", "nickname", "email", "age_band", "sex", "for_whom", "wants_public")
    assert (response.status_code, response.context["problems"], Question.objects.count()) == (200, [], 0)
    assert [shown[name].value() for name in words] == [form[name] for name in words]
    assert (shown.shown_key, [field.name for field in shown.intake_fields]) == (form["form_key"], ["intake_height"])


def test_a_department_changed_in_passing_shows_its_fields_first(client: Client) -> None:
    first, second = make_department(), make_department()
    make_intake_field(second, "height")
    form = ask_form(first)

    asked_back = send(client, {**form, "department": second.slug})
    accepted = send(client, {**form, "department": second.slug, "shown_for": second.slug, "intake_height": "170"})

    assert (asked_back.status_code, list(asked_back.context["form"].errors)) == (400, ["department"])
    assert (accepted.status_code, Question.objects.get().department) == (303, second)


# Closed and full departments


def test_a_closed_department_says_so_before_anything_is_written(client: Client) -> None:
    make_consent()
    department = make_department(is_open=False, reopens_on=dt.date(2099, 5, 1))
    make_department("skin")

    response = client.get(f"/en/ask/?department={department.slug}")

    page = response.content.decode()
    assert f"{department.name} takes no questions at the moment." in page
    assert 'href="/en/ask/?department=skin"' in page


def test_a_department_that_closed_meanwhile_keeps_the_words_and_offers_others(client: Client) -> None:
    department, other = make_department(), make_department()
    form = ask_form(department)
    department.is_open = False
    department.save()

    refused = send(client, form)
    accepted = send(client, {**form, "department": other.slug})

    shown = refused.context["form"]
    assert (refused.status_code, list(shown.errors), shown["body"].value()) == (400, ["department"], BODY)
    assert [str(choice[0]) for choice in shown["department"].field.choices] == [department.slug, other.slug]
    assert (accepted.status_code, Question.objects.get().department) == (303, other)


def test_the_daily_quota_counts_todays_questions_of_the_department_alone(client: Client) -> None:
    department = make_department(daily_quota=2)
    make_question(department=department, asked_on=timezone.localdate() - dt.timedelta(days=1))
    make_question(department=department, source="archive", external_id="1")
    make_question()
    make_question(department=department)

    second = send(client, ask_form(department))
    third = send(client, ask_form(department))

    assert (second.status_code, third.status_code) == (303, 400)
    assert list(third.context["form"].errors) == ["department"]


def test_listing_the_departments_costs_the_same_however_many_have_a_quota(client: Client) -> None:
    make_consent()
    make_department(daily_quota=2)
    with CaptureQueriesContext(connection) as few:
        client.get("/en/ask/")
    for _number in range(3):
        make_question(department=make_department(daily_quota=1))

    with CaptureQueriesContext(connection) as more:
        client.get("/en/ask/")

    assert len(more) == len(few)


def test_an_unknown_department_is_not_found_and_the_others_are_offered(client: Client) -> None:
    make_consent()
    make_department("skin")

    response = client.get("/en/ask/", {"department": "10" * 30})

    assert response.status_code == 404
    assert 'href="/en/ask/?department=skin"' in response.content.decode()


# Sent twice


def test_the_same_form_sent_twice_makes_one_question_and_shows_the_same_ticket(client: Client) -> None:
    form = ask_form(make_department())

    first = send(client, form)
    second = send(client, form)

    assert (first.status_code, second.status_code) == (303, 303)
    assert (first["Location"], Question.objects.count()) == (second["Location"], 1)


@pytest.mark.django_db(transaction=True)
def test_a_form_sent_many_times_at_the_same_moment_makes_one_question() -> None:
    form = ask_form(make_department())

    def press(_number: int) -> str:
        try:
            return str(send(Client(), form)["Location"])
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        addresses = set(threads.map(press, range(8)))

    assert (len(addresses), Question.objects.count()) == (1, 1)


def test_a_repeat_is_answered_even_where_nothing_more_is_taken(client: Client, settings: Settings) -> None:
    settings.RATE_LIMIT_SCALE = 0.2
    department = make_department(daily_quota=1)
    form = ask_form(department)
    first = send(client, form)
    department.is_open = False
    department.save()

    again = send(client, form)

    assert (again.status_code, again["Location"]) == (303, first["Location"])


def test_a_form_changed_after_it_was_sent_says_what_was_saved(client: Client) -> None:
    form = ask_form(make_department())
    first = send(client, form)

    changed = send(client, {**form, "body": f"{BODY} And my hands."})

    shown = changed.context["form"]
    assert (changed.status_code, Question.objects.count()) == (409, 1)
    assert f'href="{first["Location"]}"' in changed.content.decode()
    assert (shown["body"].value(), shown.shown_key == form["form_key"]) == (f"{BODY} And my hands.", False)
    as_new = send(client, {**form, "body": f"{BODY} And my hands.", "form_key": shown.shown_key})
    assert (as_new.status_code, Question.objects.count()) == (303, 2)


@pytest.mark.parametrize("key", ["", "forged", f"{'0' * 32}:1abcde:forged", "é:é:é", ":" * 50])
def test_a_forged_key_gets_the_words_back_with_a_fresh_one(client: Client, key: str) -> None:
    form = ask_form(make_department(), form_key=key)

    refused = send(client, form)
    accepted = send(client, {**form, "form_key": refused.context["form"].shown_key})

    assert (refused.status_code, refused.context["form"]["body"].value()) == (400, BODY)
    assert (accepted.status_code, Question.objects.count()) == (303, 1)


def test_the_key_of_another_form_is_not_taken(client: Client) -> None:
    response = send(client, ask_form(make_department(), form_key=new_key("contact")))

    assert (response.status_code, Question.objects.count()) == (400, 0)


def test_a_key_lives_for_a_day_and_a_repeat_is_known_for_longer(client: Client) -> None:
    department = make_department()
    with time_machine.travel(timezone.now() - dt.timedelta(hours=25)):
        unused, used = ask_form(department), ask_form(department)
        first = send(client, used)

    late = send(client, unused)
    repeat = send(client, used)

    assert (late.status_code, len(late.context["problems"])) == (400, 1)
    assert (repeat.status_code, repeat["Location"]) == (303, first["Location"])


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "http://testserver"}, 303),
        ({"Origin": "https://evil.example"}, 400),
        ({"Origin": "http://[evil"}, 400),
        ({"Origin": "null"}, 303),
        ({"Origin": "null", "Sec-Fetch-Site": "cross-site"}, 400),
        ({"Sec-Fetch-Site": "same-origin"}, 303),
    ],
)
def test_a_form_sent_by_another_site_has_to_be_sent_again_by_hand(
    client: Client, headers: dict[str, str], status: int
) -> None:
    form = ask_form(make_department())

    response = send(client, form, headers=headers)

    assert (response.status_code, Question.objects.count()) == (status, 1 if status == 303 else 0)
    if status == 400:
        assert response.context["form"]["body"].value() == BODY
        assert response.context["form"].shown_key != form["form_key"]


# What the pages are


def test_no_page_of_the_form_sets_a_cookie_or_needs_one(client: Client) -> None:
    department = make_department()
    form = ask_form(department)

    answers = [
        client.get("/en/ask/"),
        client.get(f"/zh-hant/ask/?department={department.slug}"),
        send(client, {**form, "title": ""}),
        send(client, form),
    ]

    assert [answer.status_code for answer in answers] == [200, 200, 400, 303]
    assert [dict(answer.cookies) for answer in answers] == [{}] * 4
    assert [urlsplit(answer.get("Vary", "")).path.lower().count("cookie") for answer in answers] == [0] * 4


def test_pages_with_a_persons_words_are_never_stored(client: Client) -> None:
    form = ask_form(make_department())

    refused = send(client, {**form, "title": ""})

    assert refused["Cache-Control"] == "no-store, private"


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(client: Client, method: str) -> None:
    assert getattr(client, method)("/en/ask/").status_code == 405


def test_marks_in_the_sealed_text_never_reach_the_public_text(client: Client) -> None:
    phone = "0912345678"
    send(client, ask_form(make_department(), title=f"Call {phone}", body=f"My number is {phone}.", nickname=phone))

    question = Question.objects.get()

    assert own_words(question)["nickname"] == phone
    assert [phone in text for text in (question.title, question.body, question.nickname, question.slug)] == [False] * 4


def test_many_hidden_words_do_not_break_a_short_column(client: Client) -> None:
    phones = " ".join(["0912345678"] * 10)

    response = send(client, ask_form(make_department(), title=phones, nickname="a@b.co c@d.co e@f.co"))

    assert response.status_code == 303
    assert own_words(Question.objects.get())["title"] == phones
