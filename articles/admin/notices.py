"""Notices to readers."""

from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from articles.models import SiteNotice
from people.admin_base import HouseAdmin
from search.changes import changing
from text.template import stored_html


@admin.register(SiteNotice)
class SiteNoticeAdmin(HouseAdmin):
    list_display = ("__str__", "level", "department", "starts_at", "ends_at", "state")
    list_filter = ("level", ("department", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("department",)
    search_fields = ("text_en", "text_zh_hant")
    ordering = ("-starts_at", "-pk")
    actions = ("end_now",)
    fields = ("text_en", "text_zh_hant", ("level", "department"), "starts_at", "ends_at", "as_shown")
    readonly_fields = ("as_shown",)

    @admin.action(permissions=["change"], description=_("End the chosen notices now"))
    def end_now(self, request: HttpRequest, queryset: QuerySet[SiteNotice]) -> None:
        """Take down what is shown; what has not begun is left to be changed or deleted."""
        now = timezone.now()
        with changing() as keys:
            shown = queryset.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=now), starts_at__lt=now)
            count = shown.order_by().update(ends_at=now)
            keys.add("notices")
        text = ngettext("%d notice has ended.", "%d notices have ended.", count) % count
        self.message_user(request, text, messages.SUCCESS)

    @admin.display(description=_("state"))
    def state(self, notice: SiteNotice) -> str:
        now = timezone.now()
        if notice.ends_at and notice.ends_at <= now:
            return translate("over")
        return translate("shown now") if notice.starts_at <= now else translate("to come")

    @admin.display(description=_("as it is shown"))
    def as_shown(self, notice: SiteNotice) -> SafeString:
        """Both languages, as they were stored last."""
        english, chinese = stored_html(notice.html_en), stored_html(notice.html_zh_hant)
        return format_html(
            '<div class="as-shown" lang="en">{}</div><div class="as-shown" lang="zh-Hant">{}</div>', english, chinese
        )
