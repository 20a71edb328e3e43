"""Which department? Three are suggested to who asks, with a script and without, and every word stays."""

import logging
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from playwright.sync_api import expect
from pytest_django.fixtures import Settings

from faq.department_learning import learn
from faq.department_model import model_file
from faq.models import Question
from faq.states import Status
from people.limits import SUGGEST
from people.models import Department, RateCount
from search import classifying
from tests.conftest import OpenPage
from tests.factories import make_concept, make_consent, make_department, make_question
from tests.reading import parse

pytestmark = pytest.mark.django_db

PIECE = "faq:ask_departments"
WORDS = {"title": "Aching tooth", "body": "My tooth has been aching for days."}


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.INDEX_DIR = tmp_path / "index"
    monkeypatch.setattr(classifying, "BUCKETS", 1 << 14)
    classifying.bucket.cache_clear()


@pytest.fixture
def house() -> dict[str, Department]:
    """Three departments with a thread each, of which this machine has learnt, and a wording to agree to."""
    make_consent()
    tooth = make_concept("Tooth", "牙齒")
    found = {}
    for name, words in (("Alpha", "rumbling stomach"), ("Beta", "aching tooth"), ("Gamma", "watering eye")):
        found[name] = make_department(name.lower(), name_en=name, name_zh_hant=f"{name}科")
        concepts = [tooth] if name == "Beta" else []
        make_question(Status.PUBLISHED, found[name], title=f"{words} since monday", body=words * 3, concepts=concepts)
    learn(model_file())
    return found


def post(client: Client, name: str, language: str = "en", **data: str) -> Any:
    with override(language):
        return client.post(reverse(name), data)


def buttons(page: Any) -> list[str]:
    """The departments that can be taken, in their order."""
    parts = page.content.decode().split('value="take:')[1:]
    return [part.partition('"')[0] for part in parts]


def test_what_is_typed_is_answered_with_three_departments_and_a_reason(house: dict[str, Department]) -> None:
    answer = post(Client(enforce_csrf_checks=True), PIECE, **WORDS)

    assert answer.status_code == 200
    assert buttons(answer)[0] == "beta"
    assert len(buttons(answer)) == 3
    assert "because: Tooth" in answer.content.decode()
    assert "<html" not in answer.content.decode()


def test_nothing_of_the_words_is_kept_or_logged(
    house: dict[str, Department], caplog: pytest.LogCaptureFixture
) -> None:
    before = Question.objects.count()

    with caplog.at_level(logging.DEBUG):
        answer = post(Client(), PIECE, title="Secretword", body="My tooth has been aching, Secretword.")

    assert buttons(answer)[0] == "beta"
    assert "no-store" in answer["Cache-Control"]
    assert answer.cookies == {}
    assert "secretword" not in caplog.text.lower()
    assert Question.objects.count() == before
    assert [row.scope for row in RateCount.objects.all()] == ["suggest.hour"]


def test_too_many_pieces_have_to_wait(house: dict[str, Department], settings: Settings) -> None:
    settings.RATE_LIMIT_SCALE = 1 / SUGGEST[0].amount

    answers = [post(Client(), PIECE, **WORDS) for _time in range(2)]

    assert [answer.status_code for answer in answers] == [200, 429]
    assert int(answers[1]["Retry-After"]) > 0


def test_a_page_of_another_site_is_told_nothing(house: dict[str, Department], client: Client) -> None:
    answer = client.post(reverse(PIECE), WORDS, headers={"Origin": "https://elsewhere.example"})

    assert (answer.status_code, answer.content) == (403, b"")


@pytest.mark.parametrize("body", ["", "  "])
def test_a_piece_about_nothing_is_empty(house: dict[str, Department], body: str) -> None:
    assert post(Client(), PIECE, body=body).content.strip() == b""


@pytest.mark.parametrize("body", ["hello", "？？", "asdf qwer", "嗯"])
def test_a_piece_about_words_that_do_not_say_tells_so(house: dict[str, Department], body: str) -> None:
    said = parse(post(Client(), PIECE, body=body).content.decode())

    assert said.words.startswith("Your words do not say yet which department it is.")


def test_the_department_that_is_chosen_is_marked(house: dict[str, Department]) -> None:
    answer = post(Client(), PIECE, department="beta", **WORDS)

    assert "(chosen)" in answer.content.decode()
    assert "beta" not in buttons(answer)


def test_a_closed_department_is_named_and_cannot_be_taken(house: dict[str, Department]) -> None:
    Department.objects.filter(pk=house["Beta"].pk).update(is_open=False)

    answer = post(Client(), PIECE, **WORDS)

    assert "<strong>Beta</strong>" in answer.content.decode()
    assert "takes no questions at the moment" in answer.content.decode()
    assert "beta" not in buttons(answer)


def test_without_a_script_the_first_page_suggests_and_the_words_go_on(
    house: dict[str, Department], client: Client
) -> None:
    suggested = post(client, "faq:ask", step="advice", body="An aching tooth <b>&")
    form = post(client, "faq:ask", step=f"take:{buttons(suggested)[0]}", body="An aching tooth <b>&")

    assert "An aching tooth &lt;b&gt;&amp;</textarea>" in suggested.content.decode()
    assert suggested["Cache-Control"] == form["Cache-Control"] == "no-store, private"
    assert (form.context["form"]["department"].value(), form.context["form"]["body"].value()) == (
        "beta",
        "An aching tooth <b>&",
    )


def test_without_a_script_the_form_suggests_and_every_word_and_the_key_stay(
    house: dict[str, Department], client: Client
) -> None:
    with override("en"):
        page = client.get(reverse("faq:ask"), {"department": "alpha"})
    key = page.context["form"].shown_key
    words = {**WORDS, "nickname": "jimmy", "for_whom": "self", "form_key": key, "shown_for": "alpha"}

    suggested = post(client, "faq:ask", department="alpha", step="advice", **words)
    taken = post(client, "faq:ask", department="alpha", step="take:beta", **words)

    for answer, chosen in ((suggested, "alpha"), (taken, "beta")):
        form = answer.context["form"]
        assert [form[name].value() for name in ("title", "body", "nickname", "department")] == [
            WORDS["title"],
            WORDS["body"],
            "jimmy",
            chosen,
        ]
        assert form.shown_key == key
    assert "beta" in buttons(suggested)
    assert 'name="shown_for" value="beta"' in taken.content.decode()


@pytest.mark.parametrize("step", ["take:", "take:none", "take:../beta", "take:alpha"])
def test_a_department_that_cannot_be_taken_costs_no_word(
    house: dict[str, Department], client: Client, step: str
) -> None:
    Department.objects.filter(slug="alpha").update(is_open=False)

    answer = post(client, "faq:ask", step=step, department="beta", form_key="x", **WORDS)

    assert answer.status_code == 200
    assert answer.context["sentence"] != ""
    assert answer.context["form"]["body"].value() == WORDS["body"]


def test_who_asks_with_a_department_that_is_gone_keeps_every_word(
    house: dict[str, Department], client: Client
) -> None:
    answer = post(client, "faq:ask", step="advice", department="gone", form_key="x", **WORDS)

    assert answer.context["form"]["title"].value() == WORDS["title"]
    assert buttons(answer)[0] == "beta"


def test_words_that_do_not_say_are_told_so(house: dict[str, Department], client: Client) -> None:
    answer = post(client, "faq:ask", step="advice", body="hello")

    assert "Your words do not say yet" in answer.content.decode()


def test_while_nothing_is_learnt_the_page_says_so_and_works(client: Client) -> None:
    make_consent()
    make_department("alpha")

    answer = post(client, "faq:ask", step="advice", body="An aching tooth")

    assert "No department can be suggested at the moment" in answer.content.decode()
    assert 'href="/en/ask/?department=alpha"' in answer.content.decode()


def test_in_chinese_departments_have_their_chinese_names(house: dict[str, Department]) -> None:
    assert "Beta科" in post(Client(), PIECE, language="zh-hant", **WORDS).content.decode()


TYPED = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]))
"""What is malformed is answered with 400 before it comes here (portal.wellformed)."""


@given(st.dictionaries(st.sampled_from(["title", "body", "department", "step", "form_key"]), TYPED, max_size=5))
@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
def test_whatever_is_sent_is_answered(house: dict[str, Department], data: dict[str, str]) -> None:
    RateCount.objects.all().delete()

    assert post(Client(), PIECE, **data).status_code == 200
    assert post(Client(), "faq:ask", **{**data, "step": f"take:{data.get('step', '')}"}).status_code == 200
    assert post(Client(), "faq:ask", **{**data, "step": "advice"}).status_code == 200


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_while_somebody_writes_departments_are_suggested_and_one_press_takes_one(
    house: dict[str, Department], open_page: OpenPage
) -> None:
    page = open_page("/en/ask/?department=alpha")
    page.fill("[name=title]", WORDS["title"])
    page.fill("[name=body]", WORDS["body"])

    page.get_by_role("button", name="Beta").click()

    expect(page.locator("[name=department]")).to_have_value("beta")
    expect(page.locator("[name=title]")).to_have_value(WORDS["title"])
    expect(page.locator("[name=body]")).to_have_value(WORDS["body"])


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_words_that_do_not_say_are_told_so_while_somebody_writes_and_the_focus_stays(
    house: dict[str, Department], open_page: OpenPage
) -> None:
    page = open_page("/en/ask/")

    page.locator("[name=body]").press_sequentially("嗯")

    expect(page.locator("#advice")).to_contain_text("Your words do not say yet", timeout=3000)
    expect(page.locator("[aria-live]")).to_contain_text("Your words do not say yet")
    expect(page.locator("[name=body]")).to_be_focused()
    assert page.locator("[aria-live], [role=status]").count() == 1


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_where_nothing_can_be_asked_just_now_the_button_comes_back(
    house: dict[str, Department], open_page: OpenPage
) -> None:
    page = open_page("/en/ask/?department=alpha")
    page.route("**/ask/departments/", lambda route: route.abort())
    expect(page.locator("[data-advise]")).to_be_hidden()

    page.locator("[name=body]").press_sequentially("My tooth aches")

    expect(page.locator("[data-advise]")).to_be_visible()
