"""Redirects, typed one by one or read from a file."""

from typing import Any, Final, cast

from django import forms
from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

from articles.addresses import without_page
from articles.models import Redirect
from articles.paths import readable
from articles.redirect_file import NotATable, Report, take_telling, written
from people.admin_base import HouseAdmin
from people.models import User

OUTSIDE: Final = "articles.lead_outside"
BYTES: Final = 4_000_000


class RedirectForm(forms.ModelForm):
    """A redirect; leading to another site needs a permission of its own."""

    may_lead_outside = False

    class Meta:
        model = Redirect
        fields = ("old", "new", "is_gone", "reason_en", "reason_zh_hant")

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]  # Django's own hook, which stubs leave out
        if self.instance.is_outside and not self.may_lead_outside and "new" not in self.errors:
            self.add_error("new", translate("You may not lead readers to other sites."))


class RedirectFileForm(forms.Form):
    """A file of redirects."""

    file = forms.FileField(
        label=_("CSV file"),
        help_text=_("Columns old, new, gone, reason_en, reason_zh_hant, named in the first line."),
    )
    only_check = forms.BooleanField(label=_("Only say what would happen"), required=False, initial=True)

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > BYTES:
            raise forms.ValidationError(translate("The file is larger than 4 megabytes."))
        return file


@admin.register(Redirect)
class RedirectAdmin(HouseAdmin):
    form = RedirectForm
    change_list_template = "admin/articles/redirect_list.html"
    list_display = ("old_shown", "new_shown", "is_gone", "origin", "created_by", "created_at")
    list_filter = ("is_gone", "origin")
    list_select_related = ("created_by",)
    search_fields = ("old", "new", "reason_en", "reason_zh_hant")
    ordering = ("-pk",)
    fields = ("old", "new", "is_gone", "reason_en", "reason_zh_hant", ("origin", "created_by", "created_at"))
    readonly_fields = ("origin", "created_by", "created_at")

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """The form that knows whether this account may lead outside."""
        form = super().get_form(request, *args, **kwargs)
        return type(form.__name__, (form,), {"may_lead_outside": request.user.has_perm(OUTSIDE)})

    def save_model(self, request: HttpRequest, obj: Redirect, form: Any, change: bool) -> None:
        """Sign a new redirect, and say where it acts differently from what was typed."""
        typed = obj.new
        if not change:
            obj.created_by = cast(User, request.user)
        super().save_model(request, obj, form, change)
        if obj.new != typed:
            text = translate("“%(typed)s” is led on itself, so the redirect leads to where that ends.")
            self.message_user(request, text % {"typed": readable(typed)}, messages.INFO)
        both = {obj.old, f"{obj.old}/"}
        if without_page(both) != both:
            text = translate("There is a page at the old address now: the redirect acts once that is gone.")
            self.message_user(request, text, messages.WARNING)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("import/", view(self.import_view), name="articles_redirect_import"),
            path("export/", view(self.export_view), name="articles_redirect_export"),
            *super().get_urls(),
        ]

    def export_view(self, request: HttpRequest) -> HttpResponse:
        """Every redirect as a file for spreadsheets."""
        if not self.has_view_permission(request):
            raise Http404
        response = HttpResponse(written(Redirect.objects.order_by("old")), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="redirects.csv"'
        return response

    def import_view(self, request: HttpRequest) -> HttpResponse:
        """Read a file, or first say what it would do."""
        if not (self.has_add_permission(request) and self.has_change_permission(request)):
            raise Http404
        form = RedirectFileForm(request.POST or None, request.FILES or None)
        report = self._taken(request, form) if request.method == "POST" and form.is_valid() else None
        context = {
            **self.admin_site.each_context(request),
            "title": translate("Read redirects from a file"),
            "opts": self.opts,
            "form": form,
            "report": report,
            "only_check": form.is_bound and form.is_valid() and form.cleaned_data["only_check"],
        }
        return render(request, "admin/articles/redirect_import.html", context)

    def _taken(self, request: HttpRequest, form: RedirectFileForm) -> Report | None:
        data = form.cleaned_data
        may = request.user.has_perm(OUTSIDE)
        try:
            return take_telling(
                data["file"].read(),
                subject=data["file"].name,
                by=cast(User, request.user),
                may_lead_outside=may,
                dry_run=data["only_check"],
            )
        except NotATable as error:
            form.add_error("file", str(error))
            return None

    @admin.display(description=_("old address"), ordering="old")
    def old_shown(self, redirect: Redirect) -> str:
        return readable(redirect.old)

    @admin.display(description=_("new address"), ordering="new", empty_value="-")
    def new_shown(self, redirect: Redirect) -> str | None:
        return readable(redirect.new) or None
