from collections.abc import Callable

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from text.guards.patient_data import KINDS, Hit, find

VALUES = dict(zip("ABCDEFGHJKLMNPQRSTUVXYWZIO", range(10, 36), strict=True))


def check_digit(letter: str, figures: str) -> str:
    """The last digit of a national number, worked out as the ministry's table says."""
    tens, units = divmod(VALUES[letter], 10)
    total = tens + units * 9 + sum(int(each) * (8 - place) for place, each in enumerate(figures))
    return str(-total % 10)


def found(text: str) -> list[tuple[str, str]]:
    return [(hit.kind, text[hit.start : hit.end]) for hit in find(text)]


def full_width(text: str) -> str:
    return "".join(chr(ord(each) + 0xFEE0) if "!" <= each <= "~" else each for each in text)


def chinese(text: str) -> str:
    return text.translate(str.maketrans("0123456789", "〇一二三四五六七八九"))


def spaced(text: str) -> str:
    return " ".join(text)


def hyphened(text: str) -> str:
    return "-".join(text)


def invisible(text: str) -> str:
    return "\u200b".join(text)


FIGURES = st.text("0123456789", min_size=7, max_size=7)
LETTERS = st.sampled_from(sorted(VALUES))
NATIONAL = st.builds(
    lambda letter, sex, rest: letter + sex + rest + check_digit(letter, sex + rest),
    LETTERS,
    st.sampled_from("12"),
    FIGURES,
)
RESIDENT = st.builds(
    lambda letter, sex, rest: letter + sex + rest + check_digit(letter, sex + rest),
    LETTERS,
    st.sampled_from("89"),
    FIGURES,
)
OLD_RESIDENT = st.builds(
    lambda letter, second, rest: letter + second + rest + check_digit(letter, str(VALUES[second] % 10) + rest),
    LETTERS,
    st.sampled_from("ABCD"),
    FIGURES,
)
MOBILE = st.text("0123456789", min_size=8, max_size=8).map(lambda rest: "09" + rest)
TAIPEI = st.builds(lambda first, rest: "02" + first + rest, st.sampled_from("2345678"), FIGURES)
PERSONAL = st.one_of(
    *(st.tuples(st.just("national_id"), NATIONAL), st.tuples(st.just("resident_id"), RESIDENT)),
    *(st.tuples(st.just("resident_id"), OLD_RESIDENT), st.tuples(st.just("mobile"), MOBILE)),
    st.tuples(st.just("landline"), TAIPEI),
)
DISGUISES = st.sampled_from([str, str.lower, full_width, spaced, hyphened, invisible, chinese])
PROSE = st.sampled_from(
    [
        "",
        "請問",
        "我的是",
        "第一",
        "一下。謝謝",
        " please call ",
        ", ok?",
        "（",
        "）",
        "\n",
        "大約十",
        "：",
        "GOT 45，",
    ]
)


@given(PROSE, PERSONAL, DISGUISES, PROSE)
def test_a_personal_number_is_found_wherever_and_however_it_is_written(
    before: str, personal: tuple[str, str], disguise: Callable[[str], str], after: str
) -> None:
    kind, number = personal
    written = disguise(number)
    # Behind 〇二… a 一 can be a digit as well as a word.
    assume(disguise is not chinese or not after.startswith("一"))

    hits = [hit for hit in find(before + written + after) if hit.kind == kind]

    assert [(before + written + after)[hit.start : hit.end] for hit in hits] == [written]


@given(
    st.one_of(
        st.text(),
        st.text("0123456789０〇一- .+()@a[]點\u200b\n電話身分證號", max_size=80),
        st.text(st.characters(codec=None)),
    )
)
def test_findings_lie_inside_the_text_in_order_and_apart(text: str) -> None:
    hits = find(text)

    places = [place for hit in hits for place in (hit.start, hit.end)]
    assert places == sorted(places)
    assert all(0 <= hit.start < hit.end <= len(text) and hit.kind in KINDS for hit in hits)


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        *(("national_id", each) for each in ("A123456789", "a123456789", "A 123 456 789", "A-123-456-789")),
        *(("resident_id", each) for each in ("A800000014", "AC01234567")),
        *(
            ("mobile", each)
            for each in ("0912-345-678", "0912 345 678", "0912.345.678", "0912/345/678", "(09)12345678")
        ),
        *(
            ("mobile", each)
            for each in ("+886 912 345 678", "+886-0912-345-678", "00886912345678", "(+886)912-345-678")
        ),
        *(("mobile", each) for each in ("零九一二-三四五-六七八", "09一二345678", "13812345678", "138-1234-5678")),
        *(
            ("landline", each)
            for each in ("(02) 2345-6789", "02-23456789#123", "02-2345-6789 分機 12", "02.2345.6789")
        ),
        *(("landline", each) for each in ("03-3345678", "037-234567", "04-22345678", "04-7234567", "049-2345678")),
        *(
            ("landline", each)
            for each in ("08-7234567", "082-345678", "0836-22345", "089-345678", "（０２）２３４５６７８９")
        ),
        *(("landline", each) for each in ("+886 2 2345 6789", "+886-2-2345-6789", "00886-4-22345678")),
        *(("landline", each) for each in ("+44 7911 123456", "+44 (0)20 7946 0958", "(415) 555-2671", "415-555-2671")),
        *(
            ("email", each)
            for each in ("a.b-c@mail.example.org", "abc＠gmail．com", "abc@ms1.hinet.net", "a\u200bbc@gmail.com")
        ),
        *(("email", each) for each in ("abc [at] gmail [dot] com", "abc(at)gmail.com", "abc at gmail dot com")),
        *(("email", each) for each in ("abc at gmail.com", "john dot smith at gmail dot com", "abc小老鼠gmail點com")),
        ("email", "abc @ hospital.org"),
    ],
)
@pytest.mark.parametrize("sentence", ["{}", "請打 {} 給我", "我的是{}，謝謝", "Mine is {}, thanks."])
def test_every_spelling_of_a_number_or_address_is_found_whole(kind: str, written: str, sentence: str) -> None:
    assert found(sentence.format(written)) == [(kind, written)]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("身分證字號：A123456788", "A123456788"),
        ("身份證是 A12345678", "A12345678"),
        ("ARC no. AB12345678", "AB12345678"),
        ("護照號碼 312345678", "312345678"),
        ("my passport number is X1234567.", "X1234567"),
        ("ID: A123456788", "A123456788"),
        ("A123456788（身分證）", "A123456788"),
        ("健保卡號 000012345678", "000012345678"),
        ("護照３１２３４５６７８", "３１２３４５６７８"),
        ("病歷號碼：1234567", "1234567"),
        ("身份证号 11010519491231002X", "11010519491231002X"),
    ],
)
def test_a_label_makes_a_number_personal_whatever_its_check_digit(text: str, number: str) -> None:
    assert found(text) == [("labelled_id", number)]


@pytest.mark.parametrize(("text", "number"), [("電話：2345-6789", "2345-6789"), ("Tel. 5550 1234", "5550 1234")])
def test_a_label_makes_a_local_number_a_telephone(text: str, number: str) -> None:
    assert found(text) == [("landline", number)]


@pytest.mark.parametrize(
    "text",
    [
        *(
            "GOT 45、GPT 50，血壓 120/80",
            "WBC 12000 RBC 4500000 PLT 250000",
            "platelets at 250 000 000",
            "HBV DNA 20000000 IU/ml",
        ),
        *(
            "TSH 0.5 0.6 0.7 0.8 0.9",
            "13.5 14.2 15.1 16.0",
            "500 mg 3 times, 1000 mcg B12",
            "每日三次，每次零點五毫克",
        ),
        *("2011/05/01 120/80 98", "05/21 120/80 98", "2011-05-01 09:12", "05/01/2011 10:20", "03-05-2011 9 am"),
        *(
            "100年5月1日",
            "民國一百年五月一日",
            "二〇一一年五月一日",
            "98/05/01 09:12 345",
            "2010 2011 2012 2013",
            "06-07-08-09-10",
        ),
        *(
            "問題193985",
            "question ID 193985",
            "No. 12345678",
            "PMID 21234567",
            "ISBN 9789571234567",
            "1234567890123456",
            "10912345678",
        ),
        *("年齡 45，身高 160，體重 50", "40-49 50-59 60-69 70-79", "一二三四五六七八九十", "3 1 0 2 2 1 0 3 1"),
        *(
            "請打 119、110、1922、1925、1995",
            "電話 119",
            "phone 1925",
            "0800-000-123",
            "0809000123",
            "call 1-800-273-8255",
        ),
        *("A123456788", "A1234567890", "護照 2011/05/01 到期", "passport 10 years", "ARC 2011-05-01"),
        *(
            "look at www.nih.gov for more",
            "look at example.com",
            "[email protected]",
            "take 2 @ 8.30pm",
            "meet at noon. thanks",
        ),
    ],
)
def test_what_belongs_to_nobody_is_left_alone(text: str) -> None:
    assert found(text) == []


def test_a_numeral_of_the_next_word_is_no_digit_of_the_number() -> None:
    assert found("DD11077891一下") == [("resident_id", "DD11077891")]


def test_a_text_may_hold_several() -> None:
    text = "身分證A123456789，手機0912-345-678或(02)2345-6789，信箱abc@gmail.com"

    assert find(text) == [
        Hit("national_id", 3, 13),
        Hit("mobile", 16, 28),
        Hit("landline", 29, 42),
        Hit("email", 45, 58),
    ]


@pytest.mark.parametrize(
    "piece", ["0", "0 ", "09", "a@", "a at ", "a@b.", "+886", "〇九", "身分證 ", "電話 ", "a 1 2 3 ", "1\u200b"]
)
def test_what_is_made_to_be_slow_is_searched_to_its_end(piece: str) -> None:
    text = piece * (20_000 // len(piece))

    assert found(text + " 0912345678")[-1][1].endswith("0912345678")
