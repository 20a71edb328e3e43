"""Contact blocks within texts."""

import pytest
from django.test import Client

from articles.models import ContactBlock
from search.models import Change
from tests.factories import make_contact_block, make_page
from tests.reading import links, queries, read
from text.guards.patient_data import find

pytestmark = pytest.mark.django_db

BODY = "Before.\n\n::: contact desk\n:::\n\nAfter."


def test_a_block_stands_where_a_text_names_it_in_the_texts_language(client: Client) -> None:
    make_contact_block(
        "desk", label_en="Front desk", label_zh_hant="服務台", phone="+886 2-1234 5678 #12", email="desk@example.org",
        address_en="1 Example Road", address_zh_hant="範例路 1 號", text_en="Mornings.\nNot on Sundays.",
    )  # fmt: skip
    make_page("about", body=BODY)
    make_page("about", "zh-hant", body=BODY)

    english = read(client, "/en/about/").one("div", "contact-block")
    chinese = read(client, "/zh-hant/about/").one("div", "contact-block")

    assert english.words == (
        "Front deskMornings. Not on Sundays.Telephone+886 2-1234 5678 #12E-maildesk@example.orgAddress1 Example Road"
    )
    assert list(links(english).values()) == ["tel:+886212345678", "mailto:desk@example.org"]
    assert chinese.one("p", "contact-block__label").words == "服務台"
    assert (english["lang"], chinese["lang"]) == ("en", "zh-Hant")


def test_what_a_block_says_is_escaped(client: Client) -> None:
    make_contact_block("desk", label_en="<b>Desk</b>", text_en="<script>", address_en="<i>")
    make_page("about", body=BODY)

    block = read(client, "/en/about/").one("div", "contact-block")

    assert (block.every("b"), block.every("script"), block.every("i")) == ([], [], [])


def test_a_changed_block_changes_every_text_that_shows_it_and_says_so(client: Client) -> None:
    block = make_contact_block("desk")
    make_page("about", body=BODY)
    make_page("other")
    Change.objects.all().delete()

    block.phone = "02 8765 4321"
    block.save()

    assert links(read(client, "/en/about/").one("div", "contact-block")) == {"02 8765 4321": "tel:0287654321"}
    assert set(Change.objects.values_list("key", flat=True)) == {"contact:desk", "page:about"}


def test_a_missing_block_is_said_to_be_missing(client: Client) -> None:
    make_page("about", body=BODY)

    assert "A contact is missing here: desk" in read(client, "/en/about/").one("div", "prose").words


def test_the_guard_of_patient_data_never_meets_the_number() -> None:
    make_contact_block("desk", phone="0912 345 678")
    page = make_page("about", body=BODY)

    assert list(find(page.body)) == []
    assert "0912" not in page.body_html


def test_several_blocks_cost_one_query(client: Client) -> None:
    make_contact_block("desk")
    page = make_page("about", body=BODY)
    one = queries(client, "/en/about/")

    make_contact_block("ward")
    page.body += "\n\n::: contact ward\n:::"
    page.save()

    assert len(read(client, "/en/about/").every("div", "contact-block")) == 2
    assert queries(client, "/en/about/") == one


def test_a_block_knows_the_texts_that_show_it() -> None:
    block = make_contact_block("desk")
    page = make_page("about", body=BODY)
    make_page("other", body="::: contact desks\n:::")

    assert ContactBlock.objects.get(pk=block.pk).texts() == [page]
