"""The line that says who asked."""

import datetime as dt
import re

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from faq.asker import asker_line, person_phrase
from faq.choices import AgeBand, ForWhom, Sex
from faq.models import Question

DAY = dt.date(2011, 5, 1)


def line(**fields: object) -> str:
    """The line as it is read, for a question that says nothing but `fields`."""
    question = Question(**{"nickname": "", "age_band": "", "sex": "", "asked_on": None, **fields})
    return re.sub(r"<[^>]*>", "", asker_line(question))


def test_everything_known_makes_one_sentence() -> None:
    shown = asker_line(Question(nickname="jimmy", age_band=AgeBand.FROM_40, sex=Sex.FEMALE, asked_on=DAY))

    assert shown == ('<bdi>jimmy</bdi>, 40–49 year old female, asked <time datetime="2011-05-01">2011/05/01</time>')


@pytest.mark.parametrize(
    ("known", "sentence"),
    [
        ({}, ""),
        ({"nickname": "jimmy"}, "jimmy"),
        ({"sex": Sex.MALE}, "a male"),
        ({"age_band": AgeBand.FROM_0}, "0–9 years old"),
        ({"age_band": AgeBand.FROM_80, "sex": Sex.FEMALE}, "female, 80 years or older"),
        ({"asked_on": DAY}, "Asked 2011/05/01"),
        ({"nickname": "jimmy", "asked_on": DAY}, "jimmy, asked 2011/05/01"),
        (
            {"age_band": AgeBand.FROM_70, "sex": Sex.OTHER, "asked_on": DAY},
            "70–79 year old, sex: other, asked 2011/05/01",
        ),
        ({"for_whom": ForWhom.PARENT}, "asked for a parent"),
        ({"for_whom": ForWhom.CHILD, "nickname": "jimmy"}, "jimmy, asked for a child"),
        (
            {"for_whom": ForWhom.PARENT, "nickname": "jimmy", "age_band": "70-79", "sex": "female", "asked_on": DAY},
            "jimmy, asked for a parent, 70–79 year old female, on 2011/05/01",
        ),
    ],
)
def test_what_is_unknown_is_left_out(known: dict[str, object], sentence: str) -> None:
    assert line(**known) == sentence


def test_a_nickname_cannot_write_html() -> None:
    shown = asker_line(Question(nickname='<b>"Dr." & {date}</b>', asked_on=None))

    assert shown == "<bdi>&lt;b&gt;&quot;Dr.&quot; &amp; {date}&lt;/b&gt;</bdi>"


@given(
    st.text(max_size=40), st.sampled_from(["", *AgeBand]), st.sampled_from(["", *Sex]), st.sampled_from(ForWhom),
    st.none() | st.dates(), st.sampled_from(["en", "zh-hant"]),
)  # fmt: skip
def test_no_combination_breaks_the_sentence(
    nickname: str, age_band: str, sex: str, for_whom: str, asked_on: dt.date | None, language: str
) -> None:
    question = Question(nickname=nickname, age_band=age_band, sex=sex, for_whom=for_whom, asked_on=asked_on)

    with translation.override(language):
        shown = asker_line(question)

    assert shown.count("<bdi>") == bool(nickname)
    assert shown.count("<time") == (asked_on is not None)
    assert not shown.startswith((",", " "))
    assert not shown.endswith((",", " "))


@pytest.mark.parametrize("age_band", AgeBand)
@pytest.mark.parametrize("sex", ["", *Sex])
def test_every_person_has_a_phrase(age_band: str, sex: str) -> None:
    assert person_phrase(age_band, sex) != ""
