"""The admin of who: staff accounts, departments and physicians."""

from people.admin.departments import DepartmentAdmin
from people.admin.physicians import PhysicianAdmin
from people.admin.users import UserAdmin

__all__ = ["DepartmentAdmin", "PhysicianAdmin", "UserAdmin"]
