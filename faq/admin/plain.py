"""The admin of what has no desk: consent texts, and two logs to read."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from faq.models import ConsentText, Notification, SealedAccess
from people.admin_base import HouseAdmin


@admin.register(ConsentText)
class ConsentTextAdmin(HouseAdmin):
    """Versions are added. What somebody agreed to is never rewritten, and so there is no change and no deletion."""

    list_display = ("version", "for_whom", "active_from")
    list_filter = ("for_whom",)
    ordering = ("-active_from", "-pk")
    fields = (("version", "for_whom"), "text_en", "text_zh_hant", "active_from")

    def has_change_permission(self, request: HttpRequest, obj: ConsentText | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: ConsentText | None = None) -> bool:
        return False


class ReadOnlyAdmin(HouseAdmin):
    """A log: rows are written by verbs, and read here."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(SealedAccess)
class SealedAccessAdmin(ReadOnlyAdmin):
    """Who opened a sealed text, when and why."""

    list_display = ("created_at", "question_number", "who", "reason")
    list_select_related = ("actor",)
    search_fields = ("=question__pk", "actor__username", "reason")
    search_help_text = _("Number of a question, name of an account, or a word of the reason.")
    fields = ("created_at", "question_number", "who", "reason")

    @admin.display(description=_("question"), ordering="question")
    def question_number(self, access: SealedAccess) -> int:
        return access.question_id

    @admin.display(description=_("who"))
    def who(self, access: SealedAccess) -> str:
        return str(access.actor or _("the asker or the system"))


@admin.register(Notification)
class NotificationAdmin(ReadOnlyAdmin):
    """Mail that is owed or was sent. Nobody's address stands here."""

    list_display = ("created_at", "question_number", "act", "to", "sent_at", "attempts", "dropped")
    list_filter = (("sent_at", admin.EmptyFieldListFilter),)
    list_select_related = ("event", "recipient")
    ordering = ("-pk",)
    fields = ("created_at", "question_number", "act", "to", "sent_at", "attempts", "not_before", "dropped")

    @admin.display(description=_("question"))
    def question_number(self, notification: Notification) -> int:
        return notification.event.question_id

    @admin.display(description=_("act"))
    def act(self, notification: Notification) -> str:
        return notification.event.label

    @admin.display(description=_("recipient"))
    def to(self, notification: Notification) -> str:
        return str(notification.recipient or _("the asker"))
