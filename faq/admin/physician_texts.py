"""The canned texts of a department, kept by its physicians."""

from typing import Any

from django.contrib import admin
from django.forms import ModelChoiceField
from django.http import HttpRequest

from faq.models import CannedText
from people.admin_base import HouseAdmin
from people.models import Department


@admin.register(CannedText)
class CannedTextAdmin(HouseAdmin):
    """Texts that physicians insert into answers; everybody keeps those of the own departments."""

    list_display = ("title", "department", "language", "order")
    list_filter = ("language",)
    list_select_related = ("department",)
    search_fields = ("title", "body")

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> ModelChoiceField | None:
        """Offer the own departments alone."""
        if db_field.name == "department" and not request.user.is_superuser:
            kwargs["queryset"] = Department.objects.filter(physicians__user_id=request.user.pk or 0)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
