"""Profiles of those who answer, and the check of their licence."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from people.admin_base import HouseAdmin
from people.models import Department, Physician


class VerifiedFilter(admin.SimpleListFilter):
    """Profiles whose licence was checked, and those that wait for it."""

    title = _("licence")
    parameter_name = "verified"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("checked")), ("no", _("not checked yet"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Physician]) -> QuerySet[Physician]:
        waiting = Q(verified_at__isnull=True)
        return queryset.filter({"yes": ~waiting, "no": waiting}.get(self.value() or "", Q()))


@admin.register(Physician)
class PhysicianAdmin(HouseAdmin):
    list_display = ("name", "name_romanised", "hospital_zh_hant", "departments_listed", "user", "is_verified")
    list_filter = (VerifiedFilter, "departments")
    list_select_related = ("user",)
    search_fields = ("name", "name_romanised", "hospital_zh_hant", "hospital_en", "licence_number")
    autocomplete_fields = ("user", "departments")
    readonly_fields = ("verified_at", "verified_by", "merged_into")
    actions = ("verify_licences", "withdraw_verifications")
    fieldsets = (
        (_("Person"), {"fields": (("name", "name_romanised"), ("title_zh_hant", "title_en"), "user")}),
        (_("Hospital and departments"), {"fields": (("hospital_zh_hant", "hospital_en"), "departments")}),
        (_("About"), {"fields": ("bio_zh_hant", "bio_en")}),
        (_("Licence"), {"fields": ("licence_number", "verified_at", "verified_by", "merged_into")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Physician]:
        departments = Prefetch("departments", queryset=Department.objects.order_by("order", "slug"))
        return super().get_queryset(request).prefetch_related(departments)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """The departments are stored only now, and the profile is found by them too."""
        super().save_related(request, form, formsets, change)
        form.instance.renew_documents()

    @admin.display(description=_("departments"))
    def departments_listed(self, physician: Physician) -> str:
        return ", ".join(department.name for department in physician.departments.all())

    @admin.display(description=_("licence checked"), boolean=True, ordering="verified_at")
    def is_verified(self, physician: Physician) -> bool:
        return physician.verified_at is not None

    @admin.action(permissions=["change"], description=_("Licence checked: let the chosen profiles answer"))
    def verify_licences(self, request: HttpRequest, queryset: QuerySet[Physician]) -> None:
        """Verify every chosen profile that has a licence number, in the name of who presses the button."""
        verified = 0
        for physician in queryset:
            refusal = self._verify(physician, request.user)
            verified += not refusal
            if refusal:
                self.message_user(request, refusal, messages.ERROR)
        self._say(request, ngettext("%d profile is verified.", "%d profiles are verified.", verified) % verified)

    @admin.action(permissions=["change"], description=_("Take the verification of the chosen profiles back"))
    def withdraw_verifications(self, request: HttpRequest, queryset: QuerySet[Physician]) -> None:
        for physician in queryset:
            physician.withdraw_verification()
        count = len(queryset)
        self._say(request, ngettext("%d profile answers no more.", "%d profiles answer no more.", count) % count)

    def _verify(self, physician: Physician, by: Any) -> str:
        if physician.user_id == by.pk:
            return translate("Nobody checks their own licence: ask another administrator.")
        try:
            physician.verify(by=by)
        except ValueError:
            return translate("%(name)s has no licence number: write it down first.") % {"name": physician}
        return ""

    def _say(self, request: HttpRequest, text: str) -> None:
        self.message_user(request, text, messages.SUCCESS)
