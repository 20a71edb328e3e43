"""The search: one box over everything that is public."""

import datetime as dt
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote, urlencode

import pytest
from django.test import Client, override_settings
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from faq.concept_page import concept_address
from faq.models.publication import show
from faq.states import Status
from search.index.follower import Follower
from search.models import Document
from search.models.promoted import PromotedResult
from search.query import LONGEST
from search.results import BY_TITLE, PAGE
from search.searches import SEARCHES
from tests.factories import make_article, make_concept, make_department, make_question, make_topic, make_user
from tests.reading import Part, links, queries, read

pytestmark = pytest.mark.django_db


def found(page: Part) -> list[str]:
    return [title.words for title in page.every("h3", "results__title")]


def search(client: Client, words: str, language: str = "en", **parameters: str) -> Part:
    return read(client, f"/{language}/search/?{urlencode({'q': words, **parameters})}")


def summary(page: Part) -> str:
    return page.one("p", "finding__summary").words


def make_documents(number: int, **columns: str) -> list[Document]:
    first = Document.objects.count() + 1
    fields = {
        "kind": "question", "language": "en", "title": "Lupus", "folded_title": "lupus", "segmented_title": "lupus",
        "path": "/en/", **columns,
    }  # fmt: skip
    rows = [Document(**{"key": f"question:{n}", "number": n, **fields}) for n in range(first, first + number)]
    return Document.objects.bulk_create(rows)


def test_words_are_found_in_titles_questions_and_answers_and_marked(client: Client, index: Follower) -> None:
    rash = make_question(Status.PUBLISHED, title="A rash", body="Is it LUPUS or not?")
    rash.answers.update(body="Lupus, I think.")
    show(rash)
    make_question(Status.PUBLISHED, title="Heart")
    index.step()

    page = search(client, "lupus")

    assert found(page) == ["A rash"]
    assert [mark.words for mark in page.every("mark")] == ["LUPUS", "Lupus"]
    assert [part.words for part in page.every("p", "entry__answer")] == ["Lupus, I think."]


def test_simplified_finds_and_marks_traditional(client: Client, index: Follower) -> None:
    make_question(Status.PUBLISHED, language="zh-hant", title="頭髮掉了", body="洗頭髮時")
    index.step()

    page = search(client, "头发", "zh-hant")

    assert found(page) == ["頭髮掉了"]
    assert [mark.words for mark in page.every("mark")] == ["頭髮", "頭髮"]


@pytest.mark.parametrize(("typed", "title"), [("痛", "頭痛"), ("C", "Vitamin C"), ("b12", "B12")])
def test_one_character_or_letter_is_a_query(client: Client, index: Follower, typed: str, title: str) -> None:
    make_question(Status.PUBLISHED, language="zh-hant", title=title)
    make_question(Status.PUBLISHED, language="zh-hant", title="無關")
    index.step()

    assert found(search(client, typed, "zh-hant")) == [title]


def test_quotes_hold_words_together_and_a_minus_sign_leaves_out(client: Client, index: Follower) -> None:
    make_question(Status.PUBLISHED, title="High blood pressure", body="-")
    make_question(Status.PUBLISHED, title="Pressure in the blood", body="-")
    index.step()

    assert found(search(client, '"blood pressure"')) == ["High blood pressure"]
    assert found(search(client, "pressure -high")) == ["Pressure in the blood"]


def test_what_only_leaves_out_asks_for_a_word(client: Client, index: Follower) -> None:
    page = search(client, "-lupus")

    assert page.one("p", "notice--warning").words.startswith("Type a word that you look for")


def test_questions_topics_and_articles_say_what_they_are(client: Client, index: Follower) -> None:
    make_question(Status.PUBLISHED, title="Lupus asked", asked_on=dt.date(2020, 1, 3))
    make_topic(make_concept("Lupus topic"))
    make_article(title="Lupus article", published_at=dt.datetime(2020, 1, 2, tzinfo=dt.UTC))
    index.step()

    page = search(client, "lupus")

    results = page.every("ol", "results")[0]
    kinds = [part.words.partition(" · ")[0] for part in results.every("p", "meta")]
    assert sorted(zip(found(results), kinds, strict=True)) == [
        ("Lupus article", "Article"),
        ("Lupus asked", "Question"),
        ("Lupus topic", "FAQ topic"),
        ("Lupus topic", "Term"),
    ]


def test_the_language_of_the_page_comes_first_and_the_other_below(client: Client, index: Follower) -> None:
    make_question(Status.PUBLISHED, language="zh-hant", title="SLE 是什麼")
    make_question(Status.PUBLISHED, language="zh-hans", title="SLE 是什么")
    make_question(Status.PUBLISHED, title="SLE?")
    index.step()

    english, chinese = search(client, "sle"), search(client, "sle", "zh-hant")

    assert found(english)[0] == "SLE?"
    assert found(chinese)[2] == "SLE?"
    assert len(english.one("section", **{"aria-labelledby": "other"}).every("li")) == 2
    assert [part["lang"] for part in chinese.every("h3", "results__title")][2] == "en"
    assert {part["lang"] for part in chinese.every("h3", "results__title")[:2]} == {"zh-Hans", "zh-Hant"}
    assert links(english)["All results in the other language"] == "/zh-hant/search/?q=sle"


def test_where_only_the_other_language_has_something_it_is_the_list(client: Client, index: Follower) -> None:
    for number in range(PAGE + 1):
        make_question(Status.PUBLISHED, title=f"Lupus {number}")
    index.step()

    page = search(client, "lupus", "zh-hant")

    assert len(found(page)) == PAGE
    assert len(page.every("p", "notice")) == 1
    assert len(found(read(client, page.one("a", rel="next")["href"]))) == 1


def test_what_is_not_public_is_not_found(client: Client, index: Follower) -> None:
    shown = make_question(Status.PUBLISHED, title="Lupus shown")
    taken_down = make_question(Status.PUBLISHED, title="Lupus taken down")
    make_question(Status.ACCEPTED, title="Lupus waiting")
    make_article(title="Lupus tomorrow", published_at=timezone.now() + dt.timedelta(days=1))
    index.step()
    before = sorted(found(search(client, "lupus")))

    # The index still has it: nobody has taken a step.
    taken_down.unpublish(by=make_user(role="moderator"), reason="a reason")

    page = search(client, "lupus")
    assert before == ["Lupus shown", "Lupus taken down"]
    assert found(page) == [shown.title]
    assert summary(page) == "“lupus”: 1 result"


def test_a_page_is_full_where_some_have_been_taken_down(client: Client, index: Follower) -> None:
    rows = make_documents(2 * PAGE + 15)
    index.step()

    Document.objects.filter(pk__in=[row.pk for row in rows[: PAGE + 12]]).delete()

    assert len(found(search(client, "lupus"))) == PAGE


def test_results_cost_the_same_however_many(client: Client, index: Follower) -> None:
    costs = []
    for more in (1, 2, 47):
        make_documents(more)
        index.rebuild()
        costs.append(queries(client, "/en/search/?q=lupus"))

    assert Document.objects.count() == 50
    assert costs == [costs[0]] * 3
    assert costs[0] <= 8


def test_pages_follow_one_another_without_gap_or_repetition(client: Client, index: Follower) -> None:
    for number in range(2 * PAGE + 5):
        make_question(Status.PUBLISHED, title=f"Lupus {number}")
    index.step()

    first = search(client, "lupus")
    second = read(client, first.one("a", rel="next")["href"])
    third = read(client, second.one("a", rel="next")["href"])

    assert [len(found(page)) for page in (first, second, third)] == [PAGE, PAGE, 5]
    assert len({*found(first), *found(second), *found(third)}) == 2 * PAGE + 5
    assert third.every("a", rel="next") == []
    assert found(read(client, third.one("a", rel="prev")["href"])) == found(second)
    assert found(read(client, second.one("a", rel="prev")["href"])) == found(first)
    assert summary(third) == "“lupus”: about 45 results"
    assert second.one("ol", "results").every("li")[0]["data-position"] == str(PAGE + 1)


def test_a_page_goes_on_where_the_last_one_ended_though_something_new_came_before(
    client: Client, index: Follower
) -> None:
    for number in range(PAGE + 3):
        make_question(Status.PUBLISHED, title=f"Lupus number {number}", asked_on=dt.date(2020, 5, 1))
    index.step()
    first = search(client, "lupus", order="newest")
    later = first.one("a", rel="next")["href"]

    make_question(Status.PUBLISHED, title="Lupus", asked_on=timezone.localdate())
    index.step()

    assert not {*found(first)} & {*found(read(client, later))}
    assert len(found(read(client, later))) == 3


@pytest.mark.parametrize(
    "cursor", ["", "x", "-1.1", "0.0", "99999.1", "9999.99999999", "1", "1.", "1.1.1", "١.١", "2 .3"]
)
def test_what_is_no_cursor_is_the_first_page(client: Client, index: Follower, cursor: str) -> None:
    for number in range(PAGE + 1):
        make_question(Status.PUBLISHED, title=f"Lupus {number}")
    index.step()

    assert found(search(client, "lupus", after=cursor)) == found(search(client, "lupus"))


def test_filters_narrow_and_say_how_many_they_leave(client: Client, index: Follower) -> None:
    skin, heart = make_department("skin"), make_department("heart")
    old = make_question(Status.PUBLISHED, skin, title="Lupus old", asked_on=dt.date(2011, 5, 1))
    make_question(Status.PUBLISHED, skin, title="Lupus new", asked_on=dt.date(2024, 5, 1))
    make_question(Status.PUBLISHED, heart, title="Lupus heart", asked_on=dt.date(2024, 5, 1))
    make_article(title="Lupus article")
    make_question(Status.PUBLISHED, language="zh-hant", title="Lupus 狼瘡")
    old.answers.update(care_level="urgent")
    show(old)
    index.step()

    page = search(client, "lupus")
    by_kind = read(client, page.one("nav", "kinds").every("a")[2]["href"])

    kinds = [link.words for link in page.one("nav", "kinds").every("a")]
    assert kinds == ["All", "Questions 3", "Articles 1"]
    assert found(by_kind) == ["Lupus article"]
    options = [option.words for option in page.one("select", name="department").every("option")]
    assert sorted(options) == ["Every department", f"{heart.name} (1)", f"{skin.name} (2)"]
    assert sorted(found(search(client, "lupus", department="skin"))) == ["Lupus new", "Lupus old"]
    assert found(search(client, "lupus", year="2011")) == ["Lupus old"]
    assert found(search(client, "lupus", care="urgent")) == ["Lupus old"]
    assert found(read(client, "/en/search/?q=lupus&language=zh-hant")) == ["Lupus 狼瘡"]
    assert found(search(client, "lupus", department="heart", year="2024")) == ["Lupus heart"]


def test_a_chosen_filter_can_be_taken_off_and_the_form_keeps_the_rest(client: Client, index: Follower) -> None:
    department = make_department("skin")
    make_question(Status.PUBLISHED, department, title="Lupus", asked_on=dt.date(2011, 5, 1))
    index.step()

    page = search(client, "lupus", department="skin", kind="question", year="2011", order="newest")

    addresses = [part.one("a")["href"] for part in page.every("p", "chosen")]
    assert addresses == [
        "/en/search/?q=lupus&kind=question&year=2011&order=newest",
        "/en/search/?q=lupus&kind=question&department=skin&order=newest",
    ]
    hidden = page.one("details", "narrow").every("input", type="hidden")
    assert [(part["name"], part["value"]) for part in hidden] == [
        ("q", "lupus"), ("kind", "question"), ("order", "newest")
    ]  # fmt: skip


def test_a_filter_that_leaves_nothing_leads_back(client: Client, index: Follower) -> None:
    make_question(Status.PUBLISHED, title="Lupus")
    index.step()

    page = search(client, "lupus", kind="article")

    assert found(page) == []
    assert links(page)["Search without the filters"] == "/en/search/?q=lupus"


def test_unknown_values_are_named_and_left_out(client: Client, index: Follower) -> None:
    make_question(Status.PUBLISHED, title="Lupus")
    index.step()

    page = search(client, "lupus", kind="<b>", department="nowhere", year="20111", care="x" * 99, order="oldest")

    words = page.one("p", "notice--warning").words
    assert words == f"No such filter, so it was left out: <b>, nowhere, 20111, {'x' * 40}, oldest"
    assert found(page) == ["Lupus"]


def test_of_a_repeated_parameter_the_last_counts(client: Client, index: Follower) -> None:
    make_question(Status.PUBLISHED, title="Lupus")
    index.step()

    page = read(client, "/en/search/?q=heart&q=lupus&kind=article&kind=question&after=x&after=y")

    assert found(page) == ["Lupus"]


def test_the_other_order_is_the_newest_first(client: Client, index: Follower) -> None:
    make_question(Status.PUBLISHED, title="Lupus, lupus and lupus", body="-", asked_on=dt.date(2011, 5, 1))
    make_question(Status.PUBLISHED, title="A heart with lupus", body="-", asked_on=dt.date(2024, 5, 1))
    make_question(Status.PUBLISHED, title="A heart", body="-", asked_on=dt.date(2025, 5, 1))
    index.step()

    newest = read(client, links(search(client, "lupus"))["Newest first"])

    assert found(newest) == ["A heart with lupus", "Lupus, lupus and lupus"]
    assert found(search(client, "heart lupus", order="newest")) == ["A heart with lupus"]


def test_a_concept_leads_to_its_topics_and_its_page(client: Client, index: Follower) -> None:
    lupus = make_concept("Lupus", name_zh_hant="狼瘡")
    own = make_topic(lupus, make_department("skin"))
    make_topic(lupus, make_department("heart"), "zh-hant")
    make_question(Status.PUBLISHED, title="My lupus")
    index.step()

    page = search(client, "狼疮")

    meaning = page.one("section", "meaning")
    assert links(meaning) == {
        "Lupus": concept_address(lupus),
        f"Lupus ({own.department_name})": own.get_absolute_url(),
    }
    assert found(page) == ["My lupus", "狼瘡"]  # the other language below
    assert summary(page) == "“狼疮”: 2 results"
    assert search(client, "my lupus").every("section", "meaning") == []
    assert search(client, "lupus", kind="question").every("section", "meaning") == []


def test_a_concept_without_anything_public_is_not_led_to(client: Client, index: Follower) -> None:
    make_concept("Lupus")
    make_question(Status.PUBLISHED, title="My lupus")
    index.step()

    page = search(client, "lupus")

    assert page.every("section", "meaning") == []
    assert found(page) == ["My lupus"]


def test_promoted_results_stand_first_and_say_so(client: Client, index: Follower) -> None:
    promoted = make_question(Status.PUBLISHED, title="Butterfly rash")
    other = make_question(Status.PUBLISHED, title="Lupus, lupus")
    PromotedResult.objects.promote("Lupus", "en", f"question:{promoted.pk}", by=make_user(role="moderator"))
    index.step()

    page = search(client, "lupus")

    rows = page.one("ol", "results").every("li")
    assert found(page) == ["Butterfly rash", "Lupus, lupus"]
    assert [len(row.every("p", "eyebrow")) for row in rows] == [1, 0]
    assert [(row["data-key"], row["data-position"]) for row in rows] == [
        (f"question:{promoted.pk}", "1"),
        (f"question:{other.pk}", "2"),
    ]


def test_what_is_shown_can_be_counted_as_a_click(client: Client, index: Follower) -> None:
    make_question(Status.PUBLISHED, title="狼瘡", language="zh-hant")
    index.step()

    results = search(client, " 狼瘡 ", "zh-hant").one("ol", "results")

    assert (results["data-search"], results["data-language"]) == (" 狼瘡 ", "zh-hant")


def test_a_search_is_noted_with_its_number_of_results(client: Client, index: Follower) -> None:
    make_question(Status.PUBLISHED, title="Lupus")
    index.step()

    search(client, "lupus", kind="article")
    search(client, "heart")

    noted = {words: (each.count, each.misses) for (words, _language), each in SEARCHES._counts.items()}
    assert noted == {"lupus": (1, 0), "heart": (1, 1)}


def test_nothing_found_helps_on(client: Client, index: Follower) -> None:
    make_question(Status.PUBLISHED, title="Heart")
    index.step()

    page = search(client, '"lupus"')

    addresses = links(page.one("div", "finding__list"))
    assert summary(page) == '“"lupus"”: no results'
    assert addresses["Search without quotes and minus signs"] == "/en/search/?q=lupus"
    assert addresses["Ask this question"] == "/en/ask/"
    assert addresses["See what belongs to which department"] == "/en/departments/"


def test_what_may_have_been_meant_is_offered_with_the_same_filters(client: Client, index: Follower) -> None:
    make_question(Status.PUBLISHED, title="Paracetamol", concepts=[make_concept("Paracetamol")])
    index.step()

    page = search(client, "paracetemol", kind="question")

    address = "/en/search/?q=Paracetamol&kind=question"
    assert links(page.one("p", "finding__meant")) == {"Paracetamol": address}
    assert read(client, address).every("p", "finding__meant") == []


def test_without_an_index_titles_are_searched_and_that_is_said(client: Client) -> None:
    make_question(Status.PUBLISHED, title="Stem cells and Lupus")
    make_question(Status.PUBLISHED, title="Lupus", department=make_department("skin"))
    make_question(Status.PUBLISHED, title="Heart", body="Lupus")

    page = search(client, '"LUPUS"')

    assert sorted(found(page)) == ["Lupus", "Stem cells and Lupus"]
    assert page.one("p", "notice").words.startswith("The full search is being prepared")
    assert found(search(client, "lupus stem")) == ["Stem cells and Lupus"]
    assert found(search(client, "lupus", department="skin")) == ["Lupus"]


def test_without_an_index_at_most_fifty_are_found_for_one_price(client: Client) -> None:
    make_documents(1)
    cost = queries(client, "/en/search/?q=lupus")
    make_documents(BY_TITLE + 9)

    assert queries(client, "/en/search/?q=lupus") == cost
    assert summary(search(client, "lupus")) == f"“lupus”: the first {BY_TITLE} results"


def test_a_damaged_index_is_no_error(client: Client, index: Follower) -> None:
    make_question(Status.PUBLISHED, title="Lupus")
    index.step()
    folder: Path = index.folder
    for path in folder.glob("*/*"):
        path.write_bytes(b"damaged")
    page = search(client, "lupus")

    shutil.rmtree(folder)

    assert found(page) == ["Lupus"]
    assert found(search(client, "lupus")) == ["Lupus"]


@pytest.mark.parametrize(
    "typed", ["", " ", "%", "_", "\\", "'", "\x01", "\u200b", "‎", "😀", '"' * LONGEST, "- - -", "“”", "。，！"]
)
def test_what_has_no_word_finds_nothing_and_breaks_nothing(client: Client, index: Follower, typed: str) -> None:
    make_question(Status.PUBLISHED, title="Lupus")
    index.step()

    assert found(search(client, typed)) == []


@pytest.mark.parametrize("typed", ["x" * (LONGEST + 1), '"' * 10_000])
def test_a_long_query_is_kept_and_explained(client: Client, index: Follower, typed: str) -> None:
    page = search(client, typed)

    assert page.one("input", name="q")["value"] == typed
    assert "too long" in page.one("p", "notice--warning").words


@pytest.mark.parametrize("query", ["q=%00", "q=%ff", "q=%ed%a0%80", "q=a&kind=%00"])
@pytest.mark.parametrize("address", ["/en/search/", "/en/search/feed/"])
def test_a_malformed_query_is_400(client: Client, address: str, query: str) -> None:
    assert client.get(f"{address}?{query}").status_code == 400


TYPED = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=230)


class QueryTests(TestCase):
    """What is searched for comes from people."""

    def setUp(self) -> None:
        folder = TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.enterContext(override_settings(INDEX_DIR=Path(folder.name)))
        make_question(Status.PUBLISHED, language="zh-hant", title="頭痛 lupus", body='B12 "高血壓" a-b 3.5')
        follower = Follower(Path(folder.name))
        follower.step()
        follower.close()
        # Who asks to be left alone is not noted: nothing is written after the test.
        self.client = Client(headers={"DNT": "1"})

    @settings(deadline=None)
    @given(q=TYPED, kind=TYPED, year=TYPED, order=TYPED, after=TYPED)
    def test_no_query_breaks_the_page(self, **typed: str) -> None:
        response = self.client.get("/en/search/", typed)

        assert response.status_code == 200

    @settings(deadline=None)
    @given(q=st.one_of(TYPED, st.text(st.sampled_from('頭痛高血壓 lupusB12"“-－.,😀'), max_size=30)))
    def test_no_query_breaks_the_index(self, q: str) -> None:
        for address in ("/zh-hant/search/", "/zh-hant/search/?order=newest", "/zh-hant/search/feed/"):
            response = self.client.get(address, {"q": q} | ({"order": "newest"} if "?" in address else {}))

            assert response.status_code == 200


def test_the_page_is_for_everyone_and_not_for_search_engines(client: Client, index: Follower) -> None:
    make_question(Status.PUBLISHED, title='"><script> lupus')
    index.step()

    response = client.get("/en/search/", {"q": '"><script>'})

    page = response.content.decode()
    assert '<meta name="robots" content="noindex">' in page
    assert "<script>" not in page.replace("<script src", "")
    assert "&quot;&gt;&lt;script&gt;" in page
    assert response.cookies == {}
    assert "Cookie" not in response.get("Vary", "")
    assert {*response["Cache-Control"].split(", ")} == {"max-age=60", "public"}


def test_the_twin_keeps_the_query_and_the_filters(client: Client, index: Follower) -> None:
    make_question(Status.PUBLISHED, title="SLE")
    index.step()

    page = read(client, f"/en/search/?q={quote('SLE 狼')}&kind=question&year=2011&order=newest&after=20.5")

    switch = page.one("a", "site-switch")["href"]
    assert switch == f"/zh-hant/search/?q=SLE+{quote('狼')}&kind=question&year=2011&order=newest"


def test_the_title_tells_how_many_were_found(client: Client, index: Follower) -> None:
    make_question(Status.PUBLISHED, title="Lupus")
    index.step()

    assert search(client, "lupus").one("title").words == "lupus: 1 result · Wenyi 問醫"
