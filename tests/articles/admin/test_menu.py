"""Menus and the features of the home page in the admin."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import HomeFeature, MenuItem
from faq.states import Status
from tests.factories import (
    make_article,
    make_department,
    make_feature,
    make_menu_item,
    make_page,
    make_question,
    make_redirect,
    make_topic,
    make_user,
)
from tests.reading import parse

pytestmark = pytest.mark.django_db

MENU = "/admin/articles/menuitem/"
HOME = "/admin/articles/homefeature/"


@pytest.fixture
def desk() -> Client:
    client = Client()
    client.force_login(make_user(role="editor"))
    return client


def rows_of(desk: Client, address: str) -> Any:
    return desk.get(address).context["cl"]


def add(desk: Client, **fields: Any) -> Any:
    sent = {"place": "main", "language": "en", "order": 50, "is_shown": "on", **fields}
    return desk.post(f"{MENU}add/", sent)


def errors(answer: Any) -> list[str]:
    return list(answer.context["adminform"].form.errors)


def test_the_first_button_of_the_list_saves_so_that_enter_in_a_number_does(desk: Client) -> None:
    make_feature(make_article())

    forms = [parse(desk.get(address).text).one("form", id="changelist-form") for address in (MENU, HOME)]

    buttons = [[*form.every("button"), *form.every("input", type="submit")] for form in forms]
    assert [[button["name"] for button in each] for each in buttons] == [["_save"], ["_save"]]


def test_an_editor_puts_entries_in_order_in_the_list_itself(desk: Client) -> None:
    MenuItem.objects.all().delete()
    first, second = make_menu_item("First", order=10), make_menu_item("Second", order=20)
    sent: dict[str, Any] = {"form-TOTAL_FORMS": 2, "form-INITIAL_FORMS": 2, "_save": "Save"}
    for number, (entry, order) in enumerate([(first, 20), (second, 10)]):
        sent |= {f"form-{number}-id": entry.pk, f"form-{number}-order": order, f"form-{number}-is_shown": "on"}

    desk.post(MENU, sent)

    assert [entry.label for entry in MenuItem.objects.shown("en")] == ["Second", "First"]


def test_an_entry_leads_to_a_page_or_an_address(desk: Client) -> None:
    page, other = make_page("about"), make_page("about", "zh-hant")
    known = MenuItem.objects.count()

    refused = [
        add(desk, label="X"),
        add(desk, label="X", page=page.pk, address="/en/topics/"),
        add(desk, label="X", page=other.pk),
        add(desk, address="/en/topics/"),
        add(desk, label="X", address="//evil.example/"),
        add(desk, label="X", address="javascript:alert(1)"),
        add(desk, label="X", address="http://example.org/"),
    ]
    add(desk, page=page.pk)
    add(desk, label="Taiwan CDC", address="https://www.cdc.gov.tw/")

    assert [errors(answer) for answer in refused] == [
        ["address"], ["address"], ["page"], ["label"], ["address"], ["address"], ["address"],
    ]  # fmt: skip
    assert MenuItem.objects.count() == known + 2


def test_the_list_points_out_what_leads_nowhere(desk: Client) -> None:
    MenuItem.objects.all().delete()
    make_department("skin")
    make_redirect("/en/moved", "/en/topics/")
    question, hidden = make_question(Status.PUBLISHED), make_question(Status.ACCEPTED)
    article, topic = make_article(), make_topic(is_public=False)
    draft = make_page("draft", is_public=False)
    expected = {
        "/en/": False,
        "/zh-hant/search/?q=a": False,
        "/en/departments/skin/": False,
        "/en/departments/none/": True,
        "/en/nothing/": True,
        "/en/moved/": False,
        "/nowhere/at/all": True,
        "https://example.org/": False,
        question.get_absolute_url(): False,
        hidden.get_absolute_url(): True,
        article.get_absolute_url(): False,
        topic.get_absolute_url(): True,
        f"/en/articles/{10**30}/": True,
    }
    for address in expected:
        make_menu_item(address=address)

    rows = list(rows_of(desk, MENU).result_list)

    assert {row.address: row.is_dead for row in rows if row.address} == expected
    assert [(row.page, row.is_dead) for row in rows if row.page] == [(draft, True)]  # it has entered the footer
    warnings = [mark.words for mark in parse(desk.get(MENU).text).every("strong", "warning")]
    assert warnings == ["leads nowhere now"] * 7


def test_a_list_costs_the_same_for_few_and_many_entries(desk: Client, django_assert_max_num_queries: Any) -> None:
    make_menu_item(address=make_question(Status.PUBLISHED).get_absolute_url())
    make_menu_item(address="/en/nothing/")
    make_menu_item(page=make_page("about"))
    desk.get(MENU)
    with django_assert_max_num_queries(14) as few:
        desk.get(MENU)

    for number in range(3):
        make_menu_item(address=make_question(Status.PUBLISHED).get_absolute_url())
        make_menu_item(address=f"/en/nothing-{number}/")
        make_menu_item(page=make_page())
    with django_assert_max_num_queries(14) as many:
        desk.get(MENU)

    assert len(many) == len(few)


def test_exactly_one_text_of_the_language_is_featured_once(desk: Client) -> None:
    article, topic, chinese = make_article(), make_topic(), make_article("zh-hant")

    refused = [
        desk.post(f"{HOME}add/", {"language": "en", "order": 1}),
        desk.post(f"{HOME}add/", {"language": "en", "order": 1, "article": article.pk, "topic": topic.pk}),
        desk.post(f"{HOME}add/", {"language": "en", "order": 1, "article": chinese.pk}),
    ]
    desk.post(f"{HOME}add/", {"language": "en", "order": 1, "article": article.pk})
    again = desk.post(f"{HOME}add/", {"language": "en", "order": 1, "article": article.pk})

    assert [errors(answer) for answer in refused] == [["__all__"], ["__all__"], ["article"]]
    assert (HomeFeature.objects.get().article, again.status_code) == (article, 200)


def test_a_feature_whose_text_was_emptied_is_asked_again_and_stays(desk: Client) -> None:
    feature = make_feature(make_article())

    answer = desk.post(f"{HOME}{feature.pk}/change/", {"language": "en", "order": 1, "article": ""})

    assert (answer.status_code, errors(answer)) == (200, ["__all__"])
    assert HomeFeature.objects.get().article == feature.article


def test_the_list_shows_which_features_readers_do_not_see(desk: Client) -> None:
    shown, hidden = make_feature(make_article()), make_feature(make_topic(is_public=False))

    rows = rows_of(desk, HOME)

    assert {row.pk: rows.model_admin.is_readable(row) for row in rows.result_list} == {
        shown.pk: True,
        hidden.pk: False,
    }


def test_a_moderator_features_but_writes_no_menu() -> None:
    client = Client()
    client.force_login(make_user(role="moderator"))

    assert [client.get(address).status_code for address in (HOME, f"{HOME}add/", MENU)] == [200, 200, 404]


def test_an_entry_can_be_taken_away(desk: Client) -> None:
    entry = make_menu_item()

    desk.post(reverse("admin:articles_menuitem_delete", args=[entry.pk]), {"post": "yes"})

    assert not MenuItem.objects.filter(pk=entry.pk).exists()


def test_a_draft_is_featured_by_nobody_and_its_title_told_to_nobody(desk: Client) -> None:
    draft = make_article(title="Not for readers yet", status="draft")

    answer = desk.post(f"{HOME}add/", {"language": "en", "article": draft.pk, "order": 1})

    errors = answer.context["adminform"].form.errors
    assert (answer.status_code, "article" in errors, HomeFeature.objects.count()) == (200, True, 0)
    assert "Not for readers yet" not in answer.content.decode()
