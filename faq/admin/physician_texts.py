"""The canned texts of a department, kept by its physicians."""

from typing import Any

from django.contrib import admin
from django.forms import ModelChoiceField
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from faq.models import CannedText
from people.admin_base import HouseAdmin
from people.models import Department


@admin.register(CannedText)
class CannedTextAdmin(HouseAdmin):
    """Texts that physicians insert into answers; everybody keeps those of the own departments."""

    list_display = ("title", "department_name", "language", "order")
    list_filter = ("language",)
    list_select_related = ("department",)
    search_fields = ("title", "body")

    @admin.display(description=_("department"), ordering="department")
    def department_name(self, text: CannedText) -> str:
        """Return the department in the language of the page."""
        return text.department.name

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> ModelChoiceField | None:
        """Offer the own departments alone."""
        if not request.user.is_superuser:
            kwargs["queryset"] = Department.objects.filter(physicians__user_id=request.user.pk or 0)
        kwargs["label"] = _("department")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
