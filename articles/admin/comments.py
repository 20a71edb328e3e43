"""Comments of readers: a queue of what waits for a moderator, and everything that was decided."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from articles.models import Comment
from people.admin_base import HouseAdmin
from text.template import plain_html


class WaitingFilter(admin.SimpleListFilter):
    """What a moderator has to look at; chosen by itself when the list is opened."""

    title = _("what is to be done")
    parameter_name = "waiting"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("held", _("held")), ("reported", _("reported")), ("all", _("all comments"))]

    def choices(self, changelist: Any) -> Any:
        """With "held or reported" in the place of Django's "all"."""
        first, *rest = super().choices(changelist)
        yield {**first, "display": _("held or reported")}
        yield from rest

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = self.value()
        if chosen == "held":
            return queryset.filter(state=Comment.State.HELD)
        if chosen == "reported":
            return queryset.filter(open_reports__gt=0)
        if chosen == "all":
            return queryset
        return queryset.filter(Q(state=Comment.State.HELD) | Q(open_reports__gt=0))


@admin.register(Comment)
class CommentAdmin(HouseAdmin):
    """A moderator reads and decides; nobody writes into what a reader said."""

    list_display = ("words", "state", "open_reports", "article_read", "nickname", "hidden", "created_at")
    list_display_links = ("words",)
    list_filter = (WaitingFilter, "state", "language")
    list_select_related = ("article__edition",)
    search_fields = ("body", "nickname")
    ordering = ("-open_reports", "created_at")
    actions = ("approve", "decline")
    fields = ("article_shown", "nickname", "as_shown", "hidden", "state", "reports_shown", "created_at", "decided_by",
              "decided_at")  # fmt: skip
    change_form_template = "admin/articles/comment/change_form.html"

    def get_readonly_fields(self, request: HttpRequest, obj: Comment | None = None) -> tuple[str, ...]:
        return self.fields

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Comment | None = None) -> bool:
        return False

    @admin.action(permissions=["change"], description=_("Approve the chosen comments"))
    def approve(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Show them under their articles; what was reported about them is settled."""
        count = self._decide(request, queryset, "approve")
        text = ngettext("%d comment is public.", "%d comments are public.", count) % count
        self.message_user(request, text, messages.SUCCESS)

    @admin.action(permissions=["change"], description=_("Decline the chosen comments"))
    def decline(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Keep them from the public, or take them out of it."""
        count = self._decide(request, queryset, "decline")
        text = ngettext("%d comment was declined.", "%d comments were declined.", count) % count
        self.message_user(request, text, messages.SUCCESS)

    def response_change(self, request: HttpRequest, obj: Comment) -> HttpResponse:
        """The two buttons of the comment's own page; what a colleague has decided meanwhile is not overruled."""
        verb = next((verb for verb in ("approve", "decline") if f"_{verb}" in request.POST), "")
        if not verb:
            return super().response_change(request, obj)
        if getattr(obj, verb)(by=request.user, seen=request.POST.get("seen", "")):
            said = _("The comment is public.") if verb == "approve" else _("The comment was declined.")
            self.message_user(request, str(said), messages.SUCCESS)
        else:
            self.message_user(request, str(_("A colleague has decided about it meanwhile.")), messages.WARNING)
        return self.response_post_save_change(request, obj)

    def _decide(self, request: HttpRequest, queryset: QuerySet[Any], verb: str) -> int:
        return sum(getattr(comment, verb)(by=request.user) for comment in queryset.order_by("pk"))

    @admin.display(description=_("comment"))
    def words(self, comment: Comment) -> str:
        return comment.body if len(comment.body) <= 120 else f"{comment.body[:120]}…"

    @admin.display(description=_("article"))
    def article_read(self, comment: Comment) -> str:
        """The title that readers see: moderators are not shown what editors are writing."""
        return comment.article.shown_title

    @admin.display(description=_("article"))
    def article_shown(self, comment: Comment) -> SafeString:
        article = comment.article
        return format_html('<a href="{}">{}</a>', article.get_absolute_url(), article.shown_title)

    @admin.display(description=_("comment"))
    def as_shown(self, comment: Comment) -> SafeString:
        return format_html('<div class="as-shown" lang="{}">{}</div>', comment.html_lang, plain_html(comment.body))

    @admin.display(description=_("reports"))
    def reports_shown(self, comment: Comment) -> SafeString | str:
        rows = ((report.get_reason_display(), report.note) for report in comment.reports.all()[:50])
        return format_html_join("", "<p>{} {}</p>", rows) or "-"
