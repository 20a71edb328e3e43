"""The lists of what readers search for, and what staff make of it with one press."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils import timezone

from search.models import Concept, SearchQuery, WantedTopic
from search.places import WINDOW
from search.searches import Searches
from tests.factories import make_concept, make_department, make_topic, make_user
from tests.reading import read
from tests.searching import ask, write

pytestmark = pytest.mark.django_db

PAGE = "/admin/search/searchquery/"


@pytest.fixture
def desk() -> Client:
    client = Client()
    client.force_login(make_user(role="moderator"))
    return client


def press(desk: Client, do: str, **fields: Any) -> Any:
    return desk.post(PAGE, {"do": do, **fields}, follow=True)


def messages_of(answer: Any) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


def listed(desk: Client, show: str = "") -> list[str]:
    answer: Any = desk.get(PAGE, {"show": show} if show else {})
    return [row.query.shown for row in answer.context["rows"]]


def test_each_search_stands_in_the_list_where_it_belongs(desk: Client) -> None:
    write("Dengue", count=3)
    write("Breakbone", count=9)
    write("Flu", count=20, results=7, clicks=1)
    write("Lupus", count=30, results=7, clicks=29)
    write("asdf", count=5).settle()

    lists = [listed(desk, show) for show in ("", "vain", "seldom", "most")]

    vain = ["Breakbone", "Dengue"]
    assert lists == [vain, vain, ["Flu"], ["Lupus", "Flu", "Breakbone", "asdf", "Dengue"]]
    assert desk.get(PAGE, {"show": "all"}).status_code == 404


def test_what_fewer_than_three_places_asked_for_is_nowhere(desk: Client) -> None:
    today = timezone.localdate()
    ask(Searches(pause=3600), "Wang Xiaoming", places=2, on=today)
    old = write("old words", on=today - dt.timedelta(days=WINDOW))

    pages = [desk.get(PAGE, {"show": show}).content.decode() for show in ("vain", "seldom", "most")]

    assert [page.count("Wang") + page.count("old words") for page in pages] == [0, 0, 0]
    assert desk.get(f"{PAGE}{old.pk}/change/").status_code == 404


def test_the_page_of_a_search_shows_its_days(desk: Client) -> None:
    query = write("Dengue", count=7, results=2, clicks=2)

    page = read(desk, f"{PAGE}{query.pk}/change/")

    cells = [cell.words for cell in page.one("tbody").every("td")]
    assert [cell for cell in cells if cell][-5:] == ["7", "0", "2", "1.0", "1"]


def test_a_search_becomes_a_concept_and_its_page_opens(desk: Client) -> None:
    query = write("登革熱", language="zh-hant")

    answer = press(desk, f"make:{query.pk}")

    concept = Concept.objects.get()
    assert (concept.name_zh_hant, concept.is_proposal) == ("登革熱", False)
    assert answer.redirect_chain == [(f"/admin/search/concept/{concept.pk}/change/", 302)]
    assert listed(desk) == []


def test_a_search_becomes_another_name(desk: Client) -> None:
    query, fever = write("Breakbone fever"), make_concept("Dengue")

    press(desk, f"name:{query.pk}", **{f"search-{query.pk}-into": fever.pk})

    assert (list(Concept.objects.called("breakbone fever")), listed(desk)) == ([fever], [])


def test_without_a_choice_it_is_asked_for_and_the_list_stays(desk: Client) -> None:
    query = write("Flu", count=20, results=7)

    answer = press(desk, f"name:{query.pk}", show="seldom")

    assert messages_of(answer) == ["Choose the concept that it is another name of."]
    assert answer.redirect_chain == [(f"{PAGE}?show=seldom", 302)]
    assert listed(desk, "seldom") == ["Flu"]


def test_what_the_vocabulary_has_is_offered_no_second_concept(desk: Client) -> None:
    make_concept("Dengue")
    write("dengue")

    page = read(desk, PAGE)

    buttons = [button["value"].partition(":")[0] for button in page.one("table", "rows").every("button")]
    assert buttons == ["want", "dismiss"]


def test_a_wanted_topic_stands_above_the_topics_until_it_is_written(desk: Client) -> None:
    concept, department = make_concept("Dengue"), make_department()
    query = write("dengue", count=12)
    press(desk, f"want:{query.pk}")

    before = wanted_on(desk)
    link = read(desk, "/admin/faq/topic/").one("section", "wanted").one("a", "button")["href"]
    topic = {"concept": concept.pk, "department": department.pk, "language": "en", "translation_of": ""}
    saved = desk.post("/admin/faq/topic/add/", {**topic, "introduction": ""})

    assert (before, link) == (["dengue"], f"/admin/faq/topic/add/?language=en&concept={concept.pk}")
    assert (saved.status_code, wanted_on(desk), listed(desk)) == (302, [], [])


def test_a_topic_that_is_there_is_not_wanted(desk: Client) -> None:
    make_topic(make_concept("Dengue"), is_public=False)
    query = write("dengue")

    answer = press(desk, f"want:{query.pk}")

    sentence = "There is a topic about “dengue” already, published or not. Promote it, or publish it."
    assert (messages_of(answer), WantedTopic.objects.exists(), listed(desk)) == ([sentence], False, ["dengue"])


def wanted_on(client: Client) -> list[str]:
    answer: Any = client.get("/admin/faq/topic/")
    return [each.row.shown for each in answer.context["wanted"]]


def test_a_topic_in_the_other_language_or_about_something_else_fulfils_no_wish() -> None:
    concept, editor = make_concept("Dengue"), make_user(role="editor")
    WantedTopic.objects.want("Breakbone fever", "en", searches=3, by=editor)
    other = make_topic(make_concept("Flu"))
    concept.names.create(text="Breakbone fever", language="en")

    met = [
        WantedTopic.objects.open().met_by(about, language).count()
        for about, language in [(other.concept, "en"), (concept, "zh-hant"), (concept, "en")]
    ]

    assert met == [0, 0, 1]


def test_a_topic_that_is_not_wanted_after_all_goes(desk: Client) -> None:
    wish = WantedTopic.objects.want("dengue", "en", searches=3, by=make_user())

    desk.post(f"/admin/faq/topic/{wish.pk}/unwanted/")

    assert (wanted_on(desk), WantedTopic.objects.count()) == ([], 1)


def test_who_may_write_no_topic_sees_no_wishes_and_settles_none() -> None:
    wish = WantedTopic.objects.want("dengue", "en", searches=3, by=make_user())
    reviewer = Client()
    reviewer.force_login(make_user(role="medical_reviewer"))

    assert wanted_on(reviewer) == []
    assert reviewer.post(f"/admin/faq/topic/{wish.pk}/unwanted/").status_code == 404
    assert WantedTopic.objects.open().exists()


def test_what_is_dismissed_does_not_come_up_again(desk: Client) -> None:
    query = write("asdf")

    press(desk, f"dismiss:{query.pk}")
    write("asdf")

    assert listed(desk) == []


def test_what_somebody_else_has_settled_is_told_so(desk: Client) -> None:
    query = write("Dengue")
    press(desk, f"make:{query.pk}")

    answer = press(desk, f"dismiss:{query.pk}")

    assert messages_of(answer) == ["Somebody has settled this already."]


@pytest.mark.parametrize("do", ["", "make", "make:x", "make:miss:1", "eat:1", f"make:{'9' * 30}", "make:１"])
def test_a_button_that_is_none_is_no_page(desk: Client, do: str) -> None:
    assert press(desk, do).status_code == 404


@pytest.mark.parametrize("role", ["physician", "medical_reviewer", "administrator"])
def test_nobody_else_sees_or_settles_anything(role: str) -> None:
    query = write("Dengue")
    client = Client()
    client.force_login(make_user(role=role))

    assert [client.get(PAGE).status_code, press(client, f"make:{query.pk}").status_code] == [404, 404]
    assert (Concept.objects.exists(), SearchQuery.objects.open().count()) == (False, 1)


def test_who_may_only_read_the_list_settles_nothing() -> None:
    query, reader = write("Dengue"), make_user()
    reader.user_permissions.add(Permission.objects.get(codename="view_searchquery"))
    client = Client()
    client.force_login(reader)

    buttons = read(client, PAGE).one("table", "rows").every("button")

    assert (buttons, press(client, f"dismiss:{query.pk}").status_code) == ([], 404)
    assert SearchQuery.objects.open().count() == 1


def test_words_of_readers_are_escaped(desk: Client) -> None:
    write("<b>bold</b>")

    page = desk.get(PAGE).content.decode()

    assert ("<b>bold" in page, "&lt;b&gt;bold" in page) == (False, True)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_lists_cost_the_same_for_one_row_and_three(
    desk: Client, rows: int, django_assert_num_queries: Any
) -> None:
    for number in range(rows):
        write(f"word {number}")
        make_concept(f"Word {number}")
        WantedTopic.objects.want(f"word {number}", "en", searches=3, by=make_user())
    desk.get(PAGE)

    with django_assert_num_queries(8):
        desk.get(PAGE)
    desk.get("/admin/faq/topic/")
    with django_assert_num_queries(10):
        desk.get("/admin/faq/topic/")
