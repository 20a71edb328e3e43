"""What readers wrote to the house."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from articles.models import ContactMessage
from people.admin_base import HouseAdmin


@admin.register(ContactMessage)
class ContactMessageAdmin(HouseAdmin):
    """Messages are read here and answered by mail; whoever did so says it with the action."""

    list_display = ("subject", "language", "created_at", "handled_at", "handled_by")
    list_filter = (("handled_at", admin.EmptyFieldListFilter), "language")
    list_select_related = ("handled_by",)
    search_fields = ("subject", "body", "email")
    # What nobody has handled comes first, whatever the database thinks of empty dates.
    ordering = (F("handled_at").asc(nulls_first=True), "-created_at")
    actions = ("mark_handled",)
    fields = ("subject", "body", "email", "language", "created_at", "handled_at", "handled_by")

    def get_readonly_fields(self, request: HttpRequest, obj: ContactMessage | None = None) -> tuple[str, ...]:
        return self.fields

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.action(permissions=["change"], description=_("Mark the chosen messages as handled"))
    def mark_handled(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Say who has answered; a message that somebody else has handled stays theirs."""
        count = queryset.filter(handled_at__isnull=True).update(handled_at=timezone.now(), handled_by=request.user)
        text = ngettext("%d message is handled.", "%d messages are handled.", count) % count
        self.message_user(request, text, messages.SUCCESS)
