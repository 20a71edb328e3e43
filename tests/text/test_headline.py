"""What a question is called."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from text.headline import SLUG_LENGTH, headlines, says_something, stand_in
from text.slug import slugify

WORDS = st.text(max_size=120)
LABELS = st.lists(st.text(min_size=1, max_size=30), max_size=3)


@pytest.mark.parametrize(
    "title",
    [
        *(
            "請問醫師",
            "醫師您好",
            "想請問一下",
            "請幫幫我",
            "問題",
            "急！！！",
            "求助",
            "請問醫生我該怎麼辦？",
            "健康諮詢",
        ),
        *("question", "Question", "Help me please!!", "medical question", "Hi doctor", "Need your advice, doctor"),
        *("???", "…", "", "   ", "123", "[phone number hidden]", "\u200b", "What should I do?"),
    ],
)
def test_politeness_and_punctuation_say_nothing(title: str) -> None:
    assert not says_something(title)


@pytest.mark.parametrize(
    "title",
    [
        *("頭痛", "B肝", "狼瘡能打疫苗嗎", "不舒服", "高血壓的人能吃阿膠嗎？", "婦科問題", "口臭咋醫治？"),
        *(
            "SLE",
            "Acne",
            "is leucoderma curable?",
            "how do i stop smoking now",
            "my father wets the bed",
            "Chest pain",
        ),
    ],
)
def test_a_word_of_substance_says_something(title: str) -> None:
    assert says_something(title)


def test_the_first_telling_sentence_stands_in_for_a_title_that_says_nothing() -> None:
    body = "醫師您好：我有問題想請教。最近三週一直頭痛，吃藥沒有用。請問怎麼辦？"

    assert stand_in("請問醫師", body) == "最近三週一直頭痛，吃藥沒有用。"
    assert stand_in("頭痛三週", body) == ""
    assert stand_in("請問醫師", "您好。謝謝！") == ""
    assert stand_in("help", "Hi doctor. I have been coughing for weeks. What can I do?") == (
        "I have been coughing for weeks."
    )


def called(title: str, body: str = "", labels: tuple[str, ...] = (), *, is_chinese: bool = False) -> list[str]:
    return [each.title for each in headlines(title, body, labels=labels, number=12, is_chinese=is_chinese)]


def test_the_main_concept_is_added_then_another_then_a_sentence_then_the_number() -> None:
    body = "Hello doctor. Can I be vaccinated? I take 10 mg of prednisolone."

    assert called("Can I be vaccinated?", body, ("Lupus", "Vaccines")) == [
        "Can I be vaccinated? (Lupus)",
        "Can I be vaccinated? (Vaccines)",
        "Can I be vaccinated? (I take 10 mg of prednisolone.)",
        "Can I be vaccinated? (#12)",
    ]
    assert called("能打疫苗嗎？", "", ("紅斑性狼瘡",), is_chinese=True) == [
        "能打疫苗嗎？（紅斑性狼瘡）",
        "能打疫苗嗎？（#12）",
    ]
    assert called("Lupus and vaccines") == ["Lupus and vaccines", "Lupus and vaccines (#12)"]


@given(WORDS, WORDS, LABELS, st.booleans())
def test_any_words_make_one_line_that_fits_and_end_with_one_nobody_else_has(
    title: str, body: str, labels: list[str], is_chinese: bool
) -> None:
    own = list(headlines(title, body, labels=labels, number=12, is_chinese=is_chinese))
    other = list(headlines(title, body, labels=labels, number=13, is_chinese=is_chinese))

    assert all("\n" not in each.title and len(each.title) <= 200 for each in own)
    assert all(0 < len(each.slug) <= SLUG_LENGTH for each in own)
    assert own[:-1] == other[:-1]
    assert own[-1].slug != other[-1].slug
    assert own[-1].slug.endswith("-12")
    assert all(each.slug == slugify(each.slug) or each.slug == "question" for each in own)


@given(WORDS, WORDS)
def test_what_stands_in_says_something_and_is_of_the_persons_own_words(title: str, body: str) -> None:
    found = stand_in(title, body)

    assert found == "" or says_something(found)
    assert not (found and says_something(title))
    words = "".join(body.split())
    assert all(word.strip("…") in words or not word.isascii() for word in found.split())


@given(WORDS)
def test_it_is_decided_the_same_every_time(title: str) -> None:
    assert says_something(title) == says_something(title)
    assert called(title) == called(title)
