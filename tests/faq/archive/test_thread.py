"""One thread of an archive: what is understood, and what is refused with its reason."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faq.archive.thread import ArchiveThread, BadThreadError, parse

GOOD: dict[str, Any] = {"id": "1", "language": "zh-hant", "title": "頭暈", "question": "暈了三天"}

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


def _thread(**fields: Any) -> ArchiveThread:
    return parse({**GOOD, **fields}, source="")


@pytest.mark.parametrize(
    "asked_on", ["2011-05-01", "2011/05/01", "2011/5/1", "100/05/01", "民國100年5月1日", "１００/０５/０１"]
)
def test_a_day_is_understood_however_it_is_written(asked_on: str) -> None:
    assert _thread(asked_on=asked_on).columns["asked_on"] == dt.date(2011, 5, 1)


def test_without_a_day_none_is_invented() -> None:
    assert _thread().columns["asked_on"] is None


def test_what_a_web_page_did_to_a_text_is_undone() -> None:
    thread = _thread(question="第一行<br>第二行 &lt; 3 &amp;amp; 5\ue000")

    assert thread.body == "第一行\n第二行 < 3 & 5〓"


@pytest.mark.parametrize(("given_sex", "stored"), [("F", "female"), ("male", "male"), ("女", "female"), ("", "")])
def test_the_sex_is_understood_in_its_usual_forms(given_sex: str, stored: str) -> None:
    assert _thread(asker={"sex": given_sex}).columns["sex"] == stored


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"id": ""}, "no id"),
        ({"language": "de"}, "unknown language 'de'"),
        ({"title": "", "question": ""}, "neither a title nor a question"),
        ({"asked_on": "2011-02-30"}, "asked_on: There is no such day: '2011-02-30'."),
        ({"asker": {"sex": "X"}}, "unknown sex 'X'"),
        ({"replies": {"text": "a"}}, "replies is not a list"),
        ({"replies": ["a"]}, "a reply is not an object"),
        ({"title": ["a"]}, "title is not a text"),
        ({"title": "長" * 201}, "title is longer than 200 characters"),
        ({"views": -1}, "views is out of range"),
    ],
)
def test_a_thread_that_cannot_be_loaded_says_why(fields: dict[str, Any], reason: str) -> None:
    with pytest.raises(BadThreadError) as refused:
        _thread(**fields)

    assert str(refused.value) == reason


def test_unknown_fields_are_kept() -> None:
    assert _thread(mood="calm").extra == {"mood": "calm"}


@given(st.dictionaries(st.sampled_from([*GOOD, "asker", "replies", "more_info", "views", "tags", "asked_on"]), JSON))
def test_any_json_is_a_thread_or_has_a_reason(fields: dict[str, Any]) -> None:
    try:
        thread = _thread(**fields)
    except BadThreadError as error:
        said = str(error)
    else:
        said = thread.title

    assert said
