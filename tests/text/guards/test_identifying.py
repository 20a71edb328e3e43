"""Labels that ask who somebody is, and labels that only look so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from text.guards.identifying import asks_identity

ASKS = [
    "Name", "Your name", "Full name:", "Patient's name", "Name of the patient", "Surname", "Date of birth", "Birthday",
    "birth date", "DOB", "ID number", "ＩＤ", "National ID", "Passport no.", "Phone", "Mobile number", "E-mail",
    "Home address", "Chart number", "姓名", "您的名字", "病人姓名", "生日", "出生年月日", "身分證字號", "身份證",
    "護照號碼", "居留證", "健保卡號", "病歷號碼", "手機", "聯絡電話", "住址",
]  # fmt: skip
HARMLESS = [
    "Name of the medicine", "Brand name of the drug", "Medicine names", "Weight", "Birth weight",
    "Weeks of pregnancy at birth", "Idea of the diet", "Did a doctor name a diagnosis?", "Fluid intake", "藥名",
    "藥品名稱", "用藥名稱", "出生體重", "出生週數", "血壓", "",
]  # fmt: skip


@pytest.mark.parametrize("label", ASKS)
def test_a_label_that_asks_who_somebody_is(label: str) -> None:
    assert asks_identity(label)


@pytest.mark.parametrize("label", HARMLESS)
def test_a_label_that_asks_about_the_complaint(label: str) -> None:
    assert not asks_identity(label)


@given(st.sampled_from(["身分證", "姓名", "date of birth", "passport"]), st.text(max_size=20), st.text(max_size=20))
def test_words_around_do_not_hide_it(asked: str, before: str, after: str) -> None:
    assert asks_identity(f"{before} {asked} {after}")
