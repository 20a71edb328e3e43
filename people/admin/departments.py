"""Departments: how each takes, reviews and publishes questions, and what more it asks for."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from people.admin_base import HouseAdmin, HouseStackedInline
from people.models import Department, IntakeField
from text.guards.identifying import asks_identity


class IntakeFieldForm(forms.ModelForm):
    """One more thing that a department asks for, refused where it asks who somebody is."""

    class Meta:
        model = IntakeField
        fields = (
            "key", "kind", "label_en", "label_zh_hant", "reason_en", "reason_zh_hant", "choices_en", "choices_zh_hant",
            "unit", "is_required", "is_public", "order",
        )  # fmt: skip
        help_texts = {
            "key": _("A short name in Latin letters under which the answer is kept; it is never shown."),
            "reason_en": _("One sentence. The asker reads it under the field."),
            "reason_zh_hant": _("One sentence. The asker reads it under the field."),
            "unit": _("For a number: kg, mmHg, weeks."),
        }
        widgets = {
            "choices_en": forms.Textarea(attrs={"rows": 4}),
            "choices_zh_hant": forms.Textarea(attrs={"rows": 4}),
        }

    def clean_label_en(self) -> str:
        return self._asks_nobody("label_en")

    def clean_label_zh_hant(self) -> str:
        return self._asks_nobody("label_zh_hant")

    def clean(self) -> dict[str, Any] | None:
        """A number without a unit cannot be read by the physician."""
        cleaned = super().clean()
        if self.cleaned_data.get("kind") == IntakeField.Kind.NUMBER and not self.cleaned_data.get("unit"):
            self.add_error("unit", _("A number needs its unit."))
        return cleaned

    def _asks_nobody(self, name: str) -> str:
        label: str = self.cleaned_data[name]
        if asks_identity(label):
            raise ValidationError(
                _("Wenyi never asks who somebody is: no name, birth date, identity number, telephone or address.")
            )
        return label


class IntakeFieldInline(HouseStackedInline):
    model = IntakeField
    form = IntakeFieldForm
    fieldsets = (
        (None, {"fields": (("key", "kind", "order"), ("label_en", "label_zh_hant"), ("reason_en", "reason_zh_hant"))}),
        (None, {"fields": (("choices_en", "choices_zh_hant"), "unit", ("is_required", "is_public"))}),
    )


@admin.register(Department)
class DepartmentAdmin(HouseAdmin):
    list_display = (
        "name_en",
        "name_zh_hant",
        "is_open",
        "reopens_on",
        "daily_quota",
        "publish_policy",
        "second_reading",
        "physician_count",
    )
    list_filter = ("is_open", "kind", "publish_policy", "second_reading")
    search_fields = ("name_en", "name_zh_hant", "slug")
    ordering = ("order", "slug")
    prepopulated_fields = {"slug": ("name_en",)}
    inlines = (IntakeFieldInline,)
    fieldsets = (
        (_("Names"), {"fields": (("name_en", "name_zh_hant"), "slug", ("description_en", "description_zh_hant"))}),
        (_("Who answers"), {"fields": ("kind", "order")}),
        (_("Taking questions"), {"fields": ("is_open", "reopens_on", "daily_quota")}),
        (_("Publishing"), {"fields": ("publish_policy", "second_reading")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Department]:
        """Count beside each department its verified physicians."""
        verified = Q(physicians__verified_at__isnull=False, physicians__merged_into__isnull=True)
        departments: QuerySet[Department] = super().get_queryset(request)
        return departments.annotate(verified=Count("physicians", filter=verified))

    def get_readonly_fields(self, request: HttpRequest, obj: Department | None = None) -> tuple[str, ...]:
        """The address of a department stays: readers and other sites have it."""
        return ("slug",) if obj else ()

    def get_prepopulated_fields(self, request: HttpRequest, obj: Department | None = None) -> dict[str, Sequence[str]]:
        return {} if obj else {"slug": ("name_en",)}

    @admin.display(description=_("verified physicians"), ordering="verified")
    def physician_count(self, department: Department) -> int:
        return int(getattr(department, "verified", 0))
