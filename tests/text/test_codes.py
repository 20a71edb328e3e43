import pytest
from hypothesis import given
from hypothesis import strategies as st

from text.codes import LENGTH, decode, encode, grouped, normalise

SECRETS = st.binary(min_size=20, max_size=20)
WIDE = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)})


@given(SECRETS)
def test_a_code_gives_its_bytes_back(secret: bytes) -> None:
    code = encode(secret)

    assert (len(code), code.lower()) == (LENGTH, code)
    assert decode(code) == secret


@given(SECRETS, st.sampled_from([" ", "-", ".", "\u3000", "\u2011", " - ", "\n"]), st.booleans(), st.booleans())
def test_a_code_is_known_however_it_is_copied(secret: bytes, gap: str, is_upper: bool, is_wide: bool) -> None:
    code = encode(secret)
    written = gap.join(grouped(code))
    typed = written if is_upper else written.lower()

    assert normalise(typed.translate(WIDE) if is_wide else typed) == code


def test_letters_that_look_like_digits_are_read_as_digits() -> None:
    assert normalise("OoIiLl" + "z" * 26) == "001111" + "z" * 26


@pytest.mark.parametrize("typed", ["", "z" * 31, "z" * 33, "u" + "z" * 31, "狼" * 32, "z" * 31 + "é", "z-" * 5000])
def test_what_can_not_be_a_code_is_none(typed: str) -> None:
    assert normalise(typed) is None


@given(st.one_of(st.text(), st.text(st.characters(codec=None))))
def test_any_text_is_a_code_in_its_one_form_or_none(typed: str) -> None:
    code = normalise(typed)

    assert code is None or normalise(code) == code


def test_a_code_is_shown_in_eight_groups_of_four() -> None:
    groups = grouped("0123456789abcdefghjkmnpqrstvwxyz")

    assert " ".join(groups) == "0123 4567 89AB CDEF GHJK MNPQ RSTV WXYZ"


def test_bytes_that_leave_bits_over_and_strange_characters_are_errors() -> None:
    with pytest.raises(ValueError, match="multiple of five"):
        encode(b"1234")
    with pytest.raises(ValueError, match="not a code"):
        decode("u" * 32)
