"""Texts at which two people may be at once: the second is told on opening, and no saving goes over a newer one."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from people.admin_base import HouseAdmin
from people.models import OpenedText, User, Versioned
from text.diff import Piece, diff


@dataclass(frozen=True)
class Clash:
    """One field that somebody else has saved while it was changed here: both texts, and what differs."""

    label: str
    theirs: str
    yours: str
    pieces: list[Piece]


class VersionedForm(forms.ModelForm):
    """The form of a versioned text; it knows which version its page showed."""

    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.clashes: list[Clash] = []
        # Of the row, not of the instance: that may be an earlier version which somebody brings back.
        rows = type(self.instance)._default_manager.filter(pk=self.instance.pk)
        self.initial["version"] = rows.values_list("version", flat=True).first() or 0

    def clean(self) -> dict[str, Any] | None:
        """Refuse to save over a newer version. The row is locked meanwhile: see `SharedAdmin.get_object`."""
        cleaned = super().clean()
        seen = self.cleaned_data.get("version")
        if self.instance.pk and seen != self._stored_version():
            self.clashes = list(self._clashes())
            self.add_error(None, _("Somebody saved this text while you were writing. Nothing of yours is lost."))
            # Both texts are shown now: whoever presses the button again has seen the newer one.
            data: Any = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict, whose lists have to stay
            data[self.add_prefix("version")] = str(self._stored_version())
            self.data = data
        self.instance.version = self._stored_version()
        return cleaned

    def _stored_version(self) -> int:
        return int(self.initial["version"])

    def _clashes(self) -> Any:
        for name, field in self.fields.items():
            theirs, yours = self.initial.get(name), self.cleaned_data.get(name)
            if isinstance(theirs, str) and isinstance(yours, str) and theirs.strip() != _lines(yours).strip():
                yield Clash(str(field.label), theirs, yours, diff(theirs, _lines(yours)))


class SharedAdmin(HouseAdmin):
    """The admin of a versioned text. Its form is a VersionedForm."""

    change_form_template = "admin/shared_change_form.html"
    key_kind: ClassVar[str] = ""
    """The first half of the text's key, such as "article"."""

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """Django's, under a lock where a form was sent, so that no other saving comes between check and save."""
        found = super().get_object(request, object_id, from_field)
        if found is None or request.method != "POST":
            return found
        type(found)._default_manager.select_for_update(of=("self",)).get(pk=found.pk)
        return super().get_object(request, object_id, from_field)

    def key_of(self, obj: Versioned) -> str:
        """Return the key under which the text is known to be open."""
        return f"{self.key_kind or self.opts.model_name}:{obj.pk}"

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Say who else is at the text, and note that this person is."""
        obj = context.get("original")
        if obj is not None and self.has_change_permission(request, obj) and isinstance(request.user, User):
            context["others"] = OpenedText.note(self.key_of(obj), by=request.user)
        form = context["adminform"].form
        context["clashes"] = getattr(form, "clashes", [])
        return super().render_change_form(request, context, *args, **kwargs)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """Who has saved and left is not at the text any more."""
        if isinstance(request.user, User):
            OpenedText.forget(self.key_of(obj), by=request.user)
        return super().response_change(request, obj)


def _lines(text: str) -> str:
    """Browsers send CR LF: what was only sent back is not changed."""
    return text.replace("\r\n", "\n")
