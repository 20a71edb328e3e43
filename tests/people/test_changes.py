"""Pages that name a department or a physician learn that it changed."""

import pytest

from search.models import Change
from tests.factories import make_department, make_physician

pytestmark = pytest.mark.django_db


def test_a_renamed_department_and_a_moved_physician_are_in_the_change_sequence() -> None:
    department, physician = make_department(), make_physician()
    last = Change.objects.latest("number").number

    department.name_en = "Rheumatology"
    department.save()
    physician.hospital_en = "Another hospital"
    physician.save()

    rows = Change.objects.filter(number__gt=last)
    changed = [{row.key for row in rows.filter(number=number)} for number in sorted({row.number for row in rows})]
    assert changed == [
        {f"department:{department.pk}", f"department:{department.pk}-en", f"department:{department.pk}-zh-hant"},
        {f"physician:{physician.pk}", f"physician:{physician.pk}-en"},
    ]
