"""The order of what is found: each rule shown by the smallest house in which it decides."""

from dataclasses import replace

import pytest
import tantivy
from hypothesis import given
from hypothesis import strategies as st

from search.changes import put_documents
from search.finding import Hit, find, find_similar
from search.index.follower import Follower
from search.index.reader import index as opened
from search.index.schema import Facets
from search.models import Document
from search.models.changing import changing
from search.query import parse
from search.ranking import RULES, Rules, terms_of
from search.reranking import had_by, is_one_word, searched_again, share
from tests.factories import make_concept
from text.cutting import segment, words

pytestmark = pytest.mark.django_db


def _put(index: Follower, **texts: str) -> None:
    """Publish a question a name, its title and body divided by |, its answer behind a second one."""
    rows = []
    for name, text in texts.items():
        title, body, replies = [*text.split("|"), "", ""][:3]
        language = "en" if text.isascii() else "zh-hant"
        row = {"title": title, "body": body, "replies": replies, "language": language}
        rows.append(Document(key=f"question:{name}", kind="question", path=f"/{name}/", **row))
    with changing():
        put_documents(rows)
    index.step()


def _names(pks: list[int]) -> list[str]:
    keys = dict(Document.objects.values_list("pk", "key"))
    return [keys[pk].partition(":")[2] for pk in pks]


def _searched(typed: str, rules: Rules = RULES) -> list[str]:
    return _names([hit.pk for hit in find(typed, limit=10, rules=rules) or []])


def _like(text: str, rules: Rules = RULES) -> list[str]:
    return _names([hit.pk for hit in find_similar(text, limit=10, rules=rules) or []])


def _searcher() -> tantivy.Searcher:
    found = opened()
    assert found is not None
    return found.searcher()


def test_words_that_say_nothing_find_nothing_beside_others(index: Follower) -> None:
    _put(index, lupus="Lupus", chatter="What can I do about it?", sorry="怎麼", gout="痛風")

    assert _searched("what can I do about lupus?") == ["lupus"]
    assert _searched("怎麼痛風") == ["gout"]


@pytest.mark.parametrize(
    ("typed", "name"), [("what", "chatter"), ("怎麼", "sorry"), ("I", "chatter"), ("麼", "sorry")]
)
def test_words_that_say_nothing_are_found_by_themselves(index: Follower, typed: str, name: str) -> None:
    _put(index, lupus="Lupus", chatter="What can I do about it?", sorry="怎麼", gout="痛風")

    assert _searched(typed) == [name]


def test_a_text_is_as_long_as_it_says_something(index: Follower) -> None:
    _put(index, filled="Is it the gout that I have|", plain="Gout hurts badly tonight|", other="Asthma|")

    assert _searched("gout") == ["filled", "plain"]
    assert _searched("gout", replace(RULES, stop_words=False)) == ["plain", "filled"]


def test_characters_find_what_is_written_in_another_order(index: Follower) -> None:
    _put(index, high="血壓高", lung="肺炎")

    assert _searched("高血") == ["high"]
    assert _searched("高血", replace(RULES, characters=0)) == []


def test_what_a_question_says_outweighs_what_its_answer_says(index: Follower) -> None:
    _put(index, answered="Joints|They hurt.|Gout, I think.", asked="Gout|They hurt.|Joints, I think.")

    assert _searched("gout") == ["asked", "answered"]
    assert _searched("痛風", replace(RULES, replies=0)) == []


def test_a_concept_is_found_under_its_other_names_after_the_name_itself(index: Follower) -> None:
    make_concept("Hypertension", "高血壓")
    _put(index, named="Hypertension|", other="高血壓|", neither="Asthma|")

    assert _searched("hypertension") == ["named", "other"]
    assert _searched("hypertension", replace(RULES, concepts=0)) == ["named"]


def test_a_search_prefers_what_has_more_of_what_was_asked(index: Follower) -> None:
    _put(index, one="zebra|", both="zebra|and gout|", none="asthma|")
    rows = {row.key: Hit(row.pk, 1.0, Facets.of(row)) for row in Document.objects.all()}
    hits, searcher = [rows["question:one"], rows["question:both"]], _searcher()

    raised = searched_again(hits, "zebra gout unknown", searcher, replace(RULES, titles=0))

    assert _names([hit.pk for hit in raised]) == ["both", "one"]
    assert raised[0].score == 1 + RULES.coverage
    assert searched_again(hits, "zebra gout", searcher, replace(RULES, coverage=0, titles=0)) == hits
    assert searched_again(hits, "zebra", searcher, RULES) == hits


def test_a_search_prefers_what_is_titled_by_what_was_asked(index: Follower) -> None:
    _put(index, some="Zebra gout asthma fever|", whole="Gout|zebra asthma fever|")

    without = replace(RULES, titles=0)

    assert _searched("gout zebra", without) == ["some", "whole"]
    assert _searched("gout zebra") == ["whole", "some"]


@given(st.text(alphabet="ab1-.' 疫苗頭痛", max_size=30))
def test_a_text_has_the_words_that_it_is_cut_into_and_no_others(written: str) -> None:
    text = segment(written)
    asked = [*words(segment("ab a b 1 11 hpv 疫苗 頭 x"))]

    assert had_by(text, asked) == [term for term in asked if term in words(text)]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("lupus", True), ("高血壓", True), ("HPV疫苗", True), ("紅斑性狼瘡", False), ("bad gout", False), ("", True)],
)
def test_one_word_is_known_by_its_length(typed: str, expected: bool) -> None:
    assert is_one_word(segment(typed)) == expected


def test_a_share_is_of_the_weight_and_not_of_the_number() -> None:
    assert share({"zebra": 3.0, "gout": 1.0}, ["zebra", "hurts"]) == 0.75
    assert share({}, ["zebra"]) == 0.0


def test_a_question_is_like_one_whose_title_it_has_whole(index: Follower) -> None:
    _put(index, whole="Beer and gout|", part="Gout of horses, cows, goats and zebras|", far="Asthma|")

    assert _like("My gout hurts and I like beer.") == ["whole", "part"]


def test_only_questions_are_like_a_question(index: Follower) -> None:
    _put(index, gout="Gout|")
    with changing():
        put_documents([Document(key="topic:1", kind="topic", language="en", title="Gout", path="/t/")])
    index.step()

    assert _like("gout") == ["gout"]
    assert sorted(_searched("gout")) == ["1", "gout"]


def test_a_phrase_of_characters_is_one_in_its_order(index: Follower) -> None:
    _put(index, right="慢性腎臟病|", wrong="腎臟的慢性病|")

    assert _searched('"慢性腎臟"') == ["right"]
    assert _searched('腎臟 -"慢性腎"') == ["wrong"]


def test_the_terms_of_a_query_are_what_says_something_each_once() -> None:
    assert terms_of(segment("Is gout a gout?")) == (["gout"], [])
    assert terms_of(segment("the")) == (["the"], [])
    assert parse("").is_empty
