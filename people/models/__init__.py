"""Who: staff accounts, departments, physicians, and what is counted per visitor."""

from people.models.department import Department, IntakeField
from people.models.editing import OpenedText, Translated, Versioned
from people.models.lease import Lease
from people.models.physician import Physician
from people.models.rate import RateCount
from people.models.user import Role, User

__all__ = [
    "Department",
    "IntakeField",
    "Lease",
    "OpenedText",
    "Physician",
    "RateCount",
    "Role",
    "Translated",
    "User",
    "Versioned",
]
