"""What a list of results shows of a text: the place that says most, with the words marked."""

from itertools import accumulate

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from text.cutting import pairs, segment, words
from text.snippets import ELLIPSIS, READ, Marker, Piece, terms

TEXTS = st.one_of(
    st.text(
        st.sampled_from("abc Ab,.-'’12我們高血壓頭髮头发，。？👩\u200d⚕\ufe0f\u0301🇹🇼\u00ad\u200b\n"), max_size=300
    ),
    st.text(max_size=80),
)
TYPED = st.one_of(st.text(st.sampled_from("abc 12-血壓高頭发\u0301"), max_size=12), st.text(max_size=12))
LIMITS = st.integers(1, 60)


def written(pieces: list[Piece]) -> str:
    """The pieces with the marked ones in brackets."""
    return "".join(f"[{piece.text}]" if piece.is_marked else piece.text for piece in pieces)


def marked(query: str, text: str, *names: str) -> str:
    return written(Marker(segment(query), names=names).marked(text))


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("头发", "我的頭髮掉了", "我的[頭髮]掉了"),
        ("臺灣", "台灣和臺湾", "[台灣]和[臺湾]"),
        ("頭痛", "頭暈，頭很痛", "頭暈，頭很痛"),
        ("頭", "頭暈頭痛", "[頭]暈[頭]痛"),
        ("allergies", "Allergy and allergic", "[Allergy] and allergic"),
        ("lupus", "Lupus's lupusX ＬＵＰＵＳ", "[Lupus's] lupusX [ＬＵＰＵＳ]"),
        ("B肝", "B 肝、b肝、B群、肝", "[B 肝]、[b肝]、B群、肝"),
        ("HPV疫苗", "HPV 疫苗與HPV", "[HPV 疫苗]與[HPV]"),
        ("type 2 diabetes", "Type-2 diabetics, 2 weeks", "[Type-2 diabetics], 2 weeks"),
        ("500mg", "500 mg, 5000", "[500 mg], 5000"),
        ("b12", "B12 and B120", "[B12] and B120"),
        ("café", "CAFE\u0301 au lait", "[CAFE\u0301] au lait"),
        ("c", "vitamin C, cc", "vitamin [C], cc"),
        ("高血壓", "高血壓，血壓高", "[高血壓]，[血壓]高"),
        ("lupus", "a lu\u00adpus", "a [lupus]"),
        ("", "nothing", "nothing"),
    ],
)
def test_words_are_marked_as_they_are_written(query: str, text: str, expected: str) -> None:
    assert marked(query, text) == expected


def test_other_names_of_what_is_meant_are_marked_whole() -> None:
    text = "Systemic  lupus erythematosus, lupus, 紅斑性狼瘡和狼瘡"

    assert marked("SLE", text, "systemic lupus erythematosus", "红斑性狼疮") == (
        "[Systemic lupus erythematosus], lupus, [紅斑性狼瘡]和狼瘡"
    )


def test_what_says_nothing_can_be_left_unmarked() -> None:
    marker = Marker(segment("頭痛怎麼辦"), unmarked={"怎么", "痛怎", "么办"})

    assert written(marker.marked("頭痛怎麼辦")) == "[頭痛]怎麼辦"


def test_the_window_is_where_most_words_stand() -> None:
    text = "心臟。" * 40 + "今天頭痛得很。還發燒和咳嗽，" + "心臟。" * 40

    found = written(Marker(segment("心臟 頭痛 發燒 咳嗽")).snippet(text, 60))

    assert found == "…[心臟]。[心臟]。[心臟]。[心臟]。[心臟]。今天[頭痛]得很。還[發燒]和[咳嗽]…"


def test_a_rare_word_is_worth_more_than_two_common_ones() -> None:
    text = "what to do " * 30 + "about scleroderma " + "or so " * 30
    weights = {"sclerodermia": 8.0, segment("scleroderma"): 8.0}

    found = Marker(segment("what do scleroderma"), weight=lambda term: weights.get(term, 0.1)).snippet(text, 40)

    assert "[scleroderma]" in written(found)


def test_a_window_begins_with_a_sentence_where_one_begins_near() -> None:
    text = "Something long was said before this. " * 5 + "Then lupus came. " + "And more was said of it. " * 5

    assert written(Marker(segment("lupus")).snippet(text, 60)).startswith("…Then [lupus] came. And")


def test_a_text_without_the_words_has_no_snippet() -> None:
    assert Marker(segment("lupus")).snippet("heart", 60) == []
    assert Marker("").snippet("heart", 60) == []
    assert Marker(segment("lupus")).snippet("", 60) == []


def test_a_short_text_is_shown_whole() -> None:
    assert written(Marker(segment("lupus")).snippet("My  lupus\nis back.", 60)) == "My [lupus] is back."


def test_what_stands_far_down_in_a_long_text_is_not_looked_for() -> None:
    assert Marker(segment("lupus")).snippet("a " * READ + "lupus", 60) == []


def test_the_terms_are_those_of_an_index() -> None:
    cut = segment("HPV疫苗 type 2 diabetes 頭")

    assert {*terms(cut)} <= {*words(cut), *pairs(cut)}
    assert terms(cut) == ["hpv", "type", "diabet", "疫苗", "hpv疫", "苗type", "type2", "2diabet", "diabet头"]


@given(TYPED, TEXTS, LIMITS)
def test_a_snippet_is_a_part_of_the_text_and_cuts_no_grapheme(query: str, text: str, limit: int) -> None:
    whole = "".join(piece.text for piece in Marker(segment(query)).marked(text))
    pieces = Marker(segment(query)).snippet(text, limit)
    middle = pieces[bool(pieces) and pieces[0] == Piece(ELLIPSIS) :]
    middle = middle[: len(middle) - (bool(middle) and middle[-1] == Piece(ELLIPSIS))]
    shown = "".join(piece.text for piece in middle)

    ends = {0, *(each.end() for each in regex.finditer(r"\X", whole))}
    places = [at.start() for at in regex.finditer(regex.escape(shown), whole, overlapped=True)]
    assert any({at, at + len(shown)} <= ends for at in places)
    assert len(shown) <= limit or len(regex.findall(r"\X", shown)) == 1
    assert all(piece.text for piece in pieces)


@given(TYPED, TEXTS)
def test_marks_begin_and_end_between_graphemes(query: str, text: str) -> None:
    pieces = Marker(segment(query)).marked(text)

    whole = "".join(piece.text for piece in pieces)
    places = accumulate(len(piece.text) for piece in pieces)
    assert {*places} <= {each.end() for each in regex.finditer(r"\X", whole)}


def test_a_mark_takes_the_whole_grapheme() -> None:
    assert marked("頭", "頭\u0301痛") == "[頭\u0301]痛"


@given(TEXTS, st.data())
def test_every_two_neighbours_of_a_text_find_and_mark_themselves(text: str, data: st.DataObject) -> None:
    neighbours = regex.findall(r"[\u4e00-\u9fff]{2}", text, overlapped=True)
    query = data.draw(st.sampled_from(neighbours or ["高血"]))

    shown = Marker(segment(query)).snippet(text, 30)

    assert any(segment(query) in segment(piece.text) for piece in shown if piece.is_marked) == bool(neighbours)


@given(TYPED, TEXTS)
def test_nothing_is_marked_that_does_not_say_a_word_of_the_query(query: str, text: str) -> None:
    cut = segment(query)
    wanted = {*words(cut)}

    for piece in Marker(cut).marked(text):
        if piece.is_marked:
            assert wanted & {*words(segment(piece.text))}
