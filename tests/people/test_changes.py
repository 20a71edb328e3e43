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

    changed = Change.objects.filter(number__gt=last).order_by("number").values_list("key", flat=True)
    assert list(changed) == [f"department:{department.pk}", f"physician:{physician.pk}"]
