"""Who: staff accounts, departments, physicians, and what is counted per visitor."""

from people.models.department import Department, IntakeField
from people.models.lease import Lease
from people.models.physician import Physician
from people.models.rate import RateCount
from people.models.user import Role, User

__all__ = ["Department", "IntakeField", "Lease", "Physician", "RateCount", "Role", "User"]
