"""The list of specialties: what departments are called, and who stands in for whom."""

import pytest

from faq.specialties import specialties, specialties_called, standing_in
from people.standard import STANDARD
from search.importing import STARTER
from search.sheets import read


def called(*names: str) -> list[str]:
    return [each.key for each in specialties_called(*names)]


def test_every_standard_department_has_its_specialty() -> None:
    assert [zh for zh, en, _kind in STANDARD if not called(zh) or not called(en)] == []


def test_both_names_of_a_standard_department_mean_the_same() -> None:
    different = [(zh, en) for zh, en, _kind in STANDARD if not set(called(zh)) & set(called(en))]

    assert different == []


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("Obstetrics & Gynaecology", ["obgyn"]),
        ("Urology & Sexual Health", ["urology"]),
        ("心臟內科", ["cardiology"]),
        ("心脏内科", ["cardiology"]),
        ("神經外科", ["neurosurgery"]),
        ("肝膽腸胃科", ["gastroenterology", "hepatology"]),
        ("Sleep Centre", []),
        ("", []),
    ],
)
def test_a_department_is_known_by_its_name_or_a_part_of_it(name: str, keys: list[str]) -> None:
    assert called(name) == keys


def test_every_concept_of_the_list_is_one_that_wenyi_brings() -> None:
    known = {line.entry.key for line in read(STARTER.read_bytes())}

    assert {key for each in specialties() for key in each.concepts} - known == set()


def test_keys_are_unique_and_stand_ins_end() -> None:
    keys = [each.key for each in specialties()]

    assert len(set(keys)) == len(keys)
    assert {standing_in(each, ()) for each in specialties()} == {""}


def test_the_nearest_that_is_there_stands_in() -> None:
    hepatology = next(each for each in specialties() if each.key == "hepatology")

    assert standing_in(hepatology, {"hepatology", "internal-medicine"}) == "hepatology"
    assert standing_in(hepatology, {"internal-medicine", "family-medicine"}) == "internal-medicine"
