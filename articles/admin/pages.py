"""Static pages of the footer."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from articles.models import StaticPage
from people.admin_base import HouseHistoryAdmin
from text.template import stored_html


@admin.register(StaticPage)
class StaticPageAdmin(HouseHistoryAdmin):
    list_display = ("title", "slug", "language", "is_public", "order", "reviewed_on")
    list_filter = ("language", "is_public")
    search_fields = ("title", "slug")
    fields = (("slug", "language"), "title", "body", "as_shown", "reviewed_on", ("order", "is_public"))
    readonly_fields = ("as_shown",)

    def get_readonly_fields(self, request: HttpRequest, obj: StaticPage | None = None) -> tuple[str, ...]:
        """The address of a page stays: other pages link to it."""
        return ("as_shown", "slug", "language") if obj else ("as_shown",)

    @admin.display(description=_("as it is shown"))
    def as_shown(self, page: StaticPage) -> SafeString:
        return format_html('<div class="as-shown">{}</div>', stored_html(page.body_html))
