"""Texts that a medical reviewer signs: nobody types a review into a form, and a changed text loses it."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

from faq.models.reviewing import NotTheReviewer, Reviewed
from people.admin_base import HouseHistoryAdmin, account_of
from people.admin_shared import SharedAdmin, VersionedForm
from text.template import stored_html


class ReviewedForm(VersionedForm):
    """The form of such a text. `reviewed_texts` are the fields whose change makes a new review necessary."""

    reviewed_texts: ClassVar[tuple[str, ...]] = ()
    is_small = forms.BooleanField(
        required=False,
        label=_("Small correction"),
        help_text=_("Tick this when no medical statement changed: the review then stays valid."),
    )

    correction = forms.CharField(
        required=False,
        max_length=300,
        label=_("Tell readers what was corrected"),
        help_text=_("One sentence; it stands on the page with today's date. Empty where there is nothing to tell."),
    )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        for name in self.reviewed_texts:
            if isinstance(text := self.cleaned_data.get(name), str):
                # Browsers send CR LF: what was only sent back is not changed.
                self.cleaned_data[name] = text.replace("\r\n", "\n")
        if self.cleaned_data.get("is_public") and self.needs_review() and not self.stays_reviewed():
            self.add_error("is_public", self._why_not())
        return cleaned

    def needs_review(self) -> bool:
        """Say whether the text, as it was typed, must be reviewed to be public."""
        return True

    def loses_review(self) -> bool:
        """Say whether what was typed takes a review away that the text had."""
        known = {name: self.cleaned_data[name] for name in self.reviewed_texts if name in self.cleaned_data}
        changed = any(typed != _stripped(self.initial.get(name)) for name, typed in known.items())
        return bool(self.instance.reviewed_on) and changed and not self.cleaned_data.get("is_small")

    def stays_reviewed(self) -> bool:
        return bool(self.instance.reviewed_on and self.instance.reviewed_by) and not self.loses_review()

    def _why_not(self) -> str:
        if self.instance.reviewed_on:
            return translate(
                "The text changed after its medical review. Tick “small correction” if no medical statement changed; "
                "else untick “published” and have it reviewed again."
            )
        return translate("The text has no medical review yet. Save it unpublished; a reviewer approves it then.")


class ReviewedAdmin(SharedAdmin, HouseHistoryAdmin):
    """The admin of such a text: the review is shown, and signed with one button by who may."""

    change_form_template = "admin/reviewed_change_form.html"
    review_permission = ""
    html_field = "body_html"
    review_fields: Sequence[str] = ("reviewed_by", "reviewed_on", "next_review_on")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return (*super().get_readonly_fields(request, obj), *self.review_fields, "as_shown")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Django's, without what has no meaning for a new text or for somebody who only reads."""
        hidden = set(self.hidden_fields(request, obj))
        shown = [
            (name, {**options, "fields": list(_without(options["fields"], hidden))})
            for name, options in super().get_fieldsets(request, obj)
        ]
        return [(name, options) for name, options in shown if options["fields"]]

    def hidden_fields(self, request: HttpRequest, obj: Any = None) -> Iterable[str]:
        """Return the names of the fields that this account does not get to see on this page."""
        if obj is None:
            return ("is_small", "correction", "as_shown", *self.review_fields)
        return () if self.has_change_permission(request, obj) else ("is_small", "correction")

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Take the review back where the text is no longer the one that was reviewed, and say so."""
        if change and form.loses_review():
            obj.take_review_back()
            text = translate("The text changed: its medical review no longer counts.")
            self.message_user(request, text, messages.WARNING)
        super().save_model(request, obj, form, change)
        if change and form.cleaned_data.get("correction"):
            obj.correct(form.cleaned_data["correction"], by=request.user)

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_approve"
        approve = path("<path:object_id>/approve/", self.admin_site.admin_view(self.approve_view), name=name)
        return [approve, *super().get_urls()]

    def approve_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Sign the text in the name of who pressed the button."""
        text: Reviewed | None = self.get_object(request, object_id)
        if text is None or not self.may_review(request):
            raise Http404
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        try:
            text.approve(by=account_of(request))
        except NotTheReviewer as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
        else:
            self.log_change(request, text, translate("Approved as medically reviewed."))
            self.message_user(request, translate("Approved as medically reviewed."), messages.SUCCESS)
        return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", text.pk)

    def may_review(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(self.review_permission))

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Offer the button to those who may review."""
        obj = context.get("original")
        if obj is not None and self.may_review(request):
            name = f"admin:{self.opts.app_label}_{self.opts.model_name}_approve"
            context["approve_url"] = reverse(name, args=[obj.pk])
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description=_("as it is shown"))
    def as_shown(self, obj: Any) -> SafeString:
        """The stored HTML: what readers get, and what a reviewer reads."""
        return format_html('<div class="as-shown">{}</div>', stored_html(getattr(obj, self.html_field, "")))


def _without(fields: Iterable[Any], hidden: set[str]) -> Iterator[Any]:
    """Leave out the hidden names, also inside a line of several fields, and lines that are empty then."""
    for field in fields:
        if isinstance(field, str):
            if field not in hidden:
                yield field
        elif line := tuple(name for name in field if name not in hidden):
            yield line


def _stripped(value: Any) -> Any:
    """A stored text as a form would give it back."""
    return value.strip() if isinstance(value, str) else value
