"""How a name may be written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from text.fold import fold
from text.names import forms, named


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("X-ray", "x ray"),
        ("X-ray", "xray"),
        ("COVID-19", "covid19"),
        ("Vitamin B12", "vitamin b 12"),
        ("Crohn's disease", "crohn disease"),
        ("Graves' disease", "graves disease"),
        ("Ménière's disease", "meniere's disease"),
        ("Gallstones", "gallstone"),
        ("Kidney stones", "kidney stone"),
        ("Allergy", "allergies"),
        ("Metastasis", "metastases"),
        ("Anaemia", "anemia"),
        ("anemia", "anaemia"),
        ("Oesophageal cancer", "esophageal cancer"),
        ("diarrhea", "diarrhoea"),
        ("Brain tumour", "brain tumor"),
        ("紅斑性狼瘡", "红斑性狼疮"),
    ],
)
def test_a_name_is_known_in_its_other_spellings(name: str, other: str) -> None:
    assert other in forms(name)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("CAR-T", "cart"),  # no shopping cart
        ("AIDS", "aid"),
        ("Falls", "fall"),
        ("Glasses", "glass"),
        ("Abscess", "absces"),
        ("Systemic lupus", "systaemic lupus"),
        ("Type 2 diabetes", "type2 diabetes"),
    ],
)
def test_no_spelling_is_made_that_would_be_another_word(name: str, other: str) -> None:
    assert other not in forms(name)


def test_the_first_form_is_the_name_itself() -> None:
    assert [forms(name)[0] for name in ("SLE", "Stem-cell therapy", "頭痛")] == ["sle", "stem cell therapy", "头痛"]


def test_a_name_of_signs_has_no_form() -> None:
    assert forms(" - ") == []


@given(st.text())
def test_a_named_text_is_as_long_as_the_folded_one(text: str) -> None:
    assert len(named(text)) == len(fold(text))


@given(st.text(alphabet="abs'-é/ 1頭", max_size=12))
def test_every_form_is_compared_as_it_stands(name: str) -> None:
    assert all(named(form).strip() for form in forms(name))
