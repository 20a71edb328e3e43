"""Contact blocks."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from articles.contacts import contact_html
from articles.models import ContactBlock
from people.admin_base import HouseAdmin


@admin.register(ContactBlock)
class ContactBlockAdmin(HouseAdmin):
    list_display = ("slug", "label_en", "label_zh_hant", "phone", "email")
    search_fields = ("slug", "label_en", "label_zh_hant", "phone", "email")
    fields = (
        "slug", ("label_en", "label_zh_hant"), ("phone", "email"), ("address_en", "address_zh_hant"),
        ("text_en", "text_zh_hant"), "as_shown", "used_in",
    )  # fmt: skip
    readonly_fields = ("as_shown", "used_in")

    def get_readonly_fields(self, request: HttpRequest, obj: ContactBlock | None = None) -> tuple[str, ...]:
        """The name stays: texts show the block by it."""
        return ("slug", *self.readonly_fields) if obj else self.readonly_fields

    def get_fields(self, request: HttpRequest, obj: ContactBlock | None = None) -> Any:
        return self.fields if obj else self.fields[:-2]

    def has_delete_permission(self, request: HttpRequest, obj: ContactBlock | None = None) -> bool:
        """A block that texts show stays."""
        return super().has_delete_permission(request, obj) and not (obj and obj.texts())

    @admin.display(description=_("as it is shown"))
    def as_shown(self, block: ContactBlock) -> SafeString:
        shown = ((contact_html(block, language),) for language in ("en", "zh-hant"))
        return format_html_join("", '<div class="as-shown">{}</div>', shown)

    @admin.display(description=_("shown in"))
    def used_in(self, block: ContactBlock) -> str:
        return ", ".join(str(text) for text in block.texts()) or "-"
