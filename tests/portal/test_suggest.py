"""The address that answers what is suggested, and the list under the search box."""

import pytest
from django.test import Client

from search.models import Document
from tests.conftest import OpenPage
from tests.factories import make_concept, make_department, make_topic


@pytest.fixture(autouse=True)
def _renewed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.suggesting.RENEWED_AFTER", 0.0)


@pytest.mark.django_db
def test_suggestions_are_json_that_everybody_may_keep(client: Client) -> None:
    department = make_department(name_en="Rheumatology", name_zh_hant="風濕科")
    topic = make_topic(make_concept("Lupus", "狼瘡"), department)

    response = client.get("/en/search/suggest", {"q": "lup"})

    path = Document.objects.get(key=f"topic:{topic.pk}").path
    shown = {"title": "Lupus", "note": "FAQ topic · Rheumatology", "path": path, "lang": "en"}
    assert response.json() == {"suggestions": [shown]}
    assert response["Cache-Control"] == "public, max-age=300"
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["", "q=", "q=" + "x" * 5000, "q=a&q=lup", "x=1"])
def test_whatever_is_asked_gets_a_list(client: Client, query: str) -> None:
    response = client.get(f"/zh-hant/search/suggest?{query}")

    assert (response.status_code, response.json()) == (200, {"suggestions": []})


def test_the_list_is_used_with_the_keyboard(open_page: OpenPage) -> None:
    topic = make_topic(make_concept("Lupus"), make_department(name_en="Rheumatology"))
    make_topic(make_concept("Lupus nephritis"))
    page = open_page("/en/", width=360)
    box = page.get_by_role("combobox")

    box.press_sequentially("lup")
    page.get_by_role("option").nth(1).wait_for()
    assert box.get_attribute("aria-expanded") == "true"
    page.locator("[aria-live=polite]").filter(has_text="2 suggestions").wait_for(state="attached")
    box.press("ArrowDown")
    assert page.get_by_role("option", selected=True).inner_text() == "Lupus\nFAQ topic · Rheumatology"
    box.press("Escape")
    assert page.get_by_role("option").count() == 0
    box.press("ArrowDown")
    page.get_by_role("option").nth(1).wait_for()
    box.press("ArrowDown")
    box.press("Enter")
    page.wait_for_url(f"**/topics/{topic.pk}/**")


def test_enter_without_a_choice_searches_for_what_was_typed(open_page: OpenPage) -> None:
    make_topic(make_concept("Lupus"))
    page = open_page("/en/")
    box = page.get_by_role("combobox")

    box.press_sequentially("lup")
    page.get_by_role("option").first.wait_for()
    box.press("Enter")

    page.wait_for_url("**/en/search/?q=lup")


def test_a_click_opens_what_is_suggested(open_page: OpenPage) -> None:
    topic = make_topic(make_concept("", "狼瘡"), language="zh-hant")
    page = open_page("/zh-hant/", language="zh-TW")

    page.get_by_role("combobox").press_sequentially("狼")
    page.get_by_role("option").first.click()

    page.wait_for_url(f"**/topics/{topic.pk}/**")


def test_nothing_is_asked_while_a_character_is_being_composed(open_page: OpenPage) -> None:
    make_topic(make_concept("Lupus"))
    page = open_page("/en/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/suggest" in request.url else None)
    box = page.get_by_role("combobox")

    box.evaluate(
        """box => {
          box.focus();
          box.dispatchEvent(new CompositionEvent("compositionstart"));
          box.value = "lu";
          box.dispatchEvent(new InputEvent("input", { isComposing: true }));
        }"""
    )
    page.wait_for_timeout(400)
    assert asked == []
    box.evaluate('box => box.dispatchEvent(new CompositionEvent("compositionend"))')
    page.get_by_role("option").first.wait_for()

    assert len(asked) == 1


def test_without_a_script_it_is_a_plain_search_box(open_page: OpenPage) -> None:
    page = open_page("/en/", javascript=False)

    assert page.get_by_role("combobox").count() == 0
    assert page.get_by_role("searchbox").count() == 1
