"""Static pages of the footer."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import URLPattern, path, resolve, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from articles.insets import filled
from articles.models import StaticPage
from articles.models.page import WITH_PAGES_OF_THEIR_OWN
from faq.models.reviewing import REVIEW_EVERY
from people.admin_base import HouseHistoryAdmin
from people.admin_shared import SharedAdmin, VersionedForm


class StaticPageForm(VersionedForm):
    """A page; to withdraw one, its readers are told why."""

    is_small = forms.BooleanField(
        required=False,
        label=_("Small correction"),
        help_text=_("Tick this when the page still says the same: its translation then stays in line."),
    )

    class Meta:
        model = StaticPage
        fields = (
            "slug", "language", "title", "body", "reviewed_on", "next_review_on", "is_public", "withdrawn_because",
        )  # fmt: skip
        help_texts = {
            "slug": _("Both languages share it. When it changes, the old address leads to the new one."),
            "next_review_on": _("Empty means a year after the review. After that day readers see a notice."),
        }

    def clean_slug(self) -> str:
        """Refuse an address where something else stands, and one that the twin could not share."""
        slug: str = self.cleaned_data["slug"]
        with override("en"):
            is_free = resolve(f"/en/{slug}/").url_name == "page_detail"
        if not is_free and slug not in WITH_PAGES_OF_THEIR_OWN:
            raise forms.ValidationError(translate("Another page of this site has this address."))
        before = self.initial.get("slug")
        taken = StaticPage.objects.filter(slug=slug)
        if (
            self.instance.pk
            and slug != before
            and taken.exists()
            and StaticPage.objects.filter(slug=before).count() > 1
        ):
            raise forms.ValidationError(translate("The page in the other language could not move along: name taken."))
        return slug

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        data = self.cleaned_data
        if isinstance(text := data.get("body"), str):
            # Browsers send CR LF: what was only sent back is not changed.
            data["body"] = text.replace("\r\n", "\n")
        if data.get("reviewed_on") and not data.get("next_review_on") and "next_review_on" not in self.errors:
            data["next_review_on"] = data["reviewed_on"] + REVIEW_EVERY
        if data.get("is_public") or not self._was_known():
            data["withdrawn_because"] = ""
        elif not data.get("withdrawn_because"):
            self.add_error("withdrawn_because", translate("Say why, for readers who come by the old address."))
        self.instance.is_small_change = bool(data.get("is_small"))
        return cleaned

    def _was_known(self) -> bool:
        """Whether readers may know the address: nobody is told of a draft."""
        return bool(self.instance.pk and (self.initial.get("is_public") or self.initial.get("withdrawn_because")))


@admin.register(StaticPage)
class StaticPageAdmin(SharedAdmin, HouseHistoryAdmin):
    form = StaticPageForm
    change_form_template = "admin/articles/page_form.html"
    key_kind = "page"
    list_display = ("title", "slug", "language", "is_public", "translation", "reviewed_on", "next_review_on")
    list_filter = ("language", "is_public")
    search_fields = ("title", "slug")
    fieldsets = (
        (None, {"fields": (("slug", "language"), "title", "body", "is_small", "translation", "as_shown")}),
        (_("Review"), {"fields": (("reviewed_on", "next_review_on"),)}),
        (_("Publication"), {"fields": ("is_public", "withdrawn_because")}),
    )
    readonly_fields = ("as_shown", "translation")

    def get_queryset(self, request: HttpRequest) -> QuerySet[StaticPage]:
        """Each page with the times of its twin, which say whether it is out of date."""
        twins = StaticPage.objects.filter(slug=OuterRef("slug")).exclude(language=OuterRef("language"))
        pages: QuerySet[StaticPage] = super().get_queryset(request)
        return pages.annotate(twin_changed_at=Subquery(twins.values("text_changed_at")[:1]))

    def get_readonly_fields(self, request: HttpRequest, obj: StaticPage | None = None) -> tuple[str, ...]:
        """The language of a page stays."""
        return (*self.readonly_fields, "language") if obj else self.readonly_fields

    def get_fieldsets(self, request: HttpRequest, obj: StaticPage | None = None) -> Any:
        """A new page has nothing to withdraw, to correct or to compare."""
        if obj:
            return super().get_fieldsets(request, obj)
        _first, review, _publication = self.fieldsets
        new = (None, {"fields": (("slug", "language"), "title", "body")})
        return (new, review, (_("Publication"), {"fields": ("is_public",)}))

    def get_urls(self) -> list[URLPattern]:
        in_line = self.admin_site.admin_view(self.in_line_view)
        return [path("<int:pk>/in-line/", in_line, name="articles_staticpage_in_line"), *super().get_urls()]

    def in_line_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Note that somebody compared both languages and found that they say the same."""
        page: StaticPage | None = self.get_object(request, str(pk))
        if page is None or not self.has_change_permission(request, page):
            raise Http404
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        page.bring_in_line()
        self.log_change(request, page, translate("Found in line with the other language."))
        self.message_user(request, translate("Found in line with the other language."), messages.SUCCESS)
        return redirect("admin:articles_staticpage_change", page.pk)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Offer the button where the page is behind its twin."""
        page = context.get("original")
        if isinstance(page, StaticPage) and self.has_change_permission(request, page) and _is_behind(page):
            context["in_line_url"] = reverse("admin:articles_staticpage_in_line", args=[page.pk])
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description=_("translation"))
    def translation(self, page: Any) -> str:
        if getattr(page, "twin_changed_at", None) is None:
            return translate("not translated")
        return translate("out of date") if _is_behind(page) else translate("in line")

    @admin.display(description=_("as it is shown"))
    def as_shown(self, page: StaticPage) -> SafeString:
        return format_html('<div class="as-shown">{}</div>', filled(page.body_html, page.language))


def _is_behind(page: Any) -> bool:
    """Whether the twin, whose time was read with the page, changed after it."""
    changed = getattr(page, "twin_changed_at", None)
    return changed is not None and page.is_behind(StaticPage(text_changed_at=changed))
