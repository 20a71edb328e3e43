"""The main menu and the footer, as rows."""

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.test import Client

from articles.models import MenuItem, ensure_menus
from search.models import Change
from tests.factories import make_department, make_menu_item, make_page
from tests.reading import links, queries, read

pytestmark = pytest.mark.django_db


def test_a_house_begins_with_the_standard_menus_in_both_languages(client: Client) -> None:
    english, chinese = read(client, "/en/"), read(client, "/zh-hant/")

    assert links(english.one("nav", "site-nav")) == {
        "Departments": "/en/departments/",
        "Topics": "/en/topics/",
        "Articles": "/en/articles/",
        "Search": "/en/search/",
    }
    assert list(links(chinese.one("footer"))) == [":::", "聯絡我們", "網站導覽", "找回我的問題"]


def test_entries_stand_in_their_order_and_hidden_ones_nowhere(client: Client) -> None:
    MenuItem.objects.all().delete()
    make_menu_item("Second", order=20)
    make_menu_item("First", order=10)
    make_menu_item("Hidden", order=5, is_shown=False)
    make_menu_item("Below", "footer")
    make_menu_item("別的語言", language="zh-hant")

    page = read(client, "/en/")

    assert list(links(page.one("nav", "site-nav"))) == ["First", "Second"]
    assert list(links(page.one("footer"))) == [":::", "Below"]


def test_an_entry_follows_its_page(client: Client) -> None:
    page = make_page("about", title="About us")
    make_menu_item(page=page)
    before = links(read(client, "/en/").one("nav", "site-nav"))["About us"]

    page.slug, page.title = "who", "Who we are"
    page.save()
    renamed = links(read(client, "/en/").one("nav", "site-nav"))
    page.withdraw("It was wrong.")
    withdrawn = links(read(client, "/en/").one("nav", "site-nav"))

    assert (before, renamed["Who we are"]) == ("/en/about/", "/en/who/")
    assert "Who we are" not in withdrawn


def test_the_entry_of_this_page_is_marked(client: Client) -> None:
    nav = read(client, "/en/topics/").one("nav", "site-nav")

    assert [link.words for link in nav.every("a") if link["aria-current"] == "page"] == ["Topics"]


def test_a_new_page_enters_the_footer_before_contact(client: Client) -> None:
    make_page("about", title="About us")
    make_page("contact", title="Words above the contact form")

    footer = list(links(read(client, "/en/").one("footer")))
    assert footer == [":::", "About us", "Contact", "Sitemap", "Find my question"]


def test_both_menus_cost_one_query_however_long_they_are(client: Client) -> None:
    make_department()
    before = queries(client, "/en/departments/")

    for _number in range(7):
        make_menu_item()
        make_menu_item(place="footer", page=make_page())

    assert queries(client, "/en/departments/") == before == 3


def test_a_change_of_a_menu_is_told() -> None:
    entry = make_menu_item()
    Change.objects.all().delete()

    entry.save()
    entry.delete()

    assert list(Change.objects.values_list("key", flat=True)) == ["menu", "menu"]


def test_the_standard_entries_come_back_only_where_no_address_is_left() -> None:
    config = apps.get_app_config("articles")
    MenuItem.objects.exclude(label="Search").delete()
    ensure_menus(config)
    kept = MenuItem.objects.count()

    MenuItem.objects.all().delete()
    ensure_menus(config)
    ensure_menus(config)

    assert (kept, MenuItem.objects.count()) == (1, 14)


@pytest.mark.parametrize("fields", [{"address": ""}, {"label": ""}])
def test_the_database_keeps_no_entry_that_leads_nowhere_or_has_no_words(fields: dict[str, str]) -> None:
    entry = make_menu_item()

    with pytest.raises(IntegrityError), transaction.atomic():
        MenuItem.objects.filter(pk=entry.pk).update(**fields)
