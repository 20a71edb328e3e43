"""Words by which somebody gives a name."""

import pytest

from text.guards.naming import gives_a_name


@pytest.mark.parametrize(
    "text",
    ["My name is Anna", "patient name: Anna Miller", "Mrs. Miller", "MRS Miller's lupus", "Mr. Wong"]
    + ["我叫王小明", "姓名 王小明", "王小明先生", "陳小姐的病", "歐陽女士"],
)
def test_a_name_that_is_given_as_one_is_found(text: str) -> None:
    assert gives_a_name(text) is True


@pytest.mark.parametrize(
    "text",
    ["name of the drug", "brand name drugs", "MR imaging", "MS treatment", "missed period", "lupus"]
    + ["高血壓", "白內障", "我先生打呼", "先生打呼", "葉酸", "女士健康", "小姐可以打疫苗嗎"],
)
def test_words_of_medicine_and_of_every_day_are_none(text: str) -> None:
    assert gives_a_name(text) is False
