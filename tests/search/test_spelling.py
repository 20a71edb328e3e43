"""Did you mean: misspelt names of drugs and diseases."""

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from search.changes import changing, put_documents
from search.importing import import_starter
from search.index.follower import Follower
from search.models import ConceptName, Document
from search.spelling import did_you_mean
from tests.factories import make_concept
from text.distance import mistakes
from text.sounds import sound_of

pytestmark = pytest.mark.django_db


def put(*bodies: str) -> None:
    with changing():
        put_documents(
            [
                Document(key=f"question:{number}", kind="question", language="en", title="A question", body=body)
                for number, body in enumerate(bodies, 1)
            ]
        )


NAMES = (
    ("Metformin", ""), ("ibuprofen", ""), ("Crohn's disease", "克隆氏症"), ("HbA1c", "糖化血色素"),
    ("Diabetes", "糖尿病"),
    ("Systemic lupus erythematosus", "全身性紅斑性狼瘡"), ("lupus", "狼瘡"), ("SLE", ""), ("Hydroxychloroquine", ""),
    ("Parkinson's disease", ""), ("Stroke", "腦中風"), ("Aspirin", ""), ("Hypertension", "高血壓"), ("", "慢性腎衰竭"),
    ("flu", "流感"), ("Asthma", "氣喘"), ("Gout", "痛風"), ("blood pressure medicine", "高血壓藥"),
)  # fmt: skip


@pytest.fixture
def texts(index: Follower) -> None:
    """A small vocabulary, and an index of a few texts."""
    for name_en, name_zh_hant in NAMES:
        make_concept(name_en, name_zh_hant)
    put("metformin and sugar", "高血壓要吃藥", "氣喘")
    index.step()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("metfromin", "Metformin"),
        ("metformn dose", "metformin dose"),
        ("netformin", "Metformin"),
        ("ibuproffen 400 mg", "ibuprofen 400 mg"),
        ("crohns dissease", "Crohn's disease"),
        ("systemic lupsu", "systemic lupus"),
        ("my HbA1c and diabetis", "my HbA1c and diabetes"),
        ("hydroxicloroquine eyes", "hydroxychloroquine eyes"),
        ("parkinsen and the flu", "Parkinson and the flu"),
        ("膏血壓", "高血壓"),
        ("膏血压", "高血壓"),
        ("高雪壓怎麼辦", "高血壓怎麼辦"),
        ("全身性紅班性狼創", "全身性紅斑性狼瘡"),
        ("器喘", "氣喘"),
        ("-aspirin metfromin", "-aspirin metformin"),
    ],
)
@pytest.mark.usefixtures("texts")
def test_a_misspelt_name_is_offered_as_it_is_shown(typed: str, meant: str) -> None:
    assert did_you_mean(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "sle", "SLE", "lupus", "metformin", "what is the best", "strike", "meal", "gouty", "高血壓的人", "低血壓",
        "急性腎衰竭", "糖尿病能吃什麼", "器喘怎麼辦", "", "   ", "\x00", "b12", "12345", "!?", "привет",
    ],
)  # fmt: skip
@pytest.mark.usefixtures("texts")
def test_nothing_is_offered_for_what_is_right_or_far_from_any_name(typed: str) -> None:
    assert did_you_mean(typed) is None


def test_no_name_of_the_vocabulary_that_wenyi_brings_is_corrected(index: Follower) -> None:
    import_starter()
    put("a text")
    index.step()
    names = ConceptName.objects.values_list("text", flat=True)

    assert [(name, meant) for name in names if (meant := did_you_mean(name))] == []


def test_a_word_that_many_write_is_no_misspelling(index: Follower) -> None:
    make_concept("Metformin")
    put(*["metformim"] * 3, *["metformin"] * 149)
    index.step()
    assert did_you_mean("metformim") is None

    put(*["metformim"] * 3, *["metformin"] * 150)
    index.step()

    assert did_you_mean("metformim") == "Metformin"


def test_one_wrong_character_that_sounds_otherwise_counts_where_there_are_many_texts(
    index: Follower, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_concept("", "心肌梗塞")
    put("心肌梗塞")
    index.step()
    assert did_you_mean("心肌便塞") is None

    monkeypatch.setattr("search.spelling.MANY", 1)

    assert did_you_mean("心肌便塞") == "心肌梗塞"
    assert did_you_mean("心梗肌塞") == "心肌梗塞"
    assert did_you_mean("右肌梗塞") is None


def test_nothing_is_offered_without_an_index() -> None:
    make_concept("Metformin")

    assert did_you_mean("metfromin") is None


@pytest.mark.usefixtures("texts")
@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(
    st.text(max_size=250)
    | st.lists(st.sampled_from(["metfromin", "高雪壓", '"', "-", "é", " ", "ﬁ", "𠮷"])).map("".join)
)
def test_whatever_is_typed_is_answered(typed: str) -> None:
    meant = did_you_mean(typed)

    assert meant is None or (meant.strip() and meant != typed)


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [("lupus", "lupus", 0), ("lupsu", "lupus", 1), ("lupu", "lupus", 1), ("lupuss", "lupus", 1), ("kupus", "lupus", 1),
     ("kups", "lupus", 2), ("", "ab", 2), ("abcdef", "lupus", 3)],
)  # fmt: skip
def test_mistakes_are_counted_up_to_a_bound(one: str, other: str, count: int) -> None:
    assert mistakes(one, other, 2) == count


@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_mistakes_are_the_same_either_way(one: str, other: str) -> None:
    assert mistakes(one, other, 6) == mistakes(other, one, 6) <= max(len(one), len(other))


def test_characters_that_sound_alike_have_one_sound() -> None:
    assert sound_of("膏血") == sound_of("高雪") == ("gao", "xue")
    assert sound_of("疹𠮷") == ("zen", "𠮷")
