"""Results in the reader's language before others, a page at a time."""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import results
from search.finding import Hit
from search.index.follower import Follower
from search.index.schema import Facets
from search.marking import marker_of
from search.models import Document
from search.narrowing import Narrowing
from search.newest import find_newest
from search.query import parse
from search.results import PAGE, Found, look_for, page_of
from search.vocabulary import vocabulary
from text.cutting import segment

pytestmark = pytest.mark.django_db


def make_document(title: str, number: int = 0, *, body: str = "", **columns: object) -> Document:
    key = f"question:{number or Document.objects.count() + 1}"
    fields = {"kind": "question", "language": "en", "listed_on": dt.date(2020, 1, 1), **columns}
    cut = {"segmented_title": segment(title), "segmented_body": segment(body)}
    return Document.objects.create(key=key, title=title, body=body, number=number, **cut, **fields)


def hits_of(documents: list[Document]) -> list[Hit]:
    return [Hit(document.pk, 1.0, Facets.of(document)) for document in documents]


def titles(hits: list[Hit]) -> list[str]:
    known = Document.objects.in_bulk([hit.pk for hit in hits])
    return [known[hit.pk].title for hit in hits]


def test_where_much_was_found_what_fits_is_asked_for_alone(index: Follower, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(results, "COUNTED", 6)
    monkeypatch.setattr(results, "ENOUGH", 3)
    for number in range(1, 10):
        make_document("lupus lupus lupus", number)
    topic = make_document("lupus and more words than that", 99, kind="topic")
    chinese = make_document("lupus 是什麼病 怎麼辦", 98, language="zh-hant")
    index.rebuild()

    narrowed = look_for(parse("lupus"), Narrowing(kind="topic"), ["en"])
    other = look_for(parse("lupus"), Narrowing(), ["zh-hant"])
    every = look_for(parse("lupus"), Narrowing(), ["en"])

    assert ([hit.pk for hit in narrowed.own], narrowed.is_more) == ([topic.pk], False)
    assert ([hit.pk for hit in other.own], other.is_more) == ([chinese.pk], False)
    assert (len(every.own), every.is_more) == (6, True)


def test_an_empty_query_finds_nothing(index: Follower) -> None:
    make_document("lupus")
    index.rebuild()

    assert look_for(parse("-lupus"), Narrowing(), ["en"]) == Found()


def test_the_newest_order_wants_every_telling_word(index: Follower) -> None:
    make_document("頭痛怎麼處理", language="zh-hant", listed_on=dt.date(2011, 1, 1))
    make_document("頭痛", language="zh-hant", listed_on=dt.date(2012, 1, 1))
    make_document("頭暈，胃痛怎麼辦", language="zh-hant", listed_on=dt.date(2013, 1, 1))
    make_document("頭痛很久", language="zh-hant", listed_on=None)
    index.rebuild()

    found = find_newest(parse("頭痛怎麼辦"), limit=9)

    assert found is not None
    assert titles(found) == ["頭痛", "頭痛怎麼處理", "頭痛很久"]
    assert find_newest(parse(""), limit=9) == []


def test_the_newest_order_keeps_quotes_minus_signs_and_filters(index: Follower) -> None:
    make_document("heart attack", listed_on=dt.date(2011, 1, 1))
    make_document("attack of the heart", listed_on=dt.date(2012, 1, 1))
    make_document("heart attack again", listed_on=dt.date(2013, 1, 1), kind="topic")
    index.rebuild()

    def newest(typed: str, *facets: list[str]) -> list[str]:
        return titles(find_newest(parse(typed), limit=9, facets=facets) or [])

    assert newest('"heart attack"') == ["heart attack again", "heart attack"]
    assert newest("heart -again") == ["attack of the heart", "heart attack"]
    assert newest("heart", ["kind:topic"]) == ["heart attack again"]


def test_without_an_index_there_is_no_newest(tmp_path: Path) -> None:
    assert find_newest(parse("heart"), limit=9) is None


def test_courtesies_are_left_unmarked_unless_they_are_all_there_is(index: Follower) -> None:
    def marked(typed: str, text: str) -> str:
        pieces = marker_of(parse(typed), vocabulary()).marked(text)
        return "".join(f"[{piece.text}]" if piece.is_marked else piece.text for piece in pieces)

    assert marked("頭痛怎麼辦", "頭痛怎麼辦") == "[頭痛]怎麼辦"
    assert marked("怎麼辦", "頭痛怎麼辦") == "頭痛[怎麼辦]"
    assert marked("the heart", "the heart") == "the [heart]"


@given(st.data())
def test_any_cursor_leads_to_a_page(data: st.DataObject) -> None:
    hits = [Hit(pk, 1.0, Facets("question", "en", 0, 0, "", False)) for pk in range(1, data.draw(st.integers(1, 90)))]
    cursor = data.draw(st.one_of(st.text(max_size=12), st.from_regex(r"\A[0-9]{1,5}\.[0-9]{1,20}\Z")))

    page = page_of(hits, cursor)

    assert page.rows == []
    assert page.later == ""


def test_the_place_counts_where_the_document_before_is_gone() -> None:
    documents = [make_document(f"lupus {number}", number) for number in range(1, 2 * PAGE + 1)]
    hits = hits_of(documents)
    first = page_of(hits)

    without_last = [hit for at, hit in enumerate(hits, 1) if at != PAGE]

    assert [place for place, _document in first.rows] == list(range(1, PAGE + 1))
    assert page_of(hits, first.later).rows[0] == (PAGE + 1, documents[PAGE])
    assert page_of(without_last, first.later).rows[0] == (PAGE + 1, documents[PAGE + 1])
